"""Hearts and views, stored."""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, and_, select

from .author.figures import Figures, figures
from .database import Database
from .group_commit import GroupCommit
from .own import export
from .retention import close, pages_to_close
from .schema import aliases, hearts, pages
from .writes import AddView, Forget, SetHeart, Totals, Write, apply

DAY = 24 * 60 * 60
"""Seconds."""


def today() -> int:
    """Return the day it is in UTC, counted from 1970-01-01."""
    return int(time.time() // DAY)


@dataclass(frozen=True)
class Counts(Totals):
    """What is known of one page, for one reader."""

    hearted: bool = False
    """Whether the heart of the reader who asks is on."""


class Store:
    """Counts that are exact: each changes in the transaction that changes the rows it counts."""

    def __init__(self, database: Database, patience: float, today: Callable[[], int] = today) -> None:
        """Keep everything in ``database``; no write waits longer than ``patience`` seconds for its turn."""
        self._database, self._today = database, today
        self.changed: Callable[[Collection[str]], None] = lambda _: None
        """Called with the pages of each group of writes, when it is committed."""
        self._writes: GroupCommit[Write, dict[str, Totals]] = GroupCommit(self._commit, patience)

    async def counts(self, asked: Collection[str], reader: str | None) -> dict[str, Counts]:
        """Return the counts of each page asked for; a page without a row has none. Creates nothing."""
        return await self._database.read(lambda connection: _counts(connection, asked, reader))

    async def set_heart(self, page: str, reader: str, on: bool, held: str | None = None) -> Totals:
        """Set the reader's heart on the page on or off; return the page's counts. Idempotent."""
        return (await self.submit(SetHeart(page, reader, on, held)))[page]

    def submit(self, write: Write) -> "asyncio.Future[dict[str, Totals]]":
        """Return the counts of each page of the write's group, to come when it is committed and synced.

        Raises `Unavailable`, here or when they are awaited.
        """
        return self._writes.submit(write)

    async def add_view(self, page: str, reader: str, finished: bool = False) -> Totals:
        """Note that the reader has opened the page, or ``finished`` it; return the page's counts.

        A view and a finished read are counted once per reader, page and day.
        """
        return (await self.submit(AddView(page, reader, finished)))[page]

    async def export(self, reader: str) -> dict[str, list[dict[str, Any]]]:
        """Return all that is kept of the reader."""
        return await self._database.read(lambda connection: export(connection, reader))

    async def forget(self, reader: str) -> None:
        """Keep nothing of the reader any more; the counts are less by it."""
        await self.submit(Forget(reader))

    async def retire(self, days: int) -> int:
        """Forget who read what longer than so many days ago, and keep the counts; return how many rows went."""
        before = self._today() - days
        gone = 0
        for page in await self._database.read(lambda connection: pages_to_close(connection, before)):
            # A page at a time, so that no heart has to wait for all of them.
            gone += await self._database.write(partial(close, page=page, before=before))
        return gone

    async def figures(self, titles: dict[str, str], period: int, page: str | None) -> Figures:
        """Return what the author is shown of the last ``period`` days, of one ``page`` or of all."""
        day = self._today()
        return await self._database.read(lambda connection: figures(connection, titles, day, period, page))

    @property
    def waiting(self) -> int:
        """How many writes wait for their commit."""
        return self._writes.waiting

    async def moved(self) -> dict[str, str]:
        """Return the pages that have moved, and where to."""
        found = await self._database.read(lambda connection: connection.execute(select(aliases)).all())
        return {row.page: row.target for row in found}

    async def check(self) -> None:
        """Raise `Unavailable` unless the database takes writes now."""
        await self._database.write(lambda _: None)

    async def drain(self) -> None:
        """Wait until every write that was asked for is committed."""
        await self._writes.drain()

    async def _commit(self, writes: Sequence[Write]) -> dict[str, Totals]:
        counts = await self._database.write(lambda connection: apply(connection, writes, self._today()))
        self.changed(counts)
        return counts


def _counts(connection: Connection, asked: Collection[str], reader: str | None) -> dict[str, Counts]:
    own = and_(hearts.c.page == pages.c.page, hearts.c.reader == reader)
    moved = {row.page: row.target for row in connection.execute(select(aliases).where(aliases.c.page.in_(asked)))}
    wanted = {moved.get(page, page) for page in asked}
    query = select(pages, hearts.c.reader.is_not(None).label("hearted")).join_from(pages, hearts, own, isouter=True)
    rows = connection.execute(query.where(pages.c.page.in_(wanted)))
    known = {row.page: Counts(row.hearts, row.views, row.finished, bool(row.hearted)) for row in rows}
    return {page: known.get(moved.get(page, page), Counts()) for page in asked}
