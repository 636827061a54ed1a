"""What an operator does with the database from the command line."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from readerly_site.errors import ReaderlyError

from . import archive
from . import held as bursts
from .database import Database, Unavailable
from .held import Burst
from .known_pages import canonical
from .moving import move as moved
from .verify import Wrong
from .verify import verify as verified

PATIENCE = 60.0
"""Seconds a command waits for a database that is in use."""


def verify(url: str, repair: bool) -> list[Wrong]:
    """Return the counts that are, or with ``repair`` were, wrong. Raises `ReaderlyError`."""
    with _open(url) as database:
        return database.write_now(lambda connection: verified(connection, repair))


def export(url: str, file: Path) -> int:
    """Write everything into an archive, while the service runs; return the number of rows. Raises `ReaderlyError`."""
    with _open(url) as database:
        return database.read_now(lambda connection: archive.write(connection, file))


def take_over(url: str, file: Path) -> int:
    """Fill a new database from an archive; return the number of rows. Raises `ReaderlyError`."""
    with _open(url, new=True) as database:
        return database.write_now(lambda connection: archive.read(connection, file))


def move(url: str, old: str, new: str) -> tuple[int, int]:
    """Move a page; return the hearts and views it has there. Raises `ReaderlyError`."""
    keys = [canonical(page) if page.startswith("/") else page for page in (old, new)]
    if not keys[0] or not keys[1]:
        raise ReaderlyError("A page is named by its path, such as /articles/tea/, or by its whole URL.")
    before, after = keys[0], keys[1]
    with _open(url) as database:
        return database.write_now(lambda connection: moved(connection, before, after))


def held(url: str, count: str | None, drop: str | None) -> list[Burst]:
    """Return the bursts that are held, after counting or dropping those named. Raises `ReaderlyError`."""
    with _open(url) as database:
        for name, work in ((count, bursts.count), (drop, bursts.drop)):
            if name and not database.write_now(partial(work, name=name)):
                raise ReaderlyError(f"Nothing is held under the name {name!r}.")
        return database.read_now(bursts.bursts)


@contextmanager
def _open(url: str, new: bool = False) -> Generator[Database]:
    with closing(Database(url, PATIENCE) if new else _opened(url)) as database:
        try:
            yield database
        except Unavailable as error:
            raise ReaderlyError(f"The database does not answer: {error.__cause__}.") from error


def _opened(url: str) -> Database:
    database = Database(url, PATIENCE)
    if database.file and not database.file.exists():
        raise ReaderlyError("There is no database here; name the service's own with --database.", database.file)
    return database
