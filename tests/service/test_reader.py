"""POST /api/reader, and the token in Authorization: Bearer."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from readerly_site.service.readers import Readers

A = {"path": "/articles/a/"}


def test_gives_a_token_that_is_a_reader(client: httpx.Client) -> None:
    answer = client.post("/api/reader")
    assert answer.status_code == 201
    assert list(answer.json()) == ["token"]
    bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert client.put("/api/heart", params=A, json={"on": True}, headers=bearer).status_code == 200


def test_every_reader_is_another(client: httpx.Client) -> None:
    assert len({client.post("/api/reader").json()["token"] for _ in range(20)}) == 20


def test_sets_no_cookie(client: httpx.Client) -> None:
    assert "set-cookie" not in client.post("/api/reader").headers


@pytest.mark.parametrize("endpoint", [("PUT", "/api/heart"), ("POST", "/api/view")])
@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer x.y", "Bearer é.ü", "Basic dXNlcjpwYXNz", "{token}x", "{swapped}"],
)
def test_a_write_without_a_valid_token_is_401(
    client: httpx.Client, endpoint: tuple[str, str], authorization: str | None
) -> None:
    reader, signature = client.post("/api/reader").json()["token"].split(".")
    other_signature = client.post("/api/reader").json()["token"].split(".")[1]
    headers: dict[bytes, bytes] = {}
    if authorization is not None:
        text = authorization.replace("{token}", f"Bearer {reader}.{signature}")
        text = text.replace("{swapped}", f"Bearer {reader}.{other_signature}")
        headers[b"Authorization"] = text.encode()
    answer = client.request(*endpoint, params=A, json={"on": True}, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_cookie_of_forms_is_no_token_for_the_json_api(client: httpx.Client) -> None:
    assert client.post("/api/heart", params=A).status_code == 303
    assert client.cookies
    assert client.put("/api/heart", params=A, json={"on": False}).status_code == 401


def test_the_scheme_is_case_insensitive(client: httpx.Client) -> None:
    token = client.post("/api/reader").json()["token"]
    assert client.post("/api/view", params=A, headers={"Authorization": f"bearer {token}"}).status_code == 200


def test_a_new_key_keeps_the_tokens_of_the_old_one() -> None:
    before = Readers(["the-old-key-of-the-service"])
    after = Readers(["the-old-key-of-the-service", "the-new-key-of-the-service"])
    reader = before.new()
    assert after.reader(before.token(reader)) == reader
    assert before.reader(after.token(reader)) is None
    assert after.reader(after.token(reader)) == reader


def test_export_is_all_there_is_and_forgetting_leaves_nothing(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str], database: Path
) -> None:
    for each in (reader, another_reader):
        client.put("/api/heart", params=A, json={"on": True}, headers=each)
        client.post("/api/finished", params=A, headers=each)
        client.post("/api/view", params={"path": "/articles/b/"}, headers=each)
    today = datetime.now(UTC).date().isoformat()
    own = client.get("/api/reader", headers=reader)
    assert own.headers["cache-control"] == "no-store"
    assert own.json() == {
        "hearts": [{"page": A["path"], "day": today}],
        "views": [
            {"page": A["path"], "day": today, "finished": True},
            {"page": "/articles/b/", "day": today, "finished": False},
        ],
    }
    name = reader["Authorization"].removeprefix("Bearer ").split(".")[0]
    with closing(sqlite3.connect(database)) as opened:
        assert any(name in line for line in opened.iterdump())
    assert client.request("DELETE", "/api/reader", headers=reader).json() == {"forgotten": True}
    assert client.get("/api/reader", headers=reader).json() == {"hearts": [], "views": []}
    with closing(sqlite3.connect(database)) as opened:
        assert not any(name in line for line in opened.iterdump())
    counts = client.get("/api/pages", params=A).json()["pages"][A["path"]]
    assert (counts["hearts"], counts["views"], counts["finished"]) == (1, 1, 1), "the other reader's stay"
    assert len(client.get("/api/reader", headers=another_reader).json()["views"]) == 2


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_nobody_else_may_see_or_forget(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/api/reader").status_code == 401
    client.post("/api/heart", params=A)
    assert client.request(method, "/api/reader").status_code == 401, "the cookie of forms is no token"
