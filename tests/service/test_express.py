"""Requests that are answered where they arrive: as the application answers them, and in their order."""

import socket
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import IO

import httpx
import pytest

from readerly_site.service import Settings, express, recent
from readerly_site.service.database import Unavailable
from readerly_site.service.store import Store

A = {"path": "/articles/a/"}
Serve = Callable[..., AbstractContextManager[httpx.Client]]
NewReader = Callable[[httpx.Client], dict[str, str]]
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of what the express lane has answered, or begun to."""
    asked: list[str] = []
    counts, heart = express.Express.counts, express.Express.heart

    def noted_counts(lane: express.Express, request: express.Asked) -> object:
        if answer := counts(lane, request):
            asked.append("counts")
        return answer

    def noted_heart(lane: express.Express, *request: object) -> bool:
        if is_taken := heart(lane, *request):  # type: ignore[arg-type]
            asked.append("heart")
        return is_taken

    monkeypatch.setattr(express.Express, "counts", noted_counts)
    monkeypatch.setattr(express.Express, "heart", noted_heart)
    return asked


@pytest.fixture
def keeping(settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """Return a client of a service that gives its answers again for a while."""
    monkeypatch.setattr(recent, "KEPT", 60.0)
    with serve(settings) as client:
        yield client


def heart(reader: dict[str, str], body: bytes = b'{"on": true}', more: str = "") -> bytes:
    head = f"PUT /api/heart?path=/articles/a/ HTTP/1.1\r\nHost: x\r\nAuthorization: {reader['Authorization']}\r\n"
    return f"{head}{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


def counts(more: str = "") -> bytes:
    return f"GET /api/pages?path=/articles/a/ HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


@contextmanager
def connected(client: httpx.Client) -> Generator[tuple[socket.socket, Iterator[Answer]]]:
    """Give a connection, and the answers that come on it."""
    with socket.create_connection((client.base_url.host, client.base_url.port), timeout=20) as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        with opened.makefile("rb") as lines:
            yield opened, _answers(lines)


def _answers(lines: IO[bytes]) -> Iterator[Answer]:
    while first := lines.readline():
        fields: dict[str, str] = {}
        while line := lines.readline().strip().decode():
            name, _, value = line.partition(": ")
            assert name not in fields
            fields[name] = value
        yield int(first.split()[1]), fields, lines.read(int(fields.get("content-length", 0)))


def without_what_differs(answer: Answer) -> Answer:
    assert answer[1].pop("x-request-id")
    assert answer[1].pop("date")
    return answer


def test_a_heart_is_answered_as_the_application_answers_it(
    client: httpx.Client, taken: list[str], new_reader: NewReader
) -> None:
    reader = new_reader(client)
    with connected(client) as (opened, answers):
        opened.sendall(heart(reader))
        whole = without_what_differs(next(answers))
        assert taken == ["heart"]
        opened.sendall(heart(reader)[:-6])
        client.get("/healthz")  # by then the first part has been read
        opened.sendall(heart(reader)[-6:])
        assert without_what_differs(next(answers)) == whole
    assert taken == ["heart"], "what comes in parts is the application's"
    assert (whole[0], whole[2]) == (200, b'{"hearts":1,"on":true}')
    numbers = client.get("/metrics").text.splitlines()
    (told,) = [line for line in numbers if line.startswith('readerly_requests_total{address="/api/heart",method="PUT"')]
    assert float(told.split()[1]) >= 2


def test_counts_are_answered_as_the_application_answers_them(
    keeping: httpx.Client, taken: list[str], new_reader: NewReader
) -> None:
    client = keeping
    client.put("/api/heart", params=A, json={"on": True}, headers=new_reader(client))
    taken.clear()
    with connected(client) as (opened, answers):
        opened.sendall(counts())
        first = without_what_differs(next(answers))
        assert taken == []
        opened.sendall(counts())
        assert without_what_differs(next(answers)) == first
        opened.sendall(counts(f"If-None-Match: {first[1]['etag']}\r\n"))
        status, fields, body = without_what_differs(next(answers))
        assert taken == ["counts"] * 2
    assert (status, body) == (304, b"")
    expected = {name: value for name, value in first[1].items() if name not in ("content-type", "content-length")}
    assert fields == expected


def test_requests_that_come_together_are_answered_in_their_order(
    keeping: httpx.Client, taken: list[str], new_reader: NewReader
) -> None:
    client = keeping
    reader, other = new_reader(client), new_reader(client)
    with connected(client) as (opened, answers):
        off = heart(reader, b'{"on": false}')
        health = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        opened.sendall(heart(reader) + health + heart(other) + counts() + off + counts() + counts())
        bodies = [next(answers)[2] for _ in range(7)]
    assert bodies[0] == b'{"hearts":1,"on":true}'
    assert bodies[1] == b'{"status":"alive"}'
    assert bodies[2] == b'{"hearts":2,"on":true}'
    assert b'"hearts":2' in bodies[3]
    assert bodies[4] == b'{"hearts":1,"on":false}'
    assert b'"hearts":1' in bodies[5]
    assert bodies[5] == bodies[6]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ((b"Bearer ", b"Bearer x"), 401),
        ((b"Authorization", b"X-Other"), 401),
        ((b"/articles/a/", b"/articles/unknown/"), 404),
        ((b"path=", b"path=/articles/b/&path="), 400),
        ((b"true", b"nine"), 400),
        ((b"true", b"1234"), 422),
    ],
)
def test_what_is_refused_is_the_applications(
    client: httpx.Client, taken: list[str], new_reader: NewReader, change: tuple[bytes, bytes], status: int
) -> None:
    with connected(client) as (opened, answers):
        opened.sendall(heart(new_reader(client)).replace(*change))
        refused = next(answers)
        assert (refused[0], refused[1]["content-type"]) == (status, "application/problem+json")
        assert taken == []
        opened.sendall(counts())
        assert b'"hearts":0' in next(answers)[2]


def test_another_site_that_asks_is_answered_by_cors(
    settings: Settings, serve: Serve, taken: list[str], new_reader: NewReader
) -> None:
    origin = "https://blog.example"
    with serve(replace(settings, origins=(origin,))) as client, connected(client) as (opened, answers):
        opened.sendall(heart(new_reader(client), more=f"Origin: {origin}\r\n"))
        assert next(answers)[1]["access-control-allow-origin"] == origin
    assert taken == []


def test_of_several_addresses_the_application_finds_the_right_one(
    settings: Settings, serve: Serve, taken: list[str], new_reader: NewReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    from limits import parse

    from readerly_site.service import api

    for module in (api, express):
        monkeypatch.setattr(module, "WRITES", parse("2/minute"))
    with serve(settings, proxies="127.0.0.1") as client, connected(client) as (opened, answers):
        reader, statuses = new_reader(client), list[int]()
        for forged in ("198.51.100.1", "203.0.113.9, 198.51.100.2", "192.0.2.5, 198.51.100.3"):
            opened.sendall(heart(reader, more=f"X-Forwarded-For: {forged}\r\n"))
            statuses.append(next(answers)[0])
    assert statuses == [200, 200, 429]
    assert taken == ["heart"]


def test_a_database_that_is_away_is_said_as_the_application_says_it(
    client: httpx.Client, taken: list[str], new_reader: NewReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(Store, "submit", unavailable)
    with connected(client) as (opened, answers):
        reader = new_reader(client)
        opened.sendall(heart(reader))
        refused = without_what_differs(next(answers))
        assert (refused[0], refused[1]["retry-after"]) == (503, "2")
        opened.sendall(heart(reader)[:-6])
        client.get("/healthz")
        opened.sendall(heart(reader)[-6:])
        assert without_what_differs(next(answers)) == refused
    assert taken == ["heart"]


def test_who_leaves_before_the_answer_has_given_the_heart(
    client: httpx.Client, taken: list[str], new_reader: NewReader
) -> None:
    with connected(client) as (opened, _):
        opened.sendall(heart(new_reader(client)))
    with connected(client) as (opened, answers):
        opened.sendall(heart(new_reader(client)))
        assert b'"hearts":2' in next(answers)[2]
    assert taken == ["heart"] * 2
