"""Tracebacks a beginner can use: the sample's own frames and lines, none of ours."""

import linecache
import traceback
from collections.abc import Iterator
from pathlib import Path

OWN = str(Path(__file__).parent)
"""Where the runner's modules are; their frames say nothing to a reader."""


def remember_source(name: str, source: str) -> None:
    """Let tracebacks show the lines of `name`, a sample or a module, whose source is in no file."""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)


def _chain(summary: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    yield summary
    for other in (summary.__cause__, summary.__context__, *(summary.exceptions or ())):
        if other:
            yield from _chain(other)


def files(error: BaseException) -> set[str]:
    """Return the names of the files that the traceback of `error` goes through."""
    summary = traceback.TracebackException.from_exception(error, compact=True, lookup_lines=False)
    return {frame.filename for part in _chain(summary) for frame in part.stack}


def describe(error: BaseException, name: str) -> tuple[str, int | None]:
    """Return the traceback as text and the line of the sample `name` it points to, counted from 1, if any."""
    summary = traceback.TracebackException.from_exception(error, compact=True)
    for part in _chain(summary):
        part.stack = traceback.StackSummary.from_list([f for f in part.stack if not f.filename.startswith(OWN)])
    lines = [frame.lineno for frame in summary.stack if frame.filename == name]
    line = lines[-1] if lines else None
    if isinstance(error, SyntaxError) and error.filename == name:
        line = error.lineno
    return "".join(summary.format()), line
