"""The lines of the tables: which series each shows, beside whose, and what the project's budgets say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Unit = Callable[[float], str]


def kilobytes(value: float) -> str:
    """Write bytes as KB of 1,000."""
    return f"{value / 1000:,.1f} KB"


def milliseconds(value: float) -> str:
    """Write a time."""
    return f"{value:,.0f} ms" if value >= 100 else f"{value:.1f} ms"


def count(value: float) -> str:
    """Write a whole number."""
    return f"{value:g}"


def score(value: float) -> str:
    """Write a layout shift, which has no unit."""
    return f"{value:.4f}" if value else "0"


@dataclass(frozen=True)
class Budget:
    """What a line has to keep."""

    said: str
    limit: float
    of: Literal["median", "ratio", "every"]
    """What is judged: our median, its ratio to the peer's, or every single value of ours."""
    least: bool = False
    """Whether the limit is the least that will do; else it is the most."""


@dataclass(frozen=True)
class Row:
    """A line of a table: what it tells, the series of ours and the one of a peer."""

    what: str
    unit: Unit
    ours: str
    peer: str = ""
    budget: Budget | None = None


def within(most: str) -> Budget:
    """Return the budget of a time that is to be at most such a fraction of the peer's."""
    return Budget(f"≤ {most} ×", float(Fraction(most)), "ratio")


NONE = Budget("0", 0, "every")
FRAME = Budget("≤ 100 ms", 100, "median")

ONCE = (
    Row("Bytes before the first click", kilobytes, "readerly.bodies", "", Budget("≤ 300 KB", 300_000, "every")),
    Row("Headers of these answers", kilobytes, "readerly.headers"),
    Row("Other hosts asked", count, "readerly.other_hosts", "", NONE),
    Row("Files that block rendering", count, "readerly.render_blocking", "", Budget("≤ 1", 1, "every")),
    Row("Layout shift in a window of 360 px, with five-digit counts", score, "phone.shift", "", NONE),
)
"""What is the same on every network and processor: told under none only."""

PAGE = (
    Row("Live, against bare PyScript", milliseconds, "readerly.live", "bare.live", within("1")),
    Row("Live, against plain PyScript in the same essay", milliseconds, "readerly.live", "plain.live"),
    Row("Live, against py-editor", milliseconds, "readerly.live", "editor.live"),
    Row("Live, return visit, against py-editor", milliseconds, "readerly.return_live", "editor.return_live"),
    Row("Last tag live", milliseconds, "readerly.last_tag"),
    Row("Blocking time, against bare PyScript", milliseconds, "readerly.blocking", "bare.blocking"),
    Row("Blocking time, against py-editor", milliseconds, "readerly.blocking", "editor.blocking"),
    Row("Longest task, against bare PyScript", milliseconds, "readerly.longest_task", "bare.longest_task"),
    Row(
        "Longest task, against plain PyScript in the same essay",
        milliseconds,
        "readerly.longest_task",
        "plain.longest_task",
    ),
    Row(
        "Longest task, against the same essay without scripts",
        milliseconds,
        "readerly.longest_task",
        "text.longest_task",
    ),
    Row("Longest task", milliseconds, "readerly.longest_task", "", Budget("≤ 50 ms", 50, "median")),
    Row("Layout shift", score, "readerly.shift", "", NONE),
)
"""The page until it has settled, before a click."""

RUN = (
    Row("Run → output, first visit", milliseconds, "readerly.first_run", "editor.first_run", within("1/5")),
    Row("Run → output, warmed by intent", milliseconds, "readerly.warmed_run", "editor.warmed_run", within("1/40")),
    Row("Run → output, return visit", milliseconds, "readerly.return_run", "editor.return_run", within("1/10")),
    Row("Run → output, second run", milliseconds, "readerly.second_run", "editor.second_run", within("1")),
    Row("Run → output, second run alone", milliseconds, "readerly.second_run", "", Budget("≤ 30 ms", 30, "median")),
    Row("Stop at once → next output", milliseconds, "readerly.stop_at_once", "editor.stop_at_once", within("1/6")),
    Row("Stop at once, from Run", milliseconds, "readerly.stop_at_once_run", "editor.stop_at_once_run"),
    Row("Stop after 1 s → next output", milliseconds, "readerly.stop_later", "editor.stop_later", within("1/6")),
    Row("Stop after 1 s, from Run", milliseconds, "readerly.stop_later_run", "editor.stop_later_run"),
    Row("With pydantic, first visit", milliseconds, "readerly_pydantic.first_run", "editor_pydantic.first_run"),
    Row("With pydantic, return visit", milliseconds, "readerly_pydantic.return_run", "editor_pydantic.return_run"),
    Row("With pydantic, second run", milliseconds, "readerly_pydantic.second_run", "editor_pydantic.second_run"),
    Row("First visit, against the floor", milliseconds, "readerly.first_run", "floor.first_run"),
    Row("Return visit, against the floor", milliseconds, "readerly.return_run", "floor.return_run"),
    Row("Second run, against the floor", milliseconds, "readerly.second_run", "floor.second_run"),
    Row("Longest task, from first Run to output", milliseconds, "readerly.first_run_task", "editor.first_run_task"),
    Row("Layout shift until the first run has ended", score, "readerly.first_run_shift"),
    Row("Longest frame, idle page", milliseconds, "readerly.idle_frame"),
    Row("Longest frame, endless loop", milliseconds, "readerly.loop_frame", "", FRAME),
    Row("Longest frame, flood of output", milliseconds, "readerly.flood_frame", "", FRAME),
    Row("Longest task, endless loop", milliseconds, "readerly.loop_task"),
    Row("Longest task, flood of output", milliseconds, "readerly.flood_task"),
)
"""The runs of a sample, against py-editor's where no other is named."""

LIGHTHOUSE = (
    Row("Performance", count, "lighthouse.performance", "", Budget("≥ 98", 98, "median", least=True)),
    Row("Accessibility", count, "lighthouse.accessibility", "", Budget("100", 100, "median", least=True)),
    Row("Best practices", count, "lighthouse.best-practices", "", Budget("100", 100, "median", least=True)),
    Row("SEO", count, "lighthouse.seo", "", Budget("100", 100, "median", least=True)),
)

PAGES = {
    "readerly": "Readerly: the essay",
    "plain": "PyScript in the same essay",
    "bare": "PyScript, bare",
    "editor": "PyScript's py-editor",
    "marimo": "marimo islands",
    "thebe": "Thebe",
}
"""The pages whose bytes are compared."""
