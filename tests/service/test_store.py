"""Hearts and views over SQLite and PostgreSQL: counts that stay exact, and are found wrong and put right."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from itertools import permutations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from readerly_site.service.database import Database
from readerly_site.service.schema import metadata
from readerly_site.service.store import Counts, Store
from readerly_site.service.verify import verify
from readerly_site.service.writes import SetHeart, Totals, apply

A, B = "/a/", "/b/"


class Days:
    """A clock that turns when it is told."""

    now = 20_000

    def __call__(self) -> int:
        return self.now


@asynccontextmanager
async def opened(url: str, today: Days | None = None) -> AsyncGenerator[Store]:
    with closing(Database(url, 10)) as database:
        store = Store(database, 10, today or Days())
        yield store
        await store.drain()
        assert await database.read(verify) == []


def test_a_hundred_readers_and_fifty_retries_each_are_a_hundred(url: str) -> None:
    async def crowd() -> None:
        async with opened(url) as here, opened(url) as there:
            await asyncio.gather(
                *(
                    (here if attempt % 2 else there).set_heart(A, f"reader {reader}", True)
                    for attempt in range(50)
                    for reader in range(100)
                )
            )
            assert (await here.counts([A], None))[A] == Counts(hearts=100)

    asyncio.run(crowd())


def test_on_and_off_quickly_ends_in_the_last_wish(url: str) -> None:
    async def press() -> None:
        async with opened(url) as store:
            for presses in (7, 8):
                await asyncio.gather(*(store.set_heart(A, "r", wish % 2 == 0) for wish in range(presses)))
                assert (await store.counts([A], "r"))[A].hearted == bool(presses % 2)

    asyncio.run(press())


def test_a_view_counts_once_a_day_and_a_finished_read_is_a_share_of_them(url: str) -> None:
    async def read() -> None:
        today = Days()
        async with opened(url, today) as store:
            await asyncio.gather(*(store.add_view(A, "r") for _ in range(5)), store.add_view(A, "r", finished=True))
            assert await store.add_view(A, "r", finished=True) == Totals(views=1, finished=1)
            today.now += 1
            assert await store.add_view(A, "r") == Totals(views=2, finished=1)
            assert await store.add_view(A, "s", finished=True) == Totals(views=3, finished=2)

    asyncio.run(read())


def test_two_processes_that_write_the_same_pages_in_any_order_never_lock_each_other_out(url: str) -> None:
    async def cross() -> None:
        async with opened(url) as one, opened(url) as other:
            for first, second in permutations([A, B]):
                await asyncio.gather(
                    *(
                        write
                        for reader in map(str, range(40))
                        for write in (one.set_heart(first, reader, True), other.set_heart(second, reader, True))
                    )
                )
            counts = await one.counts([A, B], None)
            assert counts == {A: Counts(hearts=40), B: Counts(hearts=40)}

    asyncio.run(cross())


def test_a_heart_that_is_held_is_the_readers_own_and_not_counted(url: str) -> None:
    async def hold() -> None:
        async with opened(url) as store:
            assert await store.set_heart(A, "r", True, held="a burst") == Totals()
            assert (await store.counts([A], "r"))[A] == Counts(hearted=True)
            assert await store.set_heart(A, "r", False) == Totals()

    asyncio.run(hold())


def test_wrong_counts_are_found_and_put_right(url: str) -> None:
    with closing(Database(url, 10)) as database:
        database.write_now(lambda connection: apply(connection, [SetHeart(A, r, True) for r in "rst"], 20_000))

        def spoil(connection: Connection) -> None:
            connection.exec_driver_sql("UPDATE pages SET hearts = 7, views = 9")
            connection.exec_driver_sql("UPDATE days SET hearts = 1, finished = 2")

        database.write_now(spoil)
        told = [str(wrong) for wrong in database.write_now(lambda connection: verify(connection, repair=True))]
        assert "/a/: hearts says 7, its rows are 3" in told
        assert "/a/ on day 20000: finished says 2, its rows are 0" in told
        assert database.read_now(verify) == []


def test_the_migrations_make_the_tables_of_the_schema(url: str) -> None:
    with closing(Database(url, 10)) as database:
        database.write_now(lambda _: None)
        found = database.read_now(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
        assert found == []


def test_tables_of_the_first_release_keep_their_rows(url: str) -> None:
    driver = url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(driver)
    with engine.begin() as old:
        old.exec_driver_sql(
            "CREATE TABLE pages (page VARCHAR PRIMARY KEY, hearts INTEGER DEFAULT 0 NOT NULL, "
            "views INTEGER DEFAULT 0 NOT NULL, CONSTRAINT counts_are_not_negative CHECK (hearts >= 0 AND views >= 0))"
        )
        for table in ("hearts", "views"):
            old.exec_driver_sql(
                f"CREATE TABLE {table} (page VARCHAR NOT NULL REFERENCES pages (page), reader VARCHAR NOT NULL, "
                f"CONSTRAINT {table}_pkey PRIMARY KEY (page, reader))"
            )
        old.exec_driver_sql("INSERT INTO pages VALUES ('/a/', 1, 2)")
        old.exec_driver_sql("INSERT INTO hearts VALUES ('/a/', 'r')")
        old.exec_driver_sql("INSERT INTO views VALUES ('/a/', 'r'), ('/a/', 's')")
    engine.dispose()

    async def go_on() -> None:
        async with opened(url) as store:
            assert (await store.counts([A], "r"))[A] == Counts(1, 2, 0, hearted=True)
            assert await store.set_heart(A, "r", False) == Totals(0, 2)

    asyncio.run(go_on())


def test_several_processes_may_start_at_once(url: str) -> None:
    async def start() -> None:
        databases = [Database(url, 10) for _ in range(4)]
        await asyncio.gather(*(database.prepare() for database in databases))
        for database in databases:
            database.close()

    asyncio.run(start())


def test_a_reader_is_forgotten_in_the_order_of_what_they_wished(url: str) -> None:
    async def wish() -> None:
        async with opened(url) as store:
            await store.set_heart(B, "r", True)
            await asyncio.gather(
                store.set_heart(A, "other", True),
                store.set_heart(A, "r", True),
                store.add_view(A, "r", finished=True),
                store.forget("r"),
                store.add_view(B, "r"),
            )
            assert await store.counts([A, B], "r") == {A: Counts(hearts=1), B: Counts(views=1)}
            assert [view["page"] for view in (await store.export("r"))["views"]] == [B]

    asyncio.run(wish())


def test_after_a_while_only_the_counts_of_a_day_are_kept(url: str) -> None:
    async def read() -> None:
        today = Days()
        async with opened(url, today) as store:
            await store.set_heart(A, "r", True)
            for reader in ("r", "s"):
                await store.add_view(A, reader, finished=reader == "r")
            today.now += 1
            await store.add_view(A, "r")
            today.now += 89
            assert await store.retire(90) == 0
            today.now += 1
            assert await store.retire(90) == 2
            assert await store.retire(90) == 0
            assert (await store.counts([A], "r"))[A] == Counts(hearts=1, views=3, finished=1, hearted=True)
            assert len((await store.export("r"))["views"]) == 1
            assert len((await store.export("r"))["hearts"]) == 1, "a heart is the reader's until they take it back"
            await store.forget("r")
            assert (await store.counts([A], "r"))[A] == Counts(hearts=0, views=2, finished=1)

    asyncio.run(read())
