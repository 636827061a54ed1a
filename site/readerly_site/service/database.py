"""The connection to the database: its transactions, and what happens when it does not answer."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine
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

from readerly_site.errors import ReaderlyError

from . import postgresql, sqlite

log = logging.getLogger(__name__)

DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
"""The driver for each database."""

READERS = 4
"""Threads that read; SQLite's readers wait for nobody, and PostgreSQL has its own processes."""

_OUR_MISTAKES = (ProgrammingError, IntegrityError, DataError, NotSupportedError)

T = TypeVar("T")


class Unavailable(Exception):
    """The database is locked, full, unreachable or overloaded; nothing was written, and trying again may work."""


class Database:
    """One database, reached through short transactions. Raises `ReaderlyError` when the URL cannot be used.

    A transaction is a function that gets a connection. It runs as a whole in a thread of its own, so that none stays
    open while the event loop is busy with other requests.
    """

    def __init__(self, url: str, busy_timeout: float) -> None:
        """Take the database at ``url``; no request waits for it longer than ``busy_timeout`` seconds at a time."""
        address = _parse(url)
        self.url = address
        self.dialect = address.get_backend_name()
        self.file = sqlite.checked_file(address) if self.dialect == "sqlite" else None
        self._busy_timeout = busy_timeout
        self._engine = _engine(address, busy_timeout)
        self._writer = self._engine.execution_options(readerly_writes=True)
        # SQLite has one writer at a time. Queueing here is first come, first served; SQLite's own waiting is not.
        self._turn = asyncio.Lock()
        self._writing = ThreadPoolExecutor(1, "readerly-writes")
        self._reading = ThreadPoolExecutor(READERS, "readerly-reads")
        self._is_current = False

    async def prepare(self) -> None:
        """Make the tables that are missing, and bring older ones up to date. Raises `Unavailable`."""
        if not self._is_current:
            await self.write(lambda _: None)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` finds in one consistent state. Raises `Unavailable`."""
        await self.prepare()
        return await asyncio.get_running_loop().run_in_executor(self._reading, self.read_now, work)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns when its changes are committed and synced. Raises `Unavailable`."""
        with _translated():
            async with asyncio.timeout(self._busy_timeout):
                await self._turn.acquire()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._writing, self.write_now, work)
        finally:
            self._turn.release()

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """Do as `read` does, in this thread: for commands."""
        if not self._is_current:
            self.write_now(lambda _: None)
        with _translated(), self._engine.begin() as connection:
            return work(connection)

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """Do as `write` does, in this thread: for commands."""
        with _translated(), self._writer.begin() as connection:
            if not self._is_current:
                from .migrations import migrate  # what only a start needs

                migrate(connection)
            done = work(connection)
        self._is_current = True
        return done

    def close(self) -> None:
        """Close every connection, after the transactions that have begun."""
        for threads in (self._writing, self._reading):
            threads.shutdown()
        self._engine.dispose()


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except _OUR_MISTAKES:
        raise
    except (DBAPIError, PoolTimeout, sqlite3.Error, TimeoutError, OSError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        log.warning("The database is unavailable: %s", str(reason).strip() or type(reason).__name__)
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


def _engine(address: URL, busy_timeout: float) -> Engine:
    try:
        engine = create_engine(
            address,
            hide_parameters=True,  # a message of the database must not carry a reader's id into a log
            pool_size=READERS + 1,
            pool_timeout=busy_timeout,
            pool_pre_ping=address.get_backend_name() != "sqlite",  # a server may have closed the connection; a file not
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ReaderlyError(f"The driver for {address.drivername} is missing: {error}.") from None
    (sqlite if address.get_backend_name() == "sqlite" else postgresql).set_up(engine, busy_timeout)
    return engine
