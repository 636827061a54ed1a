"""Counts, compared with the rows they count, and put right."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Integer, Table, cast, func, select, true

from .schema import COUNTED, days, hearts, pages, views
from .writes import Change, add

_LIFTED = 1_000_000_000
"""What counts stand at while they are put right."""


@dataclass(frozen=True)
class Wrong:
    """A count that does not equal what its rows add up to."""

    page: str
    day: int | None
    """The day since 1970-01-01; None for the page's own count."""

    count: str
    """Which one: hearts, views or finished."""

    stored: int
    counted: int

    def __str__(self) -> str:
        when = "" if self.day is None else f" on day {self.day}"
        return f"{self.page}{when}: {self.count} says {self.stored}, its rows are {self.counted}"


def verify(connection: Connection, repair: bool = False, page: str | None = None) -> list[Wrong]:
    """Return every count that is wrong, and with ``repair`` put each right, in the transaction of ``connection``.

    With a ``page``, only its counts are looked at.
    """

    def of(table: Table) -> ColumnElement[bool]:
        return true() if page is None else table.c.page == page

    by_day = _counted(connection, of)
    by_page: dict[str, Change] = {}
    for (name, _), counts in by_day.items():
        by_page.setdefault(name, Counter()).update(counts)
    wrong: list[Wrong] = []
    for row in connection.execute(select(days).where(of(days))):
        counts = by_day.pop((row.page, row.day), Counter())
        if row.closed:  # nothing is left to count them by
            counts.update(views=row.views, finished=row.finished)
            by_page.setdefault(row.page, Counter()).update(views=row.views, finished=row.finished)
        wrong += _differences(row.page, row.day, {name: getattr(row, name) for name in COUNTED}, counts)
    for (name, day), counts in by_day.items():
        wrong += _differences(name, day, {}, counts)
    for row in connection.execute(select(pages).where(of(pages))):
        wrong += _differences(
            row.page, None, {name: getattr(row, name) for name in COUNTED}, by_page.get(row.page, Counter())
        )
    if repair:
        _repair(connection, wrong)
    return wrong


def _counted(connection: Connection, of: Callable[[Table], ColumnElement[bool]]) -> dict[tuple[str, int], Change]:
    found: dict[tuple[str, int], Change] = {}
    given = select(hearts.c.page, hearts.c.day, func.count().label("rows")).where(of(hearts), hearts.c.held.is_(None))
    for row in connection.execute(given.group_by(hearts.c.page, hearts.c.day)):
        found.setdefault((row.page, row.day), Counter())["hearts"] = row.rows
    ended = func.sum(cast(views.c.finished, Integer)).label("finished")
    opened = select(views.c.page, views.c.day, func.count().label("rows"), ended).where(of(views))
    for row in connection.execute(opened.group_by(views.c.page, views.c.day)):
        found.setdefault((row.page, row.day), Counter()).update(views=row.rows, finished=row.finished)
    return found


def _differences(page: str, day: int | None, stored: dict[str, int], counted: Change) -> list[Wrong]:
    return [
        Wrong(page, day, name, stored.get(name, 0), counted[name])
        for name in COUNTED
        if stored.get(name, 0) != counted[name]
    ]


def _repair(connection: Connection, wrong: list[Wrong]) -> None:
    changes: dict[tuple[str, int], Change] = {}
    for found in wrong:
        if found.day is not None:
            changes.setdefault((found.page, found.day), Counter())[found.count] += found.counted - found.stored
    these = pages.update().where(pages.c.page.in_({found.page for found in wrong}))
    connection.execute(these.values(dict.fromkeys(COUNTED, _LIFTED)))  # no count may pass below zero
    add(connection, changes)
    for name in COUNTED:  # the days are right now, and a page is what its days add up to
        summed = select(func.coalesce(func.sum(days.c[name]), 0)).where(days.c.page == pages.c.page)
        connection.execute(these.values({name: summed.scalar_subquery()}))
