"""What Python boots from: byte code and images of memory, made in Node with what readers' browsers run."""

import json
import subprocess
import zipfile

import pytest

from readerly_site import node, snapshot
from readerly_site.assets import sandbox_modules, worker
from readerly_site.errors import ReaderlyError

WORKER = worker()


@pytest.fixture(scope="module")
def modules() -> str:
    return sandbox_modules()


def image(runtime, worker, modules):
    return (snapshot.snapshot(runtime, worker, modules) / snapshot.NAME).read_bytes()


def head(made):
    length = int.from_bytes(made[:4], "little")
    return json.loads(made[4 : 4 + length]), made[4 + length :]


def test_the_same_input_gives_the_same_image(runtime, modules, tmp_path, monkeypatch):
    kept = image(runtime, WORKER, modules)
    monkeypatch.setenv("READERLY_CACHE", str(tmp_path))
    assert image(runtime, WORKER, modules) == kept


def test_an_image_is_a_part_of_memory(runtime, modules):
    """Pages that are zero, or as WebAssembly lays them, are left out; what was freed holds nothing any more."""
    said, pages = head(image(runtime, WORKER, modules))
    assert len(pages) == 4096 * sum(count for _, count in said["runs"])
    assert len(pages) < 0.4 * said["memory"]
    assert said["runs"] == sorted(said["runs"])
    kept = [first + i for first, count in said["runs"] for i in range(count)]
    heap = [pages[at * 4096 : (at + 1) * 4096] for at, page in enumerate(kept) if page * 4096 >= said["heap"]]
    assert len(heap) > 500
    assert bytes(4096) not in heap


def test_an_image_tells_nothing_of_where_it_was_made(runtime, modules, tmp_path):
    made = image(runtime, WORKER, modules)
    for place in (str(tmp_path.parent), str(runtime.folder), str(node.script("image.mjs").parent)):
        assert place.encode() not in made


def test_an_image_that_python_does_not_boot_from_is_not_laid(runtime, modules, tmp_path, monkeypatch):
    monkeypatch.setenv("READERLY_CACHE", str(tmp_path))
    broken = WORKER.replace("memory.set(pages.subarray(from, from += count * PAGE), first * PAGE);", "")
    assert broken != WORKER
    with pytest.raises(ReaderlyError, match=r"does not boot|could not run image\.mjs"):
        image(runtime, broken, modules)
    assert not list(tmp_path.rglob("*.bin"))


def test_a_sandbox_that_cannot_be_imported_is_told_of(runtime, tmp_path, monkeypatch):
    monkeypatch.setenv("READERLY_CACHE", str(tmp_path))
    with pytest.raises(ReaderlyError, match=r"image\.mjs"):
        image(runtime, WORKER, json.dumps({"library.py": "1 +"}))


def test_node_that_cannot_suspend_is_asked_again_with_its_flag(monkeypatch):
    asked: list[list[str]] = []

    def run(command, **_):
        asked.append(command)
        able = node.SUSPENDING in command
        return subprocess.CompletedProcess(command, 0 if able else node.UNABLE, "said", "")

    monkeypatch.setattr(subprocess, "run", run)
    assert node.run("image.mjs", "folder") == "said"
    assert [node.SUSPENDING in command for command in asked] == [False, True]


def test_a_script_that_fails_says_why(monkeypatch):
    told = "file:1\n\nRangeError: too much\n    at line\n\nNode.js v24.0.0\n"
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1, "", told))
    with pytest.raises(ReaderlyError, match=r"could not run image\.mjs, status 1: RangeError: too much"):
        node.run("image.mjs")


def test_the_library_is_byte_code_of_its_sources(runtime):
    folder = runtime.folder / "pyodide"
    with zipfile.ZipFile(folder / "library.zip") as library, zipfile.ZipFile(folder / "sources.zip") as sources:
        modules = [name for name in sources.namelist() if name.endswith(".py")]
        assert len(modules) > 400
        assert {f"{name}c" for name in modules} <= set(library.namelist())
        assert {entry.compress_type for entry in library.infolist()} == {zipfile.ZIP_STORED}
        # Flags 1: checked by hash, which is never looked up: there is no source beside it (PEP 552).
        assert {library.read(f"{name}c")[4:8] for name in modules} == {(1).to_bytes(4, "little")}
        assert not [name for name in library.namelist() if name.endswith(".py")]
