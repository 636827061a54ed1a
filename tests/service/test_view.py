"""POST /api/view."""

from typing import Any

import httpx
import pytest

A = {"path": "/articles/a/"}


def test_counts_each_reader_once_per_page(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str]
) -> None:
    assert client.post("/api/view", params=A, headers=reader).json() == {"views": 1}
    assert client.post("/api/view", params=A, headers=reader).json() == {"views": 1}
    assert client.post("/api/view", params=A, headers=another_reader).json() == {"views": 2}
    assert client.post("/api/view", params={"path": "/articles/b/"}, headers=reader).json() == {"views": 1}


def test_is_independent_of_hearts(client: httpx.Client, reader: dict[str, str]) -> None:
    client.post("/api/view", params=A, headers=reader)
    client.put("/api/heart", params=A, json={"on": True}, headers=reader)
    client.put("/api/heart", params=A, json={"on": False}, headers=reader)
    counts = client.get("/api/pages", params=A, headers=reader).json()["pages"][A["path"]]
    assert counts == {"hearts": 0, "hearted": False, "views": 1, "finished": 0, "comments": 0}


def views(client: httpx.Client) -> int:
    return client.get("/api/pages", params=A).json()["pages"][A["path"]]["views"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
    ],
)
@pytest.mark.parametrize("endpoint", ["/api/view", "/api/finished"])
def test_robots_and_what_is_fetched_ahead_are_answered_and_not_counted(
    client: httpx.Client, reader: dict[str, str], headers: dict[str, str], endpoint: str
) -> None:
    answer = client.post(endpoint, params=A, headers=reader | headers)
    assert (answer.status_code, answer.json()["views"]) == (200, 0)
    assert views(client) == 0
    client.post(endpoint, params=A, headers=reader)
    assert views(client) == 1


def test_reading_to_the_end_is_counted_apart_as_a_share(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str]
) -> None:
    def finish(headers: dict[str, str]) -> Any:
        return client.post("/api/finished", params=A, headers=headers).json()

    for each in (reader, another_reader):
        client.post("/api/view", params=A, headers=each)
    assert finish(reader) == {"finished": 1, "views": 2, "share": 0.5}
    assert finish(reader) == {"finished": 1, "views": 2, "share": 0.5}
    assert finish(another_reader) == {"finished": 2, "views": 2, "share": 1.0}
    assert client.get("/api/pages", params=A).json()["pages"][A["path"]]["finished"] == 2


def test_who_finishes_without_a_view_has_viewed(client: httpx.Client, reader: dict[str, str]) -> None:
    assert client.post("/api/finished", params=A, headers=reader).json()["views"] == 1
    assert client.post("/api/finished", params={"path": "/nope/"}, headers=reader).status_code == 404
    assert client.post("/api/finished", params=A).status_code == 401
