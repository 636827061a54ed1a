"""The page's end of the sandbox, js/door.mjs, in Node, with a worker that says what it is told, and a clock."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from readerly_site import shipped

PAGE = """
let now = 0, hear, worker;
const heard = [], frames = [];
const contentWindow = { postMessage: (data, origin, [port]) => { worker = port ?? worker; } };
const frame = { contentWindow, setAttribute() {} };
Object.assign(globalThis, {
  document: { hidden: false, createElement: () => frame, body: { append() {} } },
  addEventListener: (kind, handler) => { hear = handler; },
  requestAnimationFrame: (then) => frames.push(then), cancelAnimationFrame() {}, setTimeout() {}, clearTimeout() {},
});
performance.now = () => now;
Promise.withResolvers ??= () => { // Node 20 lacks it
  let ends;
  return { promise: new Promise((resolve, reject) => { ends = { resolve, reject }; }), ...ends };
};
const { open } = await import(DOOR);
const come = () => new Promise((yes) => setImmediate(() => setImmediate(yes)));
const paint = () => frames.splice(0).forEach((then) => then());
const say = async (...messages) => {
  for (const [kind, text] of messages) worker.postMessage({ kind, text });
  await come();
};
const door = open("sandbox.html");
hear({ source: contentWindow, data: "ready" });
const port = door.start("python-1", (kind, text) => { heard.push([kind, text]); now += 5; });
await come();
"""
"""What is heard takes 5 ms; a frame has time for 8."""

COLOURS = "".join(f"\x1b[38;5;{number}mtea\x1b[0m " for number in range(256)) + "\U0001f375" * 2000


@pytest.fixture
def run(in_node: Callable[[str], Any]) -> Callable[[str], Any]:
    """A function that runs a program in that page and returns what it hands to `tell`."""
    page = PAGE.replace("DOOR", json.dumps((shipped.widgets() / "js/door.mjs").as_uri()))
    return lambda program: in_node(page + program)


def test_a_long_text_is_heard_in_small_parts(run):
    heard = run(f'await say(["stdout", {json.dumps(COLOURS)}]); while (frames.length) paint(); tell(heard);')
    parts = [text for _, text in heard]
    assert "".join(parts) == COLOURS
    assert max(len(re.findall("\x1b", part)) for part in parts) == 8
    assert max(map(len, parts)) < 1000


def test_a_text_that_is_shown_in_one_step_is_cut(run):
    """Our own runner cuts what it says; a sample that speaks past it may say more."""
    heard = run("""
        for (const kind of ["error", "result", "rich"]) await say([kind, "x".repeat(1_000_000)]);
        while (frames.length) paint();
        tell(heard.map(([kind, text]) => [kind, text.length]));
    """)
    assert heard == [["error", 50_000], ["result", 50_000], ["rich", 1_000_000]]


def test_a_frame_has_time_for_so_much(run):
    counts = run("""
        const counts = [];
        await say(...Array(5).fill(["result", "1"]), ["done", "0.1"]);
        counts.push(heard.length);
        while (frames.length) { paint(); counts.push(heard.length); }
        tell([counts, heard.at(-1)]);
    """)
    assert counts == [[2, 4, 6, 6], ["done", "0.1"]]


def test_what_waits_of_one_stream_is_heard_together(run):
    """Two prints that come while a frame's time is used take one step, and what follows comes after."""
    heard = run("""
        await say(["result", "1"], ["result", "2"], ["stdout", "a"], ["stdout", "b"], ["stderr", "c"], ["done", "0.1"]);
        while (frames.length) paint();
        tell(heard);
    """)
    assert heard[2:] == [["stdout", "ab"], ["stderr", "c"], ["done", "0.1"]]


def test_a_page_that_had_more_to_hear_is_behind_for_a_while(run):
    behind = run("""
        await say(...Array(3).fill(["result", "1"]));
        const behind = [door.behind()];
        while (frames.length) paint();
        behind.push(door.behind());
        now += 200;
        tell([...behind, door.behind()]);
    """)
    assert behind == [True, True, False]


def test_a_hidden_page_waits_for_no_frames(run):
    assert run('document.hidden = true; await say(...Array(9).fill(["result", "1"])); tell(heard.length);') == 9


def test_what_waits_of_a_worker_that_is_stopped_is_never_heard(run):
    heard = run("""
        await say(...Array(9).fill(["result", "1"]));
        door.stop("python-1");
        while (frames.length) paint();
        tell(heard.length);
    """)
    assert heard == 2


def test_an_end_without_a_word_is_heard_after_what_was_said(run):
    heard = run("""
        await say(...Array(3).fill(["result", "1"]));
        hear({ source: contentWindow, data: { died: "python-1", message: "out of memory" } });
        while (frames.length) paint();
        tell(heard);
    """)
    assert heard[3:] == [["failed", "Python stopped working: out of memory"]]
