"""Which pages are accepted."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from readerly_site.service import Settings
from readerly_site.service.known_pages import LONGEST, KnownPages, canonical

BLOG, NEWS = "https://blog.example", "https://news.example"
Serve = Callable[..., AbstractContextManager[httpx.Client]]


def write(file: Path, *paths: str) -> None:
    """Replace the file as the build does: by another one, at once."""
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps({"pages": [{"path": path, "title": "", "minutes": 1} for path in paths]}))
    os.replace(draft, file)


def test_pages_of_the_build_and_no_others(tmp_path: Path) -> None:
    write(tmp_path / "pages.json", "/a/", "/b/")
    pages = KnownPages(tmp_path / "pages.json", ())
    assert [pages.find(path) for path in ("/a/", "/b/", "/c/", "/a", "/a/?x", "/a/#x", "a/")] == ["/a/", "/b/"] + [
        None
    ] * 5


def test_a_changed_list_is_read_again(settings: Settings, serve: Serve) -> None:
    assert settings.pages
    ask = {"path": ["/articles/a/", "/new/"]}
    with serve(settings) as client:
        assert list(client.get("/api/pages", params=ask).json()["pages"]) == ["/articles/a/"]
        write(settings.pages, "/new/")
        assert list(client.get("/api/pages", params=ask).json()["pages"]) == ["/new/"]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"pages": 1}', '{"pages": [{"title": "x"}]}', "[" * 100_000])
def test_a_broken_list_leaves_the_last_good_one_in_force(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "pages.json"
    write(file, "/a/")
    pages = KnownPages(file, ())
    assert pages.find("/a/")
    file.write_text(broken)
    assert pages.find("/a/") == "/a/"
    file.unlink()
    assert pages.find("/a/") == "/a/"
    write(file, "/b/")
    assert pages.find("/a/") is None
    assert pages.find("/b/") == "/b/"


def test_a_list_that_comes_later(tmp_path: Path) -> None:
    pages = KnownPages(tmp_path / "pages.json", ())
    assert pages.find("/a/") is None
    write(tmp_path / "pages.json", "/a/")
    assert pages.find("/a/") == "/a/"


def test_a_missing_list_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pages = KnownPages(tmp_path / "pages.json", ())
    for _ in range(3):
        pages.find("/a/")
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_canonical_urls_under_configured_origins(tmp_path: Path) -> None:
    pages = KnownPages(None, (BLOG, NEWS))
    assert pages.find(f"{BLOG}/a/") == f"{BLOG}/a/"
    assert pages.find(BLOG) == f"{BLOG}/"
    assert pages.find(f"{BLOG}:443/a/") == f"{BLOG}/a/"
    for other in (
        "https://evil.example/a/",
        "http://blog.example/a/",
        f"{BLOG}.evil.example/",
        f"{BLOG}@evil.example/",
        f"{BLOG}:8/a/",
        f"{BLOG}/a/?draft",
        f"{BLOG}/../a/",
        f"{BLOG}//a/",
        "ftp://blog.example/a/",
        "https://[/",
        "https:blog.example/a/",
        "",
    ):
        assert pages.find(other) is None, other


def test_a_path_belongs_to_the_site_that_asks(tmp_path: Path) -> None:
    pages = KnownPages(None, (BLOG, NEWS))
    assert pages.find("/a/", BLOG) == f"{BLOG}/a/"
    assert pages.find("/a/", NEWS) == f"{NEWS}/a/"
    assert pages.find("/a/", "https://evil.example") is None
    assert pages.find("/a/") is None, "two sites could be meant"
    assert KnownPages(None, (BLOG,)).find("/a/") == f"{BLOG}/a/"


def test_a_listed_page_is_one_page_however_it_is_named(tmp_path: Path) -> None:
    write(tmp_path / "pages.json", "/a/")
    pages = KnownPages(tmp_path / "pages.json", (BLOG,))
    assert {pages.find("/a/"), pages.find("/a/", BLOG), pages.find(f"{BLOG}/a/")} == {"/a/"}
    assert pages.find("/b/", BLOG) is None, "the build's list decides about paths"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/", "/"),
        ("/a b/", "/a%20b/"),
        ("/café/", "/caf%C3%A9/"),
        ("/caf%c3%a9/", "/caf%C3%A9/"),
        ("/a/~me:(1)/", "/a/~me:(1)/"),
        ("/" + "a" * (LONGEST - 1), "/" + "a" * (LONGEST - 1)),
        ("/" + "a" * LONGEST, None),
        ("", None),
        ("a/", None),
        ("//a/", None),
        ("/\\a", None),
        ("/a\n", None),
        ("/a\0", None),
        ("/a?b", None),
        ("/./a", None),
        ("/%2e%2E/a", None),
    ],
)
def test_the_canonical_form_of_a_path(path: str, key: str | None) -> None:
    assert canonical(path) == key


def test_a_service_for_another_site_end_to_end(tmp_path: Path, serve: Serve) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'db.sqlite3'}", origins=(BLOG, NEWS))
    with serve(settings) as client:
        reader = {"Authorization": f"Bearer {client.post('/api/reader').json()['token']}"}
        put = client.put("/api/heart", params={"path": "/a/"}, json={"on": True}, headers=reader | {"Origin": BLOG})
        assert put.json() == {"hearts": 1, "on": True}
        for origin, hearts in ((BLOG, 1), (NEWS, 0)):
            answer = client.get("/api/pages", params={"path": "/a/"}, headers={"Origin": origin})
            assert answer.json()["pages"]["/a/"]["hearts"] == hearts
