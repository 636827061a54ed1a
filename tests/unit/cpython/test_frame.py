"""The sandbox's frame, js/sandbox.js, in Node, with workers that show that they run, or do not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from readerly_site import shipped

FRAME = """
const made = [], timers = [];
let hear;
Object.assign(globalThis, {
  parent: { postMessage() {} },
  addEventListener: (kind, handler) => { hear = handler; },
  setTimeout: (then, milliseconds) => timers.push({ then, milliseconds }),
  clearTimeout: (number) => { timers[number - 1].then = () => {}; },
  MessageChannel: class {
    port1 = {};
    port2 = { postMessage: () => this.port1.onmessage() };
  },
  Worker: class {
    got = [];
    constructor() { made.push(this); }
    postMessage(data) { this.got.push(data); }
    terminate() { this.ended = true; }
  },
});
(0, eval)(SOURCE);
const say = (data) => hear({ source: parent, data, ports: [{}] });
say({ file: "library.zip", value: 1 });
say({ start: "python-1", making: false, memory: 2 });
"""

ALL = [{"making": False, "memory": 2}, {"file": "library.zip", "value": 1}]


@pytest.fixture
def run(in_node: Callable[[str], Any]) -> Callable[[str], Any]:
    """A function that runs a program in a frame that has one file and was told to start one worker."""
    frame = FRAME.replace("SOURCE", json.dumps(shipped.text("js/sandbox.js")))
    return lambda program: in_node(frame + program)


def test_a_worker_gets_its_files_once_it_shows_that_it_runs(run):
    before, after = run("const before = [...made[0].got]; made[0].onmessage(); tell([before, made[0].got]);")
    assert (before, after) == ([], ALL)


def test_a_file_that_comes_before_is_given_once(run):
    got = run('say({ file: "image", value: 3 }); made[0].onmessage(); tell(made[0].got);')
    assert got == [*ALL, {"file": "image", "value": 3}]


def test_a_worker_that_never_starts_is_replaced(run):
    """The first two never show that they run; each has twice the time of the one before."""
    got, ended, times = run("""
        timers[0].then();
        timers[1].then();
        made[2].onmessage();
        timers[2].then();
        const ended = made.map(({ ended = false }) => ended);
        tell([made.map(({ got }) => got), ended, timers.map(({ milliseconds }) => milliseconds)]);
    """)
    assert got == [[], [], ALL]
    assert ended == [True, True, False]
    assert times == [times[0], 2 * times[0], 4 * times[0]]


def test_what_a_worker_says_is_passed_on_if_it_is_short(run):
    heard = run("""
        const heard = [];
        parent.postMessage = (data) => data.said && heard.push(data);
        made[0].onmessage();
        const text = "x".repeat(20000);
        const said = [{ kind: "stdout", text: "a", line: 1, number: 0 }, { kind: "stdout", text }, { kind: text }, 7];
        for (const data of said) made[0].onmessage({ data });
        tell(heard);
    """)
    assert heard == [
        {"said": {"kind": "stdout", "text": "a", "line": 1, "number": 0}, "from": "python-1"},
        {"said": {"kind": "", "text": "", "line": 0, "number": None}, "from": "python-1"},
    ]


def test_what_a_worker_says_is_passed_on_so_often_and_no_more(run):
    heard = run("""
        let heard = 0, now = 0;
        parent.postMessage = () => { heard++; };
        performance.now = () => now;
        made[0].onmessage();
        const data = { kind: "stdout", text: "a" };
        const flood = () => { for (let i = 0; i < 5000; i++) made[0].onmessage({ data }); };
        flood();
        const first = heard;
        now = 1000;
        flood();
        tell([first, heard - first]);
    """)
    assert heard == [100, 100]


def test_a_worker_that_is_stopped_before_it_runs_is_not_replaced(run):
    assert run('say({ stop: "python-1" }); timers[0].then(); tell(made.map(({ ended }) => ended));') == [True]


def test_a_worker_hired_ahead_boots_from_the_small_files_and_gets_the_rest_with_its_port(run):
    early, late, started = run("""
        say({ ahead: true, memory: 2 });
        say({ ahead: true, memory: 2 });
        made[1].onmessage();
        for (const file of ["pyodide.mjs", "pyodide.asm.wasm", "image"]) say({ file, value: 3 });
        const early = [...made[1].got];
        say({ start: "python-2", making: false, memory: 2 });
        tell([early, made[1].got.slice(early.length), made.length]);
    """)
    assert early == [{"ahead": 2}, {"file": "pyodide.mjs", "value": 3}, {"file": "pyodide.asm.wasm", "value": 3}]
    assert late == [each for each in ALL if each not in early] + [{"file": "image", "value": 3}]
    assert started == 2


def test_a_hired_worker_that_breaks_is_not_given_to_anybody(run):
    got = run("""
        say({ ahead: true, memory: 2 });
        made[1].onerror({ message: "refused" });
        say({ start: "python-2", making: false, memory: 2 });
        made[2].onmessage();
        tell(made[2].got);
    """)
    assert got == ALL


def test_a_hired_worker_that_never_starts_is_replaced_like_any_other(run):
    ended, got = run("""
        say({ ahead: true, memory: 2 });
        say({ start: "python-2", making: false, memory: 2 });
        timers[1].then();
        made[2].onmessage();
        tell([made[1].ended, made[2].got]);
    """)
    assert (ended, got) == (True, ALL)


@pytest.mark.parametrize("start", ["making: true, memory: 2", "making: false, memory: 0"])
def test_a_hired_worker_that_boots_otherwise_than_is_wanted_is_given_up(run, start):
    ended, got = run(
        """
        say({ ahead: true, memory: 2 });
        made[1].onmessage();
        say({ start: "python-2", STARTED });
        made[2].onmessage();
        tell([made[1].ended, made[2].got.length]);
        """.replace("STARTED", start)
    )
    assert (ended, got) == (True, len(ALL))
