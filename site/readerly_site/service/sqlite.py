"""What is particular to SQLite: the file, the settings of a connection, and how its transactions begin."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL

from readerly_site.errors import ReaderlyError

PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit is on the disk before it is acknowledged
    "PRAGMA foreign_keys = ON",
)
"""What every SQLite connection is set to. https://www.sqlite.org/pragma.html"""

PAUSE = 0.01
"""Seconds between two attempts at what SQLite refuses without waiting itself."""


def checked_file(address: URL) -> Path:
    """Return the database's file. Raises `ReaderlyError` when it, or its folder, cannot be read and written."""
    if not address.database or address.database == ":memory:" or address.database.startswith("file:"):
        raise ReaderlyError("The service needs a database in a file, such as sqlite:///readerly.sqlite3.")
    file = Path(address.database).absolute()
    if not file.parent.is_dir():
        raise ReaderlyError(f"The folder of the database does not exist: {file.parent}.")
    if not os.access(file.parent, os.W_OK):
        raise ReaderlyError(f"The folder of the database cannot be written: {file.parent}.")
    if file.exists() and not (file.is_file() and os.access(file, os.R_OK | os.W_OK)):
        raise ReaderlyError("The database is not a file that can be read and written.", file)
    if file.exists():
        with file.open("rb") as opened:
            start = opened.read(16)
        if start not in (b"", b"SQLite format 3\x00"):
            raise ReaderlyError("This file is not an SQLite database; choose another name.", file)
    return file


def set_up(engine: Engine, busy_timeout: float) -> None:
    """Make each connection durable and strict, and its transactions wait ``busy_timeout`` seconds for their lock."""

    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # sqlite3 must not begin transactions of its own: on_begin does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(busy_timeout * 1000)}")
        _log_ahead(cursor, busy_timeout)
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    def on_begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock first, where SQLite waits for it; later it would fail without waiting.
        writes = connection.get_execution_options().get("readerly_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def _log_ahead(cursor: Any, busy_timeout: float) -> None:
    """Have the file log ahead (WAL), so that readers never wait for the writer.

    That takes all locks of a file that does not yet. Of two processes which begin at once SQLite refuses one at once,
    rather than let them wait for each other (https://www.sqlite.org/c3ref/busy_handler.html): it tries again here.
    """
    until = time.monotonic() + busy_timeout
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(PAUSE)
        else:
            return
