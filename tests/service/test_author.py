"""The author's page: who sees it, and what it says."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from html import unescape
from pathlib import Path

import html5lib
import httpx
import pytest
from limits import parse

from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings
from readerly_site.service.author import page as author
from readerly_site.service.author.plot import HEIGHT, TOP, WIDTH, nice, plot
from readerly_site.service.database import Database
from readerly_site.service.store import Store, today

from .filled import A, B, fill

Serve = Callable[..., AbstractContextManager[httpx.Client]]
TOKEN = "a-token-of-the-author's"
PAGE = "/api/author"
A_TITLE = "A title"


@pytest.fixture
def client(settings: Settings, serve: Serve) -> Iterator[httpx.Client]:
    """Return a client of a service with an author, and counts of today and of long ago."""
    asyncio.run(fill(settings.database))

    async def read_today() -> None:
        with closing(Database(settings.database, 5)) as database:
            store = Store(database, 5)
            await store.add_view(A, "today", finished=True)
            await store.add_view(A, "today too")
            await store.set_heart(A, "today", True)
            await store.set_heart(A, "another", True, held="a burst")
            await store.drain()

    asyncio.run(read_today())
    with serve(replace(settings, author_token=TOKEN), proxies="127.0.0.1") as client:
        yield client


def opened(client: httpx.Client) -> httpx.Client:
    answer = client.post(PAGE, data={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    return client


def rows(text: str, heading: str) -> list[list[str]]:
    """Return the cells of the table below the heading."""
    table = text.partition(f">{heading}</h2>")[2].partition("</table>")[0]
    return [
        [unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row)]
        for row in re.findall("<tr>.*?</tr>", table, re.S)
    ]


def test_it_asks_for_the_token_and_opens_for_some_hours(client: httpx.Client) -> None:
    asked = client.get(PAGE)
    assert asked.status_code == 401
    assert '<label for="token">' in asked.text
    assert "<svg" not in asked.text
    wrong = client.post(PAGE, data={"token": "a-token-of-another's"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
    assert 'role="alert"' in wrong.text
    cookie = client.post(PAGE, data={"token": TOKEN}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", f"Path={PAGE}", f"Max-Age={author.OPEN_FOR}"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    assert client.get(PAGE).status_code == 200
    client.post(PAGE, data={"token": ""})
    assert client.get(PAGE).status_code == 401


def test_it_says_what_was_read_in_the_period_and_ever(client: httpx.Client) -> None:
    text = opened(client).get(PAGE).text
    assert rows(text, "Articles")[1:] == [
        [A_TITLE, "2", "1", "50 %", "1", "6", "4"],
        [A_TITLE, "0", "0", "", "0", "3", "2"],
        [A_TITLE, "0", "0", "", "0", "0", "0"],
    ]
    assert len(rows(text, "Days")) == 31
    assert rows(text, "Days")[1][1:] == ["2", "1", "1"]
    assert len(re.findall("<svg ", text)) == 3
    assert len(re.findall("<rect ", text)) == 90
    assert "2 hearts came in a burst" in text
    html5lib.HTMLParser(strict=True).parse(text)


def test_one_article_has_plots_of_its_own(client: httpx.Client) -> None:
    text = opened(client).get(PAGE, params={"page": B, "days": 7}).text
    assert f"<p>{B}</p>" in text
    assert len(re.findall("<rect ", text)) == 21
    assert {tuple(row[1:]) for row in rows(text, "Days")[1:]} == {("0", "0", "0")}
    assert client.get(PAGE, params={"page": "/<script>/"}).status_code == 404
    assert client.get(PAGE, params={"days": 8}).status_code == 400


def test_programs_send_the_token_as_a_header(client: httpx.Client) -> None:
    assert client.get(PAGE, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get(PAGE, headers={"Authorization": "Bearer nothing"}).status_code == 401


def test_it_neither_frames_nor_caches_nor_runs_anything(client: httpx.Client) -> None:
    answer = opened(client).get(PAGE)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in answer.text
    assert "style=" not in answer.text


def test_titles_and_paths_are_shown_as_text(client: httpx.Client, settings: Settings) -> None:
    assert settings.pages
    settings.pages.write_text('{"pages": [{"path": "/<i>/", "title": "<b>&"}, {"path": "/plain/"}]}')
    text = opened(client).get(PAGE).text
    assert "&lt;b&gt;&amp;" in text
    assert "<b>" not in text
    assert "<i>" not in text
    assert ["/plain/", "0", "0", "", "0", "0", "0"] in rows(text, "Articles")


def test_guesses_are_few(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(author, "GUESSES", parse("3/minute"))
    from_afar = {"X-Forwarded-For": "198.51.100.7"}
    tries = [client.post(PAGE, data={"token": str(number)}, headers=from_afar).status_code for number in range(4)]
    assert tries == [401, 401, 401, 429]
    assert client.get(PAGE, headers={"Authorization": "Bearer x", **from_afar}).status_code == 429


def test_another_site_cannot_send_its_form(client: httpx.Client) -> None:
    answer = client.post(PAGE, data={"token": TOKEN}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_another_token_or_key_closes_what_the_old_one_opened(
    client: httpx.Client, settings: Settings, serve: Serve
) -> None:
    cookie = f"{author.COOKIE}={opened(client).cookies[author.COOKIE]}"
    for token, status in ((TOKEN, 200), ("quite-another-token", 401)):
        with serve(replace(settings, author_token=token)) as other:
            assert other.get(PAGE, headers={"Cookie": cookie}).status_code == status


def test_without_a_token_there_is_no_page(settings: Settings, serve: Serve) -> None:
    with serve(settings) as client:
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, data={"token": ""}).status_code == 404


def test_a_short_token_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ReaderlyError, match="16 characters"):
        Settings(pages=tmp_path, author_token="short")


def test_bars_are_as_high_as_their_values() -> None:
    drawn = plot("Views", [("Monday", 0), ("Tuesday", 5), ("Wednesday", 20)])
    assert (drawn.most, drawn.total) == (20, 25)
    assert [bar.height for bar in drawn.bars] == [0, (HEIGHT - TOP) / 4, HEIGHT - TOP]
    assert all(bar.y + bar.height == HEIGHT for bar in drawn.bars)
    assert drawn.bars[-1].x + drawn.bars[-1].width <= WIDTH
    assert [nice(value) for value in (0, 1, 3, 7, 34, 51, 100, 101)] == [1, 1, 5, 10, 50, 100, 100, 200]
    assert today() > 20_000
