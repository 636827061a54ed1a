"""A Python as readers get it, in Node: the very worker of the sandbox, the same image of memory, the same runner."""

import base64
import contextlib
import hashlib
import json
import queue
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from readerly_site import assets, deployed, library, node, snapshot, unpack, wheels
from readerly_site.lock import Lock
from readerly_site.runtime import Runtime

BOOT = 60.0
"""Seconds that Python may take to start: it needs one."""


@dataclass(frozen=True)
class Said:
    """One message of a run: see `readerly.code_sample.sandbox.runner.run` for the kinds."""

    kind: str
    text: str
    line: int


class Died(Exception):
    """Node, or the Python in it, has gone; the text says how."""


class TimedOut(Exception):
    """A sample ran longer than it may."""


@dataclass(frozen=True)
class Kit:
    """What a Python is made of: its worker, the files it boots from and those it may ask for, by name.

    `lock` has the packages that may be installed in it; their wheels are among the files.
    """

    worker: Path
    given: dict[str, Path]
    later: dict[str, Path]
    fingerprint: str
    lock: Lock | None = None

    @property
    def named(self) -> str:
        """All of it, as check.mjs takes it."""
        given, later = ({name: str(file) for name, file in files.items()} for files in (self.given, self.later))
        return json.dumps({"worker": str(self.worker), "given": given, "later": later})

    @property
    def folders(self) -> list[Path]:
        """The folders that Node has to read from."""
        return sorted({file.parent for file in (self.worker, *self.given.values(), *self.later.values())})


def kits(runtime: Runtime, folder: Path, lock: Lock) -> dict[str, Kit]:
    """Return what each engine is made of, of `runtime`, by its name; what has to be written is written to `folder`.

    Pyodide's has the wheels of `lock`.
    """
    worker, light = assets.worker(), assets.light_worker()
    modules = assets.sandbox_modules()
    image = snapshot.snapshot(runtime, worker, modules)
    for name, text in {"worker.js": worker, "micro.js": light, "sandbox.json": modules}.items():
        (folder / name).write_text(text, encoding="utf-8")
    pyodide = runtime.folder / "pyodide"
    given = {name: pyodide / name for name in unpack.PYODIDE_FILES if name not in library.MADE}
    packages = wheels.files(lock)
    (folder / wheels.TABLE).write_text(wheels.told(lock, packages), encoding="utf-8")
    given |= {"sandbox.json": folder / "sandbox.json", "image": image / snapshot.NAME}
    small = {name: runtime.folder / "micropython" / name for name in deployed.LIGHT}
    lightest = f"{runtime.fingerprint} {hashlib.sha256(light.encode()).hexdigest()[:12]}"
    return {
        "pyodide": Kit(
            folder / "worker.js",
            given,
            {name: pyodide / name for name in library.MADE} | {wheels.TABLE: folder / wheels.TABLE} | packages,
            f"{runtime.fingerprint} {image.parent.name}",
            lock,
        ),
        "micropython": Kit(folder / "micro.js", small, {}, lightest),
    }


class Python:
    """One Python: it boots when it is made, and is ended by leaving the `with` block."""

    def __init__(self, kit: Kit) -> None:
        """Boot from `kit`; raise Died when that fails."""
        self._process = node.start("check.mjs", [kit.named], kit.folders)
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._errors: list[str] = []
        self._given: set[str] = set()
        self._threads = [threading.Thread(target=each, daemon=True) for each in (self._read, self._read_errors)]
        for thread in self._threads:
            thread.start()
        try:
            said = self._next(BOOT)
            if said.kind != "ready":
                raise Died(f"Python did not start: {said.text}")
        except BaseException:
            self.end()
            raise

    def __enter__(self) -> "Python":
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it."""
        self.end()

    def give(self, files: dict[str, Path]) -> None:
        """Have data files in the sandbox, by the addresses that requests name them by."""
        for address in files.keys() - self._given:
            self._given.add(address)
            bytes_of = base64.b64encode(files[address].read_bytes()).decode()
            self._tell({"file": address, "bytes": bytes_of})

    def run(self, request: dict[str, Any], seconds: float) -> list[Said]:
        """Return what the run of `request` says, "done" left out; raise TimedOut after `seconds`, Died if it goes."""
        self._tell(request)
        messages: list[Said] = []
        until = time.monotonic() + seconds
        while (said := self._next(until - time.monotonic())).kind != "done":
            if said.kind == "failed":
                raise Died(said.text)
            if said.kind == "asks":
                self._answer(said.line)
            elif said.kind not in ("ran", "begun"):  # of which a reader sees nothing
                messages.append(said)
        return messages

    def end(self) -> None:
        """End the process at once, whatever it does."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _answer(self, number: int) -> None:
        """Answer a question with nothing: nobody is here to be asked."""
        self._tell({"answer": number, "text": ""})

    def _tell(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        with contextlib.suppress(OSError):  # where it has gone, it says so when it is read from
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()

    def _next(self, seconds: float) -> Said:
        try:
            line = self._lines.get(timeout=max(0.0, seconds))
        except queue.Empty:
            raise TimedOut from None
        if line is None:
            status = self._process.wait()
            self._threads[1].join()
            why = next((each for each in self._errors if "rror" in each), "")
            raise Died(f"Node ended with status {status}{': ' + why.strip() if why else ''}")
        try:
            kind, text, at = json.loads(line)
            return Said(str(kind), str(text), int(at))
        except (ValueError, TypeError):
            return Said("stdout", line, 0)  # written past the runner, into Node's own output

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        assert self._process.stderr
        self._errors.extend(self._process.stderr)
