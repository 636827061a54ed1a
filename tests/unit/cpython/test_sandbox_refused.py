import asyncio
import json
import os
import subprocess
import sys
import threading
import time

import pytest

from readerly.code_sample.sandbox import refused, runner
from readerly.code_sample.sandbox.output import Outlet
from readerly.code_sample.sandbox.patches import Patches

CALLS = [
    ("import threading\nthreading.Thread(target=print).start()", "cannot start a thread", "asyncio.gather()"),
    (
        "from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(print)",
        "cannot start a thread",
        "asyncio.gather()",
    ),
    (
        "from concurrent.futures import ProcessPoolExecutor\nProcessPoolExecutor().submit(print)",
        "another process",
        "map()",
    ),
    ("import multiprocessing\nmultiprocessing.Process(target=print).start()", "another process", "map()"),
    ("import multiprocessing\nmultiprocessing.Pool(2)", "another process", "map()"),
    ("import subprocess\nsubprocess.run(['ls'])", "cannot run a command", "pathlib"),
    ("import os\nos.system('ls')", "cannot run a command", "pathlib"),
    ("import os\nos.popen('ls')", "cannot run a command", "pathlib"),
    ("import os\nos.fork()", "another process", "map()"),
    ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "no network", "urlopen(url)"),
    ("import signal\nsignal.alarm(1)", "no alarm signals", "asyncio.timeout()"),
    ("import webbrowser\nwebbrowser.open('about:blank')", "cannot open a page", "Print the address"),
    ("breakpoint()", "breakpoint() cannot stop", "Print what you"),
    ("import pdb\npdb.set_trace()", "breakpoint() cannot stop", "Print what you"),
]


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def run(source):
    said = []

    def say(kind, text, line=None):
        said.append((kind, text, line))

    asyncio.run(runner.run(json.dumps({"source": source, "name": "sample-1.py", "session": None}), say, None))
    return said[:-1]


@pytest.mark.parametrize(("source", "why", "instead"), CALLS, ids=[source for source, _, _ in CALLS])
def test_a_call_says_why_it_cannot_be_and_what_to_do(source, why, instead):
    kind, text, line = run(source)[-1]
    assert (kind, line) == ("error", source.count("\n") + 1)
    sentence = text.rstrip().splitlines()[-1]
    assert why in sentence
    assert instead in sentence
    assert "refused.py" not in text


def test_after_the_run_everything_is_as_it_was():
    before = os.system, subprocess.Popen.__init__, threading.Thread.start, time.sleep, sys.breakpointhook
    run("import os\nos.system('ls')")
    assert (os.system, subprocess.Popen.__init__, threading.Thread.start, time.sleep, sys.breakpointhook) == before


def test_a_module_that_is_imported_during_the_run_is_changed_too(monkeypatch):
    monkeypatch.delitem(sys.modules, "webbrowser", raising=False)
    assert "cannot open a page" in run("import webbrowser\nwebbrowser.open('about:blank')")[-1][1]
    assert "refusal" not in sys.modules["webbrowser"].open.__qualname__


def test_what_was_printed_is_shown_before_the_program_sleeps():
    said, slept = [], []
    outlet = Outlet(lambda kind, text: said.append(text), clock=lambda: 0.0)
    outlet._tokens = 0
    with Patches() as patches:
        refused.install(patches, outlet)
        outlet.write("stdout", "waiting")
        slept.append(list(said))
        time.sleep(0)
        slept.append(list(said))
    assert slept == [[], ["waiting"]]


def test_sleep_still_minds_its_argument():
    assert "ValueError" in run("import time\ntime.sleep(-1)")[-1][1]
