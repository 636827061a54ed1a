"""Several sites in one service: pages of the same paths, whose hearts stay apart."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from readerly_site.service import Settings, recent

BLOG, NEWS = "http://blog.example", "http://news.example"
A = {"path": "/articles/a/"}
Serve = Callable[..., AbstractContextManager[httpx.Client]]
NewReader = Callable[[httpx.Client], dict[str, str]]


@pytest.fixture
def client(tmp_path: Path, serve: Serve) -> Iterator[httpx.Client]:
    """Return a client of a service of two sites, each with a page of its own and one of the same path."""
    for name in ("blog", "news"):
        pages = [{"path": A["path"], "title": f"A of the {name}"}, {"path": f"/only/{name}/"}]
        (tmp_path / f"{name}.json").write_text(json.dumps({"pages": pages}))
    sites = {BLOG: tmp_path / "blog.json", NEWS: tmp_path / "news.json"}
    with serve(Settings(f"sqlite:///{tmp_path / 'db.sqlite3'}", sites=sites, author_token="a" * 16)) as client:
        yield client


def from_page(site: str) -> dict[str, str]:
    return {"Origin": site}


def from_host(site: str) -> dict[str, str]:
    return {"Host": site.removeprefix("http://")}


def hearts(client: httpx.Client, headers: dict[str, str]) -> int:
    return client.get("/api/pages", params=A, headers=headers).json()["pages"][A["path"]]["hearts"]


@pytest.mark.parametrize("asked_by", [from_page, from_host])
def test_pages_of_the_same_path_are_two(
    client: httpx.Client,
    new_reader: NewReader,
    asked_by: Callable[[str], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recent, "KEPT", 60.0)
    readers = [new_reader(client) for _ in range(3)]
    for reader, site in zip(readers, (BLOG, BLOG, NEWS), strict=True):
        answer = client.put("/api/heart", params=A, json={"on": True}, headers=reader | asked_by(site))
        assert answer.status_code == 200
        client.post("/api/view", params=A, headers=reader | asked_by(site))
    for _ in range(2):  # the second time perhaps from what was told before
        assert [hearts(client, asked_by(site)) for site in (BLOG, NEWS)] == [2, 1]
    named = [f"{BLOG}{A['path']}", f"{NEWS}{A['path']}"]
    found = client.get("/api/pages", params={"path": named}).json()["pages"]
    assert {name: page["hearts"] for name, page in found.items()} == {named[0]: 2, named[1]: 1}
    with client.stream("GET", "/api/events", params=A, headers=asked_by(NEWS)) as stream:
        assert any('"hearts":1,"views":1' in line for line in stream.iter_lines())
    assert client.get("/api/reader", headers=readers[2]).json()["hearts"][0]["page"] == named[1]


@pytest.mark.parametrize("asked_by", [from_page, from_host])
def test_each_site_has_a_list_of_its_own(
    client: httpx.Client, new_reader: NewReader, asked_by: Callable[[str], dict[str, str]]
) -> None:
    def status(path: str, site: str) -> int:
        headers = new_reader(client) | asked_by(site)
        return client.put("/api/heart", params={"path": path}, json={"on": True}, headers=headers).status_code

    assert [status("/only/blog/", site) for site in (BLOG, NEWS)] == [200, 404]
    assert [status(f"{BLOG}/only/{name}/", NEWS) for name in ("blog", "news")] == [200, 404]
    assert [status(A["path"], site) for site in ("http://evil.example", "http://blog.example:81")] == [404, 404]


def test_without_javascript_too(client: httpx.Client) -> None:
    answer = client.post("/api/heart", params=A, data={"on": "true"}, headers=from_host(NEWS) | from_page(NEWS))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{NEWS}{A['path']}#hearted"
    assert [hearts(client, from_host(site)) for site in (BLOG, NEWS)] == [0, 1]


def test_the_author_sees_the_pages_of_both(client: httpx.Client) -> None:
    shown = client.get("/api/author", headers={"Authorization": f"Bearer {'a' * 16}"}).text
    assert "A of the blog" in shown
    assert "A of the news" in shown
