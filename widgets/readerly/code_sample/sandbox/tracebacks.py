"""Tracebacks a beginner can use: the sample's own frames and lines, none of ours."""

import linecache
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .output import cut

OWN = str(Path(__file__).parent)
"""Where the runner's modules are; their frames say nothing to a reader."""


ENDS = 10
"""Calls that are shown at each end of a long traceback: of a thousand, the ones between say nothing new."""

LONGEST = 20_000
"""Characters of an error: its message may be of any length."""

BETWEEN = "\u2026"


class _Short(traceback.StackSummary):
    """A stack without its middle."""

    def format_frame_summary(self, frame_summary: traceback.FrameSummary, **options: Any) -> str:
        if frame_summary.filename == BETWEEN:
            return f"  [\u2026 {frame_summary.lineno:,} more calls \u2026]\n"
        return super().format_frame_summary(frame_summary, **options)


def _shortened(frames: list[traceback.FrameSummary]) -> traceback.StackSummary:
    if len(frames) > 2 * ENDS + 1:
        between = traceback.FrameSummary(BETWEEN, len(frames) - 2 * ENDS, "", line="")
        frames = [*frames[:ENDS], between, *frames[-ENDS:]]
    return _Short(frames)


CARRIED = re.compile(r"data:text/javascript;base64,[\w+/=]+")
"""A module that was imported from its own text, as JavaScript's frames name it where blob: URLs are refused."""


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
        part.stack = _shortened([f for f in part.stack if not f.filename.startswith(OWN)])
    lines = [frame.lineno for frame in summary.stack if frame.filename == name]
    line = lines[-1] if lines else None
    if isinstance(error, SyntaxError) and error.filename == name:
        line = error.lineno
    return cut(CARRIED.sub("data:\u2026", "".join(summary.format())), LONGEST), line
