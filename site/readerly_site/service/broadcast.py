"""Which pages have changed, told from process to process by PostgreSQL's LISTEN and NOTIFY.

Only names are told. They are told after the commit, a few times a second: a NOTIFY inside the transactions of hearts
would make these wait for each other, all over the database. What a process fails to tell is found by `Live` itself.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Collection, Iterator

from sqlalchemy import func, select

from .database import Database

log = logging.getLogger(__name__)

CHANNEL = "readerly_pages"

LONGEST = 7_500
"""Bytes in one notification; PostgreSQL takes fewer than 8,000."""

BACK_OFF = (0.5, 15.0)
"""Seconds, shortest and longest, between attempts to listen again."""


class Broadcast:
    """Tells other processes of changed pages, and hears of theirs."""

    def __init__(self, database: Database) -> None:
        """Speak by way of ``database``, which is PostgreSQL."""
        self._database, self._name = database, secrets.token_hex(4)
        self.listening = asyncio.Event()
        """Set while the process hears others."""

    async def tell(self, pages: Collection[str]) -> None:
        """Tell every other process that the pages have changed. Raises `Unavailable`."""
        told = [func.pg_notify(CHANNEL, f"{self._name} {names}") for names in chunks(pages)]
        await self._database.read(lambda connection: [connection.execute(select(each)) for each in told])

    async def listen(self, heard: Callable[[Collection[str]], None], missed: Callable[[], None]) -> None:
        """Call ``heard`` with the pages others name, and ``missed`` whenever some may not have been heard; for ever."""
        import psycopg

        address = self._database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        wait = BACK_OFF[0]
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}".encode())
                    wait = BACK_OFF[0]
                    missed()
                    self.listening.set()
                    async for told in connection.notifies():
                        sender, _, names = told.payload.partition(" ")
                        if sender != self._name:
                            heard(json.loads(names))
            except (psycopg.Error, OSError) as error:
                log.warning("Other processes are not heard at the moment: %s", str(error).strip())
            except ValueError:
                log.warning("A notification on %s is none of the service's.", CHANNEL)
            self.listening.clear()
            await asyncio.sleep(wait)
            wait = min(wait * 2, BACK_OFF[1])


def chunks(pages: Collection[str]) -> Iterator[str]:
    """Return the pages as JSON lists that are short enough for a notification each."""
    chunk: list[str] = []
    size = 2
    for page in sorted(pages):
        cost = len(json.dumps(page)) + 2
        if chunk and size + cost > LONGEST:
            yield json.dumps(chunk)
            chunk, size = [], 2
        chunk.append(page)
        size += cost
    if chunk:
        yield json.dumps(chunk)
