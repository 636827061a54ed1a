"""Clients that are slow, and requests that never end."""

import socket
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import httpx
import pytest

from readerly_site.service import Settings, bodies, protocol

Serve = Callable[..., AbstractContextManager[httpx.Client]]
HEAD = b"PUT /api/heart?path=/articles/a/ HTTP/1.1\r\nHost: x\r\n"


@contextmanager
def connected(client: httpx.Client) -> Generator[socket.socket]:
    with socket.create_connection((client.base_url.host, client.base_url.port), timeout=20) as opened:
        yield opened


def rest(opened: socket.socket) -> bytes:
    """Return what comes until the service closes the connection."""
    whole = b""
    while some := opened.recv(65536):
        whole += some
    return whole


def test_who_sends_no_request_or_half_of_one_is_cut_off(
    settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEADERS_WITHIN", 0.2)
    with serve(settings) as client:
        with connected(client) as opened:
            assert rest(opened) == b""
        with connected(client) as opened:
            opened.sendall(HEAD)
            assert rest(opened) == b""
        with connected(client) as opened:
            opened.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HT")
            assert rest(opened).count(b"HTTP/1.1 200") == 1
        assert client.get("/healthz").status_code == 200


def test_a_stream_may_last_longer_than_that(
    settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch, new_reader: Callable[..., dict[str, str]]
) -> None:
    monkeypatch.setattr(protocol, "HEADERS_WITHIN", 0.2)
    page = {"path": "/articles/a/"}
    with serve(settings) as client, client.stream("GET", "/api/events", params=page) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry:")
        with connected(client) as opened:
            assert rest(opened) == b"", "the time is over"
        client.put("/api/heart", params=page, json={"on": True}, headers=new_reader(client))
        assert any('"hearts":1' in line for line in lines)
        lines.close()


def test_a_body_that_does_not_come_is_not_waited_for(
    settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch, new_reader: Callable[..., dict[str, str]]
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.1)
    with serve(settings) as client, connected(client) as opened:
        token = new_reader(client)["Authorization"].encode()
        opened.sendall(HEAD + b"Authorization: " + token + b'\r\nContent-Length: 12\r\n\r\n{"on"')
        answer = rest(opened)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer


def test_a_head_without_end_is_refused(client: httpx.Client) -> None:
    with connected(client) as opened:
        opened.sendall(HEAD)
        answer = b""
        opened.setblocking(True)
        for number in range(100):
            try:
                opened.sendall(f"X-{number}: {'a' * 1000}\r\n".encode())
            except OSError:
                break
        try:
            answer = rest(opened)
        except ConnectionResetError:
            return  # it had closed before it had read everything
    assert answer.startswith(b"HTTP/1.1 431 ")


def test_one_header_without_end_is_refused(client: httpx.Client) -> None:
    with connected(client) as opened:
        opened.sendall(HEAD + b"X: " + b"a" * (protocol.HEADERS_MOST + 1))
        assert rest(opened).startswith(b"HTTP/1.1 431 ")
