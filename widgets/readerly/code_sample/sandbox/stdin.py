"""Standard input of a run: the author's lines, answers that were asked for before, or the reader, asked as it reads."""

import ast
import io
import sys
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Any

from .output import Outlet
from .patches import Patches

READERS = {"input", "getpass", "stdin", "fileinput"}
"""Names by which a source shows that it reads: where Python cannot be suspended, answers are asked for before a run."""

UNFORESEEN = (
    "input() cannot ask here: this browser cannot suspend Python while you answer, so that answers are asked for "
    "before a run, and nothing in this sample's source said that it would need any. Call input() in the sample itself, "
    "or use a browser based on Chromium, or Firefox."
)


def can_wait() -> bool:
    """Return whether Python can be suspended here while the page answers (JSPI)."""
    try:
        from pyodide.ffi import can_run_sync
    except ImportError:  # not in a browser
        return False
    return bool(can_run_sync())


def wait(answer: Awaitable[Any]) -> Any:
    """Suspend Python until `answer` is here; the worker hears messages meanwhile."""
    from pyodide.ffi import run_sync

    return run_sync(answer)


def reads(tree: ast.AST) -> bool:
    """Return whether the source `tree` shows that it reads standard input."""
    for node in ast.walk(tree):
        name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        if name in READERS or (isinstance(node, ast.ImportFrom) and node.module in READERS):
            return True
    return False


async def unasked(_kind: str, _text: str) -> str:
    """Answer a question of what nobody watches: with the end of input."""
    return ""


class Reader:
    """Where the lines of one run come from."""

    def __init__(self, outlet: Outlet, ask: Callable[[str, str], Awaitable[str]], lines: str | None) -> None:
        """Take `lines`, or, where that is None, ask the page; what is read is echoed through `outlet`."""
        self._outlet = outlet
        self._ask = ask
        self._lines = None if lines is None else lines.splitlines()
        self.given = None if self._lines is None else len(self._lines)
        """How many lines were given beforehand; None where the reader is asked."""
        self.waited = 0.0
        """Seconds that the reader took to answer."""

    async def foresee(self, tree: ast.AST) -> None:
        """Ask for all answers now where the source `tree` reads and Python cannot be suspended later."""
        if self._lines is None and not can_wait() and reads(tree):
            started = time.perf_counter()
            self._lines = (await self._ask("answers", "")).splitlines()
            self.given = len(self._lines)
            self.waited += time.perf_counter() - started

    def line(self, kind: str = "input") -> str:
        """Return the next line with its end, or "" at the end of input; `kind` is "secret" for what is not echoed."""
        if self._lines is not None:
            line = self._lines.pop(0) + "\n" if self._lines else ""
        elif not can_wait():
            raise RuntimeError(UNFORESEEN)
        else:
            self._outlet.flush()
            started = time.perf_counter()
            line = wait(self._ask(kind, self._outlet.tail.strip()))
            self.waited += time.perf_counter() - started
        if line:
            self._outlet.write("stdin", "\n" if kind == "secret" else line)
        return line

    def explain(self, error: BaseException) -> None:
        """Add to `error`, an EOFError, how many lines there were."""
        if isinstance(error, EOFError) and self.given is not None:
            lines = "1 line of input was" if self.given == 1 else f"{self.given} lines of input were"
            error.add_note(f"{lines} given before this run; the program read on after the last.")

    @contextmanager
    def attached(self, patches: Patches) -> Generator[None, None, None]:
        """Be `sys.stdin`, and by `patches` what `getpass` asks, for the time of a run."""
        before, sys.stdin = sys.stdin, stream(self)
        patches.replace("getpass", {"getpass": self._secret, "unix_getpass": self._secret})
        try:
            yield
        finally:
            sys.stdin = before

    def _secret(self, prompt: str = "Password: ", stream: Any = None, *, echo_char: str | None = None) -> str:
        sys.stdout.write(prompt)
        line = self.line("secret")
        if not line:
            raise EOFError("EOF when reading a line")
        return line.removesuffix("\n")


class _Pipe(io.RawIOBase):
    """The bytes end of the stream, so that `sys.stdin.buffer` works too: one line for each reading."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._rest or self._reader.line().encode("utf-8", "replace")
        taken = data[: len(buffer)]
        self._rest = data[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def stream(reader: Reader) -> io.TextIOWrapper:
    """Return a text stream that reads what `reader` gives, line by line."""
    return io.TextIOWrapper(io.BufferedReader(_Pipe(reader)), encoding="utf-8", errors="replace")
