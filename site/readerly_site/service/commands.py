"""What an operator does with the database from the command line."""

from contextlib import closing

from readerly_site.errors import ReaderlyError

from .database import Database, Unavailable
from .verify import Wrong
from .verify import verify as verified

PATIENCE = 60.0
"""Seconds a command waits for a database that is in use."""


def verify(url: str, repair: bool) -> list[Wrong]:
    """Return the counts that are, or with ``repair`` were, wrong. Raises `ReaderlyError`."""
    with closing(_opened(url)) as database:
        try:
            return database.write_now(lambda connection: verified(connection, repair))
        except Unavailable as error:
            raise ReaderlyError(f"The database does not answer: {error.__cause__}.") from error


def _opened(url: str) -> Database:
    database = Database(url, PATIENCE)
    if database.file and not database.file.exists():
        raise ReaderlyError("There is no database here; name the service's own with --database.", database.file)
    return database
