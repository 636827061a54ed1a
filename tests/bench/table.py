"""The medians as a table, in Markdown, with the budgets of the project beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .book import Book, Series

Unit = Callable[[float], str]


def kilobytes(value: float) -> str:
    """Write bytes as KB of 1,000."""
    return f"{value / 1000:.1f} KB"


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
class Row:
    """A line of the table: what, the series of ours, the one of a peer, and what the budget says.

    `most` is the budget for the median, or for the ratio where there is a peer, or for `every` single value.
    """

    what: str
    unit: Unit
    ours: str
    peer: str = ""
    most: float | None = None
    budget: str = ""
    every: bool = False


ROWS = (
    Row(
        "Bytes before the first click, bodies as transferred",
        kilobytes,
        "readerly.bodies",
        "",
        300_000,
        "≤ 300 KB",
        True,
    ),
    Row("… and the headers of these answers", kilobytes, "readerly.headers"),
    Row("… of the bare page", kilobytes, "bare.bodies"),
    Row("Requests before the first click", count, "readerly.requests"),
    Row("… of the bare page", count, "bare.requests"),
    Row("Other hosts asked", count, "readerly.other_hosts", "", 0, "0", True),
    Row("Files that block rendering", count, "readerly.render_blocking", "", 1, "≤ 1", True),
    Row("Navigation → live, against bare PyScript", milliseconds, "readerly.live", "bare.live", 1, "≤ 1 ×"),
    Row("… against plain PyScript in the same essay", milliseconds, "readerly.live", "plain.live"),
    Row("Navigation → last tag live", milliseconds, "readerly.last_tag"),
    Row(
        "Run → output, first visit, against py-editor",
        milliseconds,
        "readerly.first_run",
        "editor.first_run",
        0.2,
        "≤ 0.2 ×",
    ),
    Row("Run → output, second run, against py-editor", milliseconds, "readerly.second_run", "editor.second_run"),
    Row("Second run alone", milliseconds, "readerly.second_run", "", 30, "≤ 30 ms"),
    Row("Layout shift until all is live", score, "readerly.shift", "", 0, "0", True),
    Row("… in a window of 360 px, with five-digit counts", score, "phone.shift", "", 0, "0", True),
    Row("Layout shift until the first run has ended", score, "readerly.first_run_shift"),
    Row("Longest frame, idle page", milliseconds, "readerly.idle_frame"),
    Row("Longest frame, endless loop", milliseconds, "readerly.loop_frame", "", 100, "≤ 100 ms"),
    Row("Longest frame, flood of output", milliseconds, "readerly.flood_frame", "", 100, "≤ 100 ms"),
    Row("Longest task, endless loop (0: none over 50 ms)", milliseconds, "readerly.loop_task"),
    Row("Longest task, flood of output", milliseconds, "readerly.flood_task"),
    Row("Longest task, from first Run to its output", milliseconds, "readerly.first_run_task"),
    Row("Other hosts asked by the bare page", count, "bare.other_hosts"),
    Row("Other hosts asked by py-editor", count, "editor.other_hosts"),
)

HEAD = ("what", "Readerly", "other", "ratio", "budget", "kept")


def table(book: Book) -> str:
    """Return the table: medians, with the smallest and the largest value where they differ."""
    return markdown([HEAD, *(line(row, book) for row in ROWS)])


def markdown(lines: Sequence[tuple[str, ...]]) -> str:
    """Return `lines` of cells, the head first, as a Markdown table with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    written = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)) + " |" for cells in lines
    ]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written)


def line(row: Row, book: Book) -> tuple[str, ...]:
    """Return the cells of one row."""
    ours = book.series[row.ours]
    peer = book.series[row.peer] if row.peer else None
    ratio = ours.median / peer.median if peer and ours.median is not None and peer.median else None
    judged = ratio if peer else max(ours.values, default=None) if row.every else ours.median
    kept = "" if row.most is None else "–" if judged is None else "yes" if judged <= row.most else "no"
    cells = (cell(ours, row.unit), cell(peer, row.unit) if peer else "", f"{ratio:.2f} ×" if ratio is not None else "")
    return (row.what, *cells, row.budget, kept)


def cell(series: Series, unit: Unit) -> str:
    """Write a series: its median and range, and how many of its visits failed."""
    said: list[str] = []
    if series.median is not None:
        said.append(unit(series.median))
        least, most = unit(min(series.values)), unit(max(series.values))
        said += [f"({least} – {most})"] if least != most else []
    if series.failures:
        said.append(f"FAILED {len(series.failures)} of {len(series.failures) + len(series.values)}")
    return " ".join(said) or "not measured"
