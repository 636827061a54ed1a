"""Prepares a sample for MicroPython, and tells what came of it. Pure but for `begin`.

MicroPython has no syntax trees, and only its JavaScript side runs source with `await` at the top; so the worker runs
what `prepared` makes of the source, and asks here what it meant.
"""

import builtins
import json
from typing import Any

LIMIT = 20_000
"""Characters of a `repr` that are shown, as for the other engine."""

FILE = "<stdin>"
"""What MicroPython calls the source that its JavaScript side runs."""

HERE = "readerly_runner.py"
"""Where this module lies in MicroPython's file system."""

_kept: list[Any] = []


def keep(value: Any) -> None:
    """Keep the value of a sample's last expression."""
    _kept[:] = [value]


def no_input(prompt: object = "") -> str:
    """Stand in for `input`: say why nobody can answer."""
    raise RuntimeError(
        'input() cannot ask the reader of this page in a sample with engine="micropython"; '
        "put the value into the source instead."
    )


def begin(names: dict[str, Any], fresh: bool) -> None:
    """Make ready for a run in the namespace `names`, which is emptied first where `fresh` is wanted."""
    builtins.input = no_input
    _kept[:] = []
    if fresh:
        for name in list(names):
            del names[name]
    names["__name__"] = "__main__"


def prepared(source: str) -> str:
    """Return `source` so that the value of its last expression is kept; no line moves."""
    at = last(source)
    if at is None or not _reads("(" + source[at:] + "\n)"):
        return source
    return source[:at] + "__import__('readerly_runner').keep((" + source[at:].rstrip() + "\n))\n"


def last(source: str) -> int | None:
    """Return where the last statement of `source` begins; None where it is not at the margin, or cannot be read."""
    ends = [place for place in range(len(source)) if source[place] in "\n;"]
    for place in reversed([-1] + ends):
        line = source[place + 1 :].lstrip(" ") if place >= 0 and source[place] == ";" else source[place + 1 :]
        start = len(source) - len(line)
        if line[:1] in ("", " ", "\t", "\n", "#", ")", "]", "}"):
            continue
        if _reads(line) and _reads(source[:start]):
            return start
    return None


def shown() -> str:
    """Return the `repr` of the last value, cut at its limit; "" where there is none to show."""
    value = _kept.pop() if _kept else None
    if value is None:
        return ""
    text = repr(value)
    return text if len(text) <= LIMIT else text[:LIMIT] + "\u2026 {:,} characters more".format(len(text) - LIMIT)


def described(traceback: str, name: str, source: str) -> str:
    """Return a JSON list: the `traceback` with the sample's `name` and its own lines, and the line where it failed.

    The line counts from 1; it is 0 where the traceback does not point into the sample.
    """
    lines, failing = source.split("\n"), 0
    said: list[str] = []
    for row in traceback.rstrip("\n").split("\n"):
        frame = '  File "' + FILE + '", line '
        if not row.startswith(frame):
            if not row.startswith('  File "' + HERE):
                said.append(row)
            continue
        number = int(row[len(frame) :].split(",")[0])
        failing = min(number, len(lines))
        said.append('  File "' + name + '", line ' + str(failing) + row[len(frame) + len(str(number)) :])
        text = lines[failing - 1].strip() if failing else ""
        if text:
            said.append("    " + text)
    return json.dumps(["\n".join(said), failing])


def _reads(source: str) -> bool:
    """Whether `source` can be compiled, with `await` at the top of it."""
    for text in (source, "async def _():\n pass\n " + source.replace("\n", "\n ")):
        try:
            compile(text, FILE, "exec")
            return True
        except (SyntaxError, ValueError):
            pass
    return False
