"""Pages that move, and the addresses they had."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, closing

import httpx
import pytest

from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings, app, commands, schema
from readerly_site.service.database import Database
from readerly_site.service.store import Counts

from .filled import A, B, counts, fill, opened, operate

C = "/old/"
Serve = Callable[..., AbstractContextManager[httpx.Client]]


def test_a_page_that_moves_takes_its_hearts_and_views_along(url: str) -> None:
    asyncio.run(fill(url))
    assert counts(url, A, B) == [Counts(3, 4, 2), Counts(2, 3, 1)]
    assert operate("move", A, B, "--database", url) == f"{B} has 4 hearts and 6 views\n"
    both = Counts(4, 6, 4 - 1, hearted=True)
    assert counts(url, A, B, reader="r") == [both, both], "s gave two hearts and had read both: once"

    async def go_on() -> None:
        async with opened(url) as store:
            await store.set_heart(A, "new", True)
            assert (await store.counts([B], "new"))[B].hearted, "the old address is the new one's"

    asyncio.run(go_on())
    operate("move", B, C, "--database", url)
    assert [each.hearts for each in counts(url, A, B, C)] == [5, 5, 5]
    operate("move", C, A, "--database", url)
    assert [each.hearts for each in counts(url, A, B, C)] == [5, 5, 5]
    assert operate("move", C, A, "--database", url) == f"{A} has 5 hearts and 6 views\n", "it has"
    with pytest.raises(ReaderlyError, match="another address"):
        commands.move(url, A, A)
    with pytest.raises(ReaderlyError, match="no hearts and views of /aa/"):
        commands.move(url, "/aa/", A)
    with pytest.raises(ReaderlyError, match="path"):
        commands.move(url, "/a?b", A)


def test_other_pages_are_left_alone(url: str) -> None:
    """A page whose counts are wrong tells by them whether it was counted anew."""
    asyncio.run(fill(url))

    def spoil(by: int) -> None:
        with closing(Database(url, 10)) as database:
            change = schema.pages.update().where(schema.pages.c.page == B).values(hearts=schema.pages.c.hearts + by)
            database.write_now(lambda connection: connection.execute(change))

    spoil(7)
    operate("move", A, C, "--database", url)
    (wrong,) = commands.verify(url, False)
    assert (wrong.page, wrong.stored - wrong.counted) == (B, 7)
    spoil(-7)
    assert counts(url, A, C) == [Counts(3, 4, 2)] * 2


def test_the_address_a_page_had_goes_on_working(
    settings: Settings,
    serve: Serve,
    new_reader: Callable[[httpx.Client], dict[str, str]],
) -> None:
    with serve(settings) as client:
        client.put("/api/heart", params={"path": A}, json={"on": True}, headers=new_reader(client))
    operate("move", A, "/articles/new/", "--database", settings.database)
    assert settings.pages
    settings.pages.write_text('{"pages": [{"path": "/articles/new/"}]}')
    with serve(settings) as client:
        answer = client.put("/api/heart", params={"path": A}, json={"on": True}, headers=new_reader(client))
        assert answer.json() == {"hearts": 2, "on": True}
        assert client.post("/api/heart", params={"path": A}).headers["location"] == "/articles/new/#hearted"
        assert (
            client.get("/api/pages", params={"path": "/articles/new/"}).json()["pages"]["/articles/new/"]["hearts"] == 3
        )
        assert client.get("/api/pages", params={"path": B}).json() == {"pages": {}}


def test_a_service_that_runs_learns_of_it(
    settings: Settings,
    serve: Serve,
    new_reader: Callable[[httpx.Client], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "MOVED_EVERY", 0.05)
    assert settings.pages
    with serve(settings) as client:
        client.put("/api/heart", params={"path": A}, json={"on": True}, headers=new_reader(client))
        operate("move", A, B, "--database", settings.database)
        settings.pages.write_text(f'{{"pages": [{{"path": "{B}"}}]}}')
        while not (found := client.get("/api/pages", params={"path": [A, B]}).json()["pages"]).get(A):
            pass
    assert found[A] == found[B]
    assert found[B]["hearts"] == 1
