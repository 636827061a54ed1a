"""What readers do, and how a batch of it becomes one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, text, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from .schema import COUNTED, aliases, days, hearts, pages, views


@dataclass(frozen=True)
class SetHeart:
    """A reader wishes their heart on a page to be on or off."""

    page: str
    reader: str
    on: bool
    held: str | None = None
    """The burst it is part of, when the heart shall wait for the operator."""


@dataclass(frozen=True)
class AddView:
    """A reader has opened a page, or read it to its end."""

    page: str
    reader: str
    finished: bool = False


@dataclass(frozen=True)
class Forget:
    """A reader wishes that nothing of theirs is kept."""

    reader: str


Write = SetHeart | AddView | Forget


@dataclass(frozen=True)
class Totals:
    """The counts of one page."""

    hearts: int = 0
    views: int = 0
    finished: int = 0


MOVING = 0x5EAD_E520
"""The number of PostgreSQL's advisory lock that writes share, and a move of a page has alone."""

Change = Counter[str]
"""By how much each of `COUNTED` changes."""


def apply(connection: Connection, writes: Sequence[Write], today: int) -> dict[str, Totals]:
    """Do all of ``writes``, in their order, on the day ``today``; return what each page they named or changed has then.

    Of several wishes of one reader for one page only the last is carried out. What the database reports of each row,
    inserted or not, deleted or not, is what the counts change by: that is exact whoever else is writing. Everything is
    done in the order of its keys, so that two processes never wait for each other in a circle.
    """
    let_move(connection)
    changes: dict[tuple[str, int], Change] = {}

    def change(page: str, day: int, name: str, by: int) -> None:
        changes.setdefault((page, day), Counter())[name] += by

    target = _targets(connection, {write.page for write in writes if not isinstance(write, Forget)})
    wishes: dict[tuple[str, str], SetHeart] = {}
    opened: dict[tuple[str, str], bool] = {}
    forgotten: set[str] = set()
    for write in writes:
        if isinstance(write, SetHeart):
            wishes[target[write.page], write.reader] = write
        elif isinstance(write, AddView):
            key = target[write.page], write.reader
            opened[key] = opened.get(key, False) or write.finished
        else:  # and with it what the same reader wished before, in this group
            forgotten.add(write.reader)
            wishes = {key: wish for key, wish in wishes.items() if key[1] != write.reader}
            opened = {key: whole for key, whole in opened.items() if key[1] != write.reader}
    if forgotten:
        gone = delete(hearts).where(hearts.c.reader.in_(forgotten))
        for row in connection.execute(gone.returning(hearts.c.page, hearts.c.day, hearts.c.held)):
            if row.held is None:
                change(row.page, row.day, "hearts", -1)
        unread = delete(views).where(views.c.reader.in_(forgotten))
        for row in connection.execute(unread.returning(views.c.page, views.c.day, views.c.finished)):
            change(row.page, row.day, "views", -1)
            change(row.page, row.day, "finished", -int(row.finished))
    given = sorted(key for key, wish in wishes.items() if wish.on)
    taken = sorted(key for key, wish in wishes.items() if not wish.on)
    if new := sorted({page for page, _ in (*given, *opened)}):
        connection.execute(insert_missing(connection, pages), [{"page": page} for page in new])
    if given:
        rows = [{"page": p, "reader": r, "day": today, "held": wishes[p, r].held} for p, r in given]
        inserted = insert_missing(connection, hearts).returning(hearts.c.page, hearts.c.held)
        for row in connection.execute(inserted, rows):
            if row.held is None:
                change(row.page, today, "hearts", 1)
    if taken:
        gone = delete(hearts).where(tuple_(hearts.c.page, hearts.c.reader).in_(taken))
        for page, day, held in connection.execute(gone.returning(hearts.c.page, hearts.c.day, hearts.c.held)):
            if held is None:
                change(page, day, "hearts", -1)
    if opened:
        rows = [{"page": page, "reader": reader, "day": today} for page, reader in sorted(opened)]
        for (page,) in connection.execute(insert_missing(connection, views).returning(views.c.page), rows):
            change(page, today, "views", 1)
    if finished := sorted((*key, today) for key, whole in opened.items() if whole):
        key = tuple_(views.c.page, views.c.reader, views.c.day)
        ended = update(views).where(key.in_(finished), views.c.finished.is_(False)).values(finished=True)
        for (page,) in connection.execute(ended.returning(views.c.page)):
            change(page, today, "finished", 1)
    add(connection, changes)
    changed = {page for page, _ in changes}
    found = totals(connection, {*target.values(), *changed})
    return found | {page: found.get(to, Totals()) for page, to in target.items()}


def add(connection: Connection, changes: dict[tuple[str, int], Change]) -> None:
    """Change the counts of pages and of their days: ``changes`` has them by page and day."""
    moved = {key: change for key, change in sorted(changes.items()) if any(change.values())}
    if not moved:
        return
    by_page: dict[str, Change] = {}
    for (page, _), change in moved.items():
        whole = by_page.setdefault(page, Counter())
        for name, by in change.items():
            whole[name] += by
    insert = _dialect(connection).insert(days)
    upsert = insert.on_conflict_do_update(
        index_elements=[days.c.page, days.c.day],
        set_={name: days.c[name] + insert.excluded[name] for name in COUNTED},
    )
    rows = [{"page": page, "day": day} | _row(change) for (page, day), change in moved.items()]
    connection.execute(upsert, rows)
    changed = update(pages).where(pages.c.page == bindparam("key"))
    changed = changed.values(
        {name: pages.c[name] + bindparam(f"by_{name}", type_=pages.c[name].type) for name in COUNTED}
    )
    connection.execute(
        changed,
        [{"key": page} | {f"by_{name}": change[name] for name in COUNTED} for page, change in sorted(by_page.items())],
    )


def totals(connection: Connection, asked: set[str]) -> dict[str, Totals]:
    """Return the counts of the pages that have a row."""
    found = connection.execute(select(pages).where(pages.c.page.in_(asked)))
    return {row.page: Totals(row.hearts, row.views, row.finished) for row in found}


def _row(change: Change) -> dict[str, int]:
    return {name: change[name] for name in COUNTED}


def _targets(connection: Connection, named: set[str]) -> dict[str, str]:
    """Return where the hearts and views of each page are kept: elsewhere, when it has moved."""
    moved = connection.execute(select(aliases.c.page, aliases.c.target).where(aliases.c.page.in_(named)))
    return {page: page for page in named} | {row.page: row.target for row in moved}


def _dialect(connection: Connection) -> Any:
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def let_move(connection: Connection) -> None:
    """Begin a write that names pages: from now on none of them moves. SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": MOVING})


def hold_still(connection: Connection) -> None:
    """Wait until nobody writes, and let nobody begin to, until the transaction ends: while a page moves."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MOVING})


def insert_missing(connection: Connection, table: Any) -> Any:
    """Return an INSERT that leaves rows alone that are there."""
    return _dialect(connection).insert(table).on_conflict_do_nothing()
