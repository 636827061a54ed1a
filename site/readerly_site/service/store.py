"""Hearts and views, stored."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Table, and_, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Database
from .schema import hearts, pages, views


@dataclass(frozen=True)
class Counts:
    """What is known of one page, for one reader."""

    hearts: int = 0
    views: int = 0
    hearted: bool = False
    """Whether the heart of the reader who asks is on."""


class Store:
    """Counts that are exact: each changes in the transaction that changes the rows it counts."""

    def __init__(self, database: Database) -> None:
        """Keep everything in ``database``."""
        self._database = database
        self._insert = postgresql.insert if database.dialect == "postgresql" else sqlite.insert

    async def counts(self, asked: Collection[str], reader: str | None) -> dict[str, Counts]:
        """Return the counts of each page asked for; a page without a row has none. Creates nothing."""
        own = and_(hearts.c.page == pages.c.page, hearts.c.reader == reader)
        query = select(pages, hearts.c.reader.is_not(None).label("hearted")).join_from(pages, hearts, own, isouter=True)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.where(pages.c.page.in_(asked)))).all()
        known = {row.page: Counts(row.hearts, row.views, bool(row.hearted)) for row in rows}
        return {page: known.get(page, Counts()) for page in asked}

    async def set_heart(self, page: str, reader: str, on: bool) -> int:
        """Set the reader's heart on the page on or off; return the page's hearts. Idempotent."""
        async with self._database.writing() as connection:
            if on:
                change = await self._add(connection, hearts, page, reader)
            else:
                own = and_(hearts.c.page == page, hearts.c.reader == reader)
                change = -(await connection.execute(delete(hearts).where(own))).rowcount
            return await self._count(connection, hearts, page, change)

    async def add_view(self, page: str, reader: str) -> int:
        """Note that the reader has opened the page; return the page's views, each reader counted once."""
        async with self._database.writing() as connection:
            change = await self._add(connection, views, page, reader)
            return await self._count(connection, views, page, change)

    async def check(self) -> None:
        """Raise `Unavailable` unless the database takes writes now."""
        async with self._database.writing():
            pass

    async def _add(self, connection: AsyncConnection, table: Table, page: str, reader: str) -> int:
        """Insert the row unless it is there; return the number of rows inserted, 1 or 0."""
        await connection.execute(self._insert(pages).values(page=page).on_conflict_do_nothing())
        row = self._insert(table).values(page=page, reader=reader).on_conflict_do_nothing()
        # A row comes back only if it was inserted; the count of inserted rows is not to be had from every driver.
        return len((await connection.execute(row.returning(table.c.page))).all())

    async def _count(self, connection: AsyncConnection, table: Table, page: str, change: int) -> int:
        """Change the page's count by as many rows as were changed; return the count."""
        column = pages.c[table.name]
        if change:
            query = update(pages).where(pages.c.page == page).values({column: column + change}).returning(column)
            return (await connection.execute(query)).scalar_one()
        return (await connection.execute(select(column).where(pages.c.page == page))).scalar_one_or_none() or 0
