"""The medians as tables, in Markdown, one for each condition, with the budgets of the project beside them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .book import Book, Series
from .conditions import ALL, FREE, Condition
from .rows import LIGHTHOUSE, ONCE, PAGE, PAGES, RUN, Budget, Row, Unit, count, kilobytes, milliseconds, within

HEAD = ("what", "Readerly", "other", "ratio", "budget", "kept")
NOTHING = Series()


def tables(book: Book) -> str:
    """Return every table that has a line: medians, with the smallest and the largest value where they differ."""
    return "\n\n".join(part for part in parts(book) if part)


def parts(book: Book) -> Iterator[str]:
    """Yield the tables in their order; one without lines is empty."""
    yield pages(book)
    for condition in ALL:
        rows = (*(ONCE if condition == FREE else ()), *PAGE, *RUN)
        yield compared(str(condition), book, rows, condition)
    yield compared("Lighthouse", book, LIGHTHOUSE)


def compared(title: str, book: Book, rows: Iterable[Row], condition: Condition = FREE) -> str:
    """Return the table of those rows whose series were measured, and below it what there is to say of their values."""
    shown = [row for row in rows if all(condition.of(name) in book.series for name in (row.ours, row.peer) if name)]
    if not shown:
        return ""
    lines = [line(row, book, condition) for row in shown]
    notes = {row.ours: (row.what, note) for row in shown if (note := book.series[condition.of(row.ours)].note)}
    told = [f"{what}, the median one: {note}" for what, note in notes.values()]
    return "\n\n".join([f"**{title}**", markdown([HEAD, *lines]), *told])


def line(row: Row, book: Book, condition: Condition) -> tuple[str, ...]:
    """Return the cells of one row."""
    ours = book.series[condition.of(row.ours)]
    peer = book.series[condition.of(row.peer)] if row.peer else NOTHING
    ratio = ours.median / peer.median if ours.median is not None and peer.median else None
    cells = (cell(ours, row.unit), cell(peer, row.unit) if row.peer else "", times(ratio))
    return (row.what, *cells, row.budget.said if row.budget else "", verdict(row.budget, ours, ratio))


def times(ratio: float | None) -> str:
    """Write a ratio, a small one with a digit more."""
    return "" if ratio is None else f"{ratio:.2f} ×" if ratio >= 0.1 else f"{ratio:.3f} ×"


def verdict(budget: Budget | None, ours: Series, ratio: float | None) -> str:
    """Return whether a budget was kept, where there is one and a value to judge."""
    if budget is None:
        return ""
    worst = min if budget.least else max
    judged = {"median": ours.median, "ratio": ratio, "every": worst(ours.values, default=None)}[budget.of]
    if judged is None:
        return "–"
    return "yes" if (judged >= budget.limit if budget.least else judged <= budget.limit) else "no"


def against(book: Book, browser: str, facts: dict[str, Any], medians: dict[str, float]) -> str:
    """Return our own times in one browser beside those that a run in Chromium gave, which need not be of this day."""
    budget = within("1.5") if browser.startswith("Firefox") else None
    lines = [("series", browser, "Chromium", "ratio", "budget", "kept")]
    for name, series in book.series.items():
        theirs = medians.get(name)
        if name.startswith("readerly.") and series.median is not None and theirs:
            ratio = series.median / theirs
            said, kept = budget.said if budget else "", verdict(budget, series, ratio)
            lines.append((name, milliseconds(series.median), milliseconds(theirs), times(ratio), said, kept))
    return f"**{browser} beside {facts['browser']}, of {facts['date']} ({facts['commit']})**\n\n{markdown(lines)}"


def pages(book: Book) -> str:
    """Return the table of what each page asks for before a click; a page that was not visited is not in it."""
    lines = [("before a click", "bytes", "requests", "other hosts", "requests not answered here")]
    for page, name in PAGES.items():
        if bodies := book.series.get(f"{page}.bodies"):
            requests, hosts = book.series[f"{page}.requests"], book.series[f"{page}.other_hosts"]
            unanswered = book.series.get(f"{page}.unanswered", Series([0]))
            lines.append(
                (name, cell(bodies, kilobytes), cell(requests, count), cell(hosts, count), cell(unanswered, count))
            )
    return markdown(lines) if len(lines) > 1 else ""


def markdown(lines: Sequence[tuple[str, ...]]) -> str:
    """Return `lines` of cells, the head first, as a Markdown table with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    written = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)) + " |" for cells in lines
    ]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written)


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
