"""The connection to the database: its transactions, and what happens when it does not answer."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from readerly_site.errors import ReaderlyError

from . import sqlite
from .schema import metadata

log = logging.getLogger(__name__)

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
"""The asynchronous driver for each database."""

_OUR_MISTAKES = (ProgrammingError, IntegrityError, DataError, NotSupportedError)


class Unavailable(Exception):
    """The database is locked, full, unreachable or overloaded; nothing was written, and trying again may work."""


class Database:
    """One database, reached through short transactions. Raises `ReaderlyError` when the URL cannot be used."""

    def __init__(self, url: str, busy_timeout: float) -> None:
        """Take the database at ``url``; no request waits for it longer than ``busy_timeout`` seconds at a time."""
        address = _parse(url)
        self.dialect = address.get_backend_name()
        self.file = sqlite.checked_file(address) if self.dialect == "sqlite" else None
        self._busy_timeout = busy_timeout
        self._engine = _engine(address, busy_timeout)
        self._writer = self._engine.execution_options(readerly_writes=True)
        # SQLite has one writer at a time. Queueing here is first come, first served; SQLite's own waiting is not.
        self._turn = asyncio.Lock()
        self._has_tables = False

    async def prepare(self) -> None:
        """Create the tables that are missing. Raises `Unavailable`."""
        if not self._has_tables:
            async with self.writing():
                pass

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection that sees one consistent state. Raises `Unavailable`."""
        await self.prepare()
        async with _translated(), self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """Give a connection whose changes are committed and synced when the block ends. Raises `Unavailable`."""
        async with _translated():
            async with asyncio.timeout(self._busy_timeout):
                await self._turn.acquire()
            try:
                async with self._writer.begin() as connection:
                    if not self._has_tables:
                        await connection.run_sync(metadata.create_all)
                    yield connection
                self._has_tables = True
            finally:
                self._turn.release()

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


@asynccontextmanager
async def _translated() -> AsyncGenerator[None]:
    try:
        yield
    except _OUR_MISTAKES:
        raise
    except (DBAPIError, PoolTimeout, sqlite3.Error, TimeoutError, OSError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        log.warning("The database is unavailable: %s", reason or type(reason).__name__)
        raise Unavailable from error


def _parse(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise ReaderlyError(f"{url!r} is not a database URL: write one such as sqlite:///readerly.sqlite3.") from None
    name = address.get_backend_name()
    if name not in DRIVERS:
        raise ReaderlyError(f"The service stores in SQLite or PostgreSQL, not in {name!r}.")
    return address.set(drivername=DRIVERS[name])


def _engine(address: URL, busy_timeout: float) -> AsyncEngine:
    try:
        engine = create_async_engine(
            address,
            hide_parameters=True,  # a message of the database must not carry a reader's id into a log
            pool_timeout=busy_timeout,
            pool_pre_ping=address.get_backend_name() != "sqlite",  # a server may have closed the connection; a file not
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ReaderlyError(f"The driver for {address.drivername} is missing: {error}.") from None
    if address.get_backend_name() == "sqlite":
        sqlite.set_up(engine, busy_timeout)
    return engine
