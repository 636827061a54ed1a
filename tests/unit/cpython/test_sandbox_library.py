"""The standard library in the sandbox: what waits for it, and what an image must not hand on."""

import ast
import asyncio
import importlib
import json
import linecache
import os
import random
import sys
import time
import zipfile

import pytest

from readerly.code_sample.sandbox import library, rehearsal, runner, workplace


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(library, "_tell", [])
    monkeypatch.setattr(library, "_inside", {"wsgiref", "not_there"})


@pytest.fixture
def arrivals():
    """The times somebody waited for the library, which is not here."""
    waited: list[bool] = []

    async def arrive():
        waited.append(True)
        library.arrived()

    library.begin(arrive, arrive)
    return waited


def bring(source):
    asyncio.run(library.bring(ast.parse(source)))


def test_a_source_that_imports_what_is_here_waits_for_nothing(arrivals):
    bring("import json, os.path\nfrom collections import abc\nprint(json)")
    assert arrivals == []


@pytest.mark.parametrize(
    "source",
    ["import wsgiref.types", "from wsgiref import types", "def f():\n  import wsgiref.types", "import json, not_there"],
)
def test_a_source_that_imports_something_else_waits_once(arrivals, monkeypatch, source):
    for name in [name for name in sys.modules if name.startswith("wsgiref")]:
        monkeypatch.delitem(sys.modules, name)
    bring(source)
    bring(source)
    assert arrivals == [True]


@pytest.mark.parametrize("source", ["import _wmi", "import requests", "from requests import get"])
def test_nobody_waits_for_what_is_not_in_the_library(arrivals, source):
    bring(source)
    with pytest.raises(ImportError):
        exec(source, {"__name__": "sample", "__package__": None})
    assert arrivals == []


def test_an_import_nobody_saw_coming_waits_too(arrivals, monkeypatch):
    class Ffi:
        can_run_sync = staticmethod(lambda: True)
        run_sync = staticmethod(lambda awaitable: asyncio.run(awaitable))

    monkeypatch.setitem(sys.modules, "pyodide", Ffi)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", Ffi)
    for name in [name for name in sys.modules if name.startswith("wsgiref")]:
        monkeypatch.delitem(sys.modules, name)
    assert importlib.import_module("wsgiref.headers").Headers
    assert arrivals == [True]


def test_where_python_cannot_wait_it_says_what_to_do(arrivals, monkeypatch):
    class Ffi:
        can_run_sync = staticmethod(lambda: False)
        run_sync = None

    monkeypatch.setitem(sys.modules, "pyodide", Ffi)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", Ffi)
    with pytest.raises(ImportError, match=r"^not_there is still on its way here; run the sample again\.$"):
        importlib.import_module("not_there")


def test_a_library_that_cannot_be_fetched_is_told_of(arrivals):
    async def refuse():
        raise OSError("library.zip answered 503")

    library.begin(refuse, refuse)
    for finder in library._waiting():
        finder.arrive = refuse
    with pytest.raises(
        ImportError, match=r"^A part of Python's standard library is not here\. .*503\. Run tries again\.$"
    ):
        bring("import wsgiref.not_there")


def test_lines_of_the_library_are_fetched_once(monkeypatch, tmp_path):
    told: list[bool] = []

    async def tell():
        told.append(True)
        with zipfile.ZipFile(tmp_path / "sources.zip", "w") as sources:
            sources.writestr("json/decoder.py", "one\ntwo\n")

    async def refuse():
        raise OSError("offline")

    monkeypatch.setattr(library, "PATH", "/lib/python314.zip")
    monkeypatch.setattr(library, "SOURCES", str(tmp_path / "sources.zip"))
    monkeypatch.setattr(linecache, "cache", {})
    library.begin(None, refuse)
    asyncio.run(library.remember_lines(["/lib/python314.zip/json/decoder.py"]))
    assert linecache.cache == {}
    library.begin(None, tell)
    asyncio.run(library.remember_lines(["sample-1.py"]))
    assert told == []
    for names in (["/lib/python314.zip/json/decoder.py"], ["/lib/python314.zip/json/gone.py"]):
        asyncio.run(library.remember_lines(names))
    assert linecache.getline("/lib/python314.zip/json/decoder.py", 2) == "two\n"
    assert told == [True]


def test_a_life_of_ones_own_has_its_own_chances_and_time(monkeypatch):
    zone = time.tzname
    monkeypatch.setattr(time, "tzname", ("made", "elsewhere"))
    random.seed(0)
    state = random.getstate()
    library.begin(None, lambda: None)
    assert time.tzname == zone
    assert sys.modules["time"] is time
    assert random.getstate() != state


def test_gathering_leaves_a_known_state(monkeypatch, tmp_path):
    with zipfile.ZipFile(tmp_path / "library.zip", "w") as made:
        made.writestr("json/decoder.pyc", b"")
        made.writestr("this.pyc", b"")
    monkeypatch.setattr(library, "PATH", str(tmp_path / "library.zip"))
    library.gather()
    assert {"json", "this"} <= library._inside
    first = random.random()
    library.gather()
    assert random.random() == first
    assert {"json", "dataclasses", "urllib.parse"} <= sys.modules.keys()


def test_what_was_rehearsed_is_forgotten(monkeypatch, tmp_path):
    monkeypatch.setattr(workplace, "ROOT", tmp_path)
    ran: list[str] = []
    before = sys.path[:], os.getcwd(), sys.argv[:], sys.modules["__main__"]
    monkeypatch.setattr(runner.display, "show", lambda value: ran.append(repr(value)) or "")
    for number in range(len(rehearsal.USUAL)):
        runner.rehearse(number)
    assert ran == ["4", "[Point(0, 0.0), Point(2, 1.4142135623730951)]"]
    assert before == (sys.path[:], os.getcwd(), sys.argv[:], sys.modules["__main__"])
    found: list[list[str]] = []
    runner.look("names", "", 1, lambda _kind, text, _number: found.append(json.loads(text)))
    assert "n" not in found[0]
