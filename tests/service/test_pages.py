"""GET /api/pages."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx

A, B = "/articles/a/", "/articles/b/"
NOTHING = {"hearts": 0, "hearted": False, "views": 0, "finished": 0, "comments": 0}


def ask(client: httpx.Client, *paths: str, headers: dict[str, str] | None = None) -> dict[str, object]:
    answer = client.get("/api/pages", params={"path": list(paths)}, headers=headers)
    assert answer.status_code == 200
    return answer.json()["pages"]


def test_counts_of_several_pages_in_one_request(client: httpx.Client, reader: dict[str, str]) -> None:
    client.put("/api/heart", params={"path": A}, json={"on": True}, headers=reader)
    client.post("/api/view", params={"path": A}, headers=reader)
    client.post("/api/view", params={"path": B}, headers=reader)
    assert ask(client, A, B, headers=reader) == {
        A: {"hearts": 1, "hearted": True, "views": 1, "finished": 0, "comments": 0},
        B: {"hearts": 0, "hearted": False, "views": 1, "finished": 0, "comments": 0},
    }


def test_hearted_is_the_asking_readers_own(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str]
) -> None:
    client.put("/api/heart", params={"path": A}, json={"on": True}, headers=reader)
    assert ask(client, A, headers=another_reader) == {A: NOTHING | {"hearts": 1}}
    assert ask(client, A) == {A: NOTHING | {"hearts": 1}}
    assert ask(client, A, headers={"Authorization": "Bearer of.nothing"}) == {A: NOTHING | {"hearts": 1}}


def test_unknown_pages_are_left_out_and_nothing_is_created(client: httpx.Client, database: Path) -> None:
    assert ask(client, A, "/nope/", "", "//evil.example/", "https://evil.example/") == {A: NOTHING}
    with closing(sqlite3.connect(database)) as opened:
        assert opened.execute("SELECT count(*) FROM pages").fetchone() == (0,)


def test_asking_for_nothing(client: httpx.Client) -> None:
    assert ask(client) == {}


def test_the_answer_has_the_path_as_it_was_asked(client: httpx.Client, reader: dict[str, str]) -> None:
    client.put("/api/heart", params={"path": "/café/"}, json={"on": True}, headers=reader)
    spellings = ("/café/", "/caf%C3%A9/", "/caf%c3%a9/")
    assert ask(client, *spellings) == dict.fromkeys(spellings, NOTHING | {"hearts": 1})


def test_too_many_pages_are_refused(client: httpx.Client) -> None:
    assert client.get("/api/pages", params={"path": [A] * 100}).status_code == 200
    answer = client.get("/api/pages", params={"path": [A] * 101})
    assert answer.status_code == 400
    assert "100" in answer.json()["detail"]


def test_what_anybody_may_know_is_cached_by_proxies_for_a_moment(client: httpx.Client) -> None:
    headers = client.get("/api/pages", params={"path": A}).headers
    assert headers["cache-control"] == "public, max-age=0, s-maxage=2"
    assert headers["vary"] == "Authorization, Origin"


def test_what_is_a_readers_own_is_not(client: httpx.Client, reader: dict[str, str]) -> None:
    headers = client.get("/api/pages", params={"path": A}, headers=reader).headers
    assert headers["cache-control"] == "private, no-cache"


def test_counts_that_have_not_changed_are_not_sent_again(client: httpx.Client, reader: dict[str, str]) -> None:
    def ask_again(tag: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return client.get("/api/pages", params={"path": [A, B]}, headers={"If-None-Match": tag, **(headers or {})})

    tag = client.get("/api/pages", params={"path": [A, B]}).headers["etag"]
    for sent in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        answer = ask_again(sent)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    assert ask_again('"another"').status_code == 200
    client.put("/api/heart", params={"path": A}, json={"on": True}, headers=reader)
    changed = ask_again(tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert ask_again(changed.headers["etag"], reader).json()["pages"][A]["hearted"], (
        "the reader's own answer is another"
    )
