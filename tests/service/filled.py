"""A database with something of everything in it, and what it says of a page."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

from typer.testing import CliRunner

from readerly_site.cli import app
from readerly_site.service.database import Database
from readerly_site.service.store import Counts, Store
from readerly_site.service.verify import verify

A, B = "/articles/a/", "/articles/b/"


@asynccontextmanager
async def opened(url: str, day: int = 20_000) -> AsyncGenerator[Store]:
    """Give a store at `url`, on the day `day`; in the end its counts have to be right."""
    with closing(Database(url, 10)) as database:
        store = Store(database, 10, lambda: day)
        yield store
        await store.drain()
        assert await database.read(verify) == []


async def fill(url: str) -> None:
    """Give hearts and views to `A` and `B`, of which some are old, and one waits for the operator."""
    async with opened(url, 19_000) as store:
        await store.add_view(A, "r", finished=True)
        await store.add_view(B, "r")
    async with opened(url) as store:
        await store.retire(90)
        for reader in ("r", "s", "t"):
            await store.set_heart(A, reader, True)
            await store.add_view(A, reader, finished=reader == "s")
        await store.set_heart(A, "u", True, held="a burst")
        for reader in ("s", "v"):
            await store.set_heart(B, reader, True)
            await store.add_view(B, reader, finished=reader == "v")


def counts(url: str, *pages: str, reader: str | None = None) -> list[Counts]:
    """Return what the database says of each of the pages."""

    async def ask() -> list[Counts]:
        async with opened(url) as store:
            found = await store.counts(pages, reader)
            return [found[page] for page in pages]

    return asyncio.run(ask())


def operate(*arguments: str) -> str:
    """Return what `readerly service` says."""
    done = CliRunner().invoke(app, ["service", *arguments])
    assert done.exit_code == 0, done.output
    return done.output
