"""Counts that are told again without looking into the database."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from limits import parse

from readerly_site.service import Settings, api, express, recent
from readerly_site.service.recent import Recent

A, B = {"path": "/articles/a/"}, {"path": "/articles/b/"}
Serve = Callable[..., AbstractContextManager[httpx.Client]]
NewReader = Callable[[httpx.Client], dict[str, str]]


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "KEPT", 60.0)


@pytest.fixture
def client(settings: Settings, serve: Serve, new_reader: NewReader) -> Iterator[httpx.Client]:
    """Return a client of a service whose page A has one heart, and has 99 in the database a moment later."""
    with serve(replace(settings, origins=("https://blog.example",)), proxies="127.0.0.1") as client:
        client.put("/api/heart", params=A, json={"on": True}, headers=new_reader(client))
        assert hearts(client) == 1
        with closing(sqlite3.connect(Path(settings.database.removeprefix("sqlite:///")))) as database:
            database.execute("UPDATE pages SET hearts = 99")
            database.commit()
        yield client


def hearts(client: httpx.Client, **headers: str) -> int:
    return client.get("/api/pages", params=A, headers=headers).json()["pages"][A["path"]]["hearts"]


def test_what_was_told_is_told_again_as_it_was(client: httpx.Client) -> None:
    assert hearts(client) == 1
    first, second = (client.get("/api/pages", params=A) for _ in range(2))
    assert first.content == second.content
    for name in ("content-type", "cache-control", "etag", "vary", "x-content-type-options"):
        assert first.headers[name] == second.headers[name]
    again = client.get("/api/pages", params=A, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/pages", params=A, headers={"If-None-Match": '"other"'}).status_code == 200
    assert again.headers["x-request-id"]


def test_who_has_a_token_or_comes_from_another_site_is_told_what_is_there(
    client: httpx.Client, new_reader: NewReader
) -> None:
    assert hearts(client, **new_reader(client)) == 99
    answer = client.get("/api/pages", params=A, headers={"Origin": "https://blog.example"})
    assert answer.headers["access-control-allow-origin"] == "https://blog.example"
    assert hearts(client) == 1, "neither is told to others"


def test_a_change_of_the_page_ends_it_at_once(client: httpx.Client, new_reader: NewReader) -> None:
    client.put("/api/heart", params=B, json={"on": True}, headers=new_reader(client))
    assert hearts(client) == 1
    assert client.put("/api/heart", params=A, json={"on": True}, headers=new_reader(client)).json()["hearts"] == 100
    assert hearts(client) == 100


def test_it_ends_after_a_moment(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hearts(client) == 1
    now = recent.time.monotonic()
    monkeypatch.setattr(recent.time, "monotonic", lambda: now + 61)
    assert hearts(client) == 99


def test_who_knows_it_already_has_it_kept_for_others(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = {"If-None-Match": client.get("/api/pages", params=B).headers["etag"]}
    now = recent.time.monotonic()
    monkeypatch.setattr(recent.time, "monotonic", lambda: now + 61)
    assert client.get("/api/pages", params=B, headers=tag).status_code == 304
    monkeypatch.setattr(recent, "tag_of", None)  # which nothing that is kept needs again
    assert client.get("/api/pages", params=B, headers=tag).status_code == 304


def test_these_reads_are_limited_like_others(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few = parse("3/minute")
    monkeypatch.setattr(api, "READS", few)
    monkeypatch.setattr(express, "READS", few)
    asked = [client.get("/api/pages", params=A, headers={"X-Forwarded-For": "198.51.100.7"}) for _ in range(4)]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 429]


def test_what_was_read_before_a_change_is_not_kept_after_it() -> None:
    kept, key = Recent(), ("", b"path=/a/")
    before = kept.changes
    kept.changed(["/a/"])
    kept.keep(key, ["/a/"], b"{}", before)
    assert kept.find(key) is None
    kept.keep(key, ["/a/"], b"{}", kept.changes)
    assert kept.find(key)


def test_there_is_an_end_to_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST", 3)
    kept = Recent()
    for number in range(10):
        kept.keep(("", str(number).encode()), ["/a/"], json.dumps(number).encode(), 0)
    assert sum(kept.find(("", str(number).encode())) is not None for number in range(10)) <= 3


def test_while_one_looks_anew_others_are_told_what_was_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(recent.time, "monotonic", lambda: now[0])
    kept, key = Recent(), ("", b"path=/a/")
    kept.keep(key, ["/a/"], b"{}", 0)
    now[0] += 60.01
    assert kept.find(key, meanwhile=True) is None, "the first goes to look"
    assert kept.find(key, meanwhile=True)
    now[0] += recent.MEANWHILE
    assert kept.find(key, meanwhile=True) is None, "not for ever"
    kept.keep(key, ["/a/"], b"{}", 0)
    assert kept.find(key, meanwhile=True)
    now[0] += 60.01
    assert kept.find(key, meanwhile=True) is None
    kept.changed(["/a/"])
    assert kept.find(key, meanwhile=True) is None
