"""The numbers at /metrics, and the id of each request."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
from starlette.types import Receive, Scope, Send

from readerly_site.service import Settings, create_app

A = "/articles/a/"
Serve = Callable[..., AbstractContextManager[httpx.Client]]


def test_counts_requests_and_streams_and_nothing_of_readers(
    settings: Settings, serve: Serve, new_reader: Callable[[httpx.Client], dict[str, str]]
) -> None:
    with serve(settings) as client:
        client.put("/api/heart", params={"path": A}, json={"on": True}, headers=new_reader(client))
        client.get("/somewhere/else")
        with client.stream("GET", "/api/events", params={"path": A}) as stream:
            told = stream.iter_lines()
            assert next(told).startswith("retry:")
            answer = client.get("/metrics")
            told.close()
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert 'readerly_requests_total{address="/api/heart",method="PUT",status="200"} 1.0' in lines
    assert 'readerly_requests_total{address="site",method="GET",status="404"} 1.0' in lines
    assert 'readerly_request_seconds_count{address="/api/heart",method="PUT"} 1.0' in lines
    assert "readerly_event_streams 1.0" in lines
    assert "readerly_waiting_writes 0.0" in lines
    assert A not in answer.text
    assert "127.0.0.1" not in answer.text


def test_an_id_goes_with_each_answer_and_a_proxys_is_kept(client: httpx.Client) -> None:
    ids = [client.get(address).headers["x-request-id"] for address in ("/healthz", "/healthz", "/nothing/here")]
    assert len(set(ids)) == 3
    assert client.get("/healthz", headers={"X-Request-ID": "a-proxys-own-id"}).headers["x-request-id"] == (
        "a-proxys-own-id"
    )
    for forged in ('x" y', "short", "a" * 65):
        assert client.get("/healthz", headers={"X-Request-ID": forged}).headers["x-request-id"] != forged


def test_what_fails_is_answered_counted_and_has_an_id(settings: Settings, serve: Serve) -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("a bug")

    with serve(settings, create_app(settings, fallback=broken)) as client:
        answer = client.get("/anything", headers={"X-Request-ID": "the-one-that-failed"})
        numbers = client.get("/metrics").text
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == "the-one-that-failed"
    assert "a bug" not in answer.text
    assert 'readerly_requests_total{address="site",method="GET",status="500"} 1.0' in numbers.splitlines()
