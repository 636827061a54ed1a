import asyncio
import importlib.util
import json
import sys

import pytest

from readerly.code_sample.sandbox import files, runner, workplace


class Buffer:
    """What JavaScript gives Python for an ArrayBuffer."""

    def __init__(self, held):
        self.held = held

    def to_bytes(self):
        return self.held


@pytest.fixture
def asked(monkeypatch):
    """Files are brought from a page that has one for each address; the addresses are listed here."""
    found = []

    async def bring(address):
        found.append(address)
        return Buffer(f"at {address}".encode())

    monkeypatch.setattr(files, "_bring", [])
    monkeypatch.setattr(files, "_laid", {})
    files.begin(bring)
    return found


def lay(place, *wanted):
    asyncio.run(files.lay(wanted, place))


def test_files_are_laid_in_folders_and_by_their_real_names(tmp_path, asked):
    lay(tmp_path, ["a%20b.csv", "x/a%20b.csv"], ["data/deep/c.csv", "c"])
    assert (tmp_path / "a b.csv").read_text() == "at x/a%20b.csv"
    assert (tmp_path / "data/deep/c.csv").read_text() == "at c"
    assert asked == ["x/a%20b.csv", "c"]


def test_what_a_sample_made_of_its_file_stays_and_what_it_removed_comes_back(tmp_path, asked):
    lay(tmp_path, ["a.csv", "a.csv"], ["b.csv", "b.csv"])
    (tmp_path / "a.csv").write_text("mine")
    (tmp_path / "b.csv").unlink()
    lay(tmp_path, ["a.csv", "a.csv"], ["b.csv", "b.csv"])
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert (tmp_path / "b.csv").read_text() == "at b.csv"


def test_another_file_of_the_same_name_takes_its_place(tmp_path, asked):
    (tmp_path / "a.csv").write_text("made by a sample")
    lay(tmp_path, ["a.csv", "one"])
    assert (tmp_path / "a.csv").read_text() == "at one"
    lay(tmp_path, ["a.csv", "two"])
    assert (tmp_path / "a.csv").read_text() == "at two"


def test_a_run_finds_its_files_and_those_of_what_runs_ahead(tmp_path, asked, monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(runner, "sessions", {})
    monkeypatch.setattr(workplace, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    said = []
    ahead = [
        {
            "name": "sample-1.py",
            "source": "import pathlib\nx = pathlib.Path('a.csv').read_text()",
            "files": [["a.csv", "a.csv"]],
        }
    ]
    request = {
        "source": "x, pathlib.Path('b.csv').read_text()",
        "name": "sample-2.py",
        "session": None,
        "files": [["b.csv", "b"]],
    }

    async def unasked(kind, text):
        raise AssertionError(kind)

    asyncio.run(runner.run(json.dumps(request | {"ahead": ahead}), lambda *message: said.append(message), unasked))
    assert ("result", "('at a.csv', 'at b')", None) in said


def test_a_module_among_them_is_found_at_once_without_importlib_metadata(tmp_path, asked, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)  # it looks there, before the module is there
    monkeypatch.setattr(importlib, "invalidate_caches", pytest.fail)  # it imports importlib.metadata
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("laid_at_last")
    asked.clear()
    lay(tmp_path, ["laid_at_last.py", "x"])
    assert importlib.util.find_spec("laid_at_last")
