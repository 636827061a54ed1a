"""GET /api/events: counts as other readers change them."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message, Scope

from readerly_site.service import Settings
from readerly_site.service import events as events_module
from readerly_site.service import live as live_module
from readerly_site.service.events import Events
from readerly_site.service.live import Live, Stream
from readerly_site.service.writes import Totals

A, B = "/articles/a/", "/articles/b/"
Serve = Callable[..., AbstractContextManager[httpx.Client]]
NewReader = Callable[[httpx.Client], dict[str, str]]


@pytest.fixture
def client(settings: Settings, serve: Serve) -> Iterator[httpx.Client]:
    """Return a client of a service whose database nobody empties behind its back."""
    with serve(settings) as client:
        yield client


@pytest.fixture
def another_reader(client: httpx.Client, new_reader: NewReader) -> dict[str, str]:
    return new_reader(client)


@contextmanager
def events(client: httpx.Client, *paths: str, last: str | None = None) -> Generator[Iterator[dict[str, str]]]:
    """Open a stream of its own connection; give its events, a comment as {"": text}."""
    headers = {"Last-Event-ID": last} if last else {}
    with client.stream("GET", "/api/events", params={"path": list(paths)}, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")

        def read() -> Iterator[dict[str, str]]:
            event: dict[str, str] = {}
            for line in answer.iter_lines():
                if line:
                    name, _, value = line.partition(": ")
                    event[name] = value
                else:
                    yield event
                    event = {}

        yield read()


def hearts(event: dict[str, str], path: str = A) -> int:
    return json.loads(event["data"])["pages"][path]["hearts"]


def until(stream: Iterator[dict[str, str]], wanted: int, path: str = A) -> dict[str, str]:
    """Return the first event that says so many hearts; events before it may say fewer, and none says more."""
    for event in stream:
        if "data" in event and path in json.loads(event["data"])["pages"]:
            if hearts(event, path) == wanted:
                return event
            assert hearts(event, path) < wanted
    raise AssertionError("the stream ended")


def test_tells_the_counts_now_and_when_they_change(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str]
) -> None:
    with events(client, A) as stream:
        assert 2_000 <= int(next(stream)["retry"]) <= 6_000
        first = next(stream)
        assert json.loads(first["data"]) == {"pages": {A: {"hearts": 0, "views": 0, "finished": 0, "comments": 0}}}
        client.put("/api/heart", params={"path": A}, json={"on": True}, headers=reader)
        second = until(stream, 1)
        assert second["id"] != first["id"]
        client.put("/api/heart", params={"path": B}, json={"on": True}, headers=reader)
        client.put("/api/heart", params={"path": A}, json={"on": True}, headers=another_reader)
        assert json.loads(until(stream, 2)["data"])["pages"].keys() == {A}


def test_who_comes_back_is_told_what_they_have_missed_and_nothing_else(
    client: httpx.Client, reader: dict[str, str]
) -> None:
    with events(client, A) as stream:
        next(stream)
        last = next(stream)["id"]
    client.put("/api/heart", params={"path": A}, json={"on": True}, headers=reader)
    with events(client, A, last=last) as stream:
        next(stream)
        missed = next(stream)
        assert hearts(missed) == 1
    with events(client, A, last=missed["id"]) as stream:
        next(stream)
        client.put("/api/heart", params={"path": A}, json={"on": False}, headers=reader)
        assert hearts(next(stream)) == 0, "the first event is the change, for nothing was missed"


def test_one_stream_for_several_pages_by_the_names_they_are_asked_for_with(
    client: httpx.Client, reader: dict[str, str]
) -> None:
    with events(client, A, "/caf%c3%a9/", "/nope/") as stream:
        next(stream)
        assert json.loads(next(stream)["data"])["pages"].keys() == {A, "/caf%c3%a9/"}
        client.put("/api/heart", params={"path": "/café/"}, json={"on": True}, headers=reader)
        assert json.loads(until(stream, 1, "/caf%c3%a9/")["data"])["pages"].keys() == {"/caf%c3%a9/"}


def test_unknown_pages_have_no_stream(client: httpx.Client) -> None:
    assert client.get("/api/events", params={"path": "/nope/"}).status_code == 404
    assert client.get("/api/events").status_code == 404
    assert client.get("/api/events", params={"path": [A] * 101}).status_code == 400
    assert client.head("/api/events", params={"path": A}).headers["content-type"].startswith("text/event-stream")


async def read_totals(pages: Any) -> dict[str, Totals]:
    return dict.fromkeys(pages, Totals())


@pytest.mark.parametrize("gone", ["it leaves", "it accepts nothing"])
def test_a_stream_beats_while_nothing_happens_and_forgets_who_is_gone(
    gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "SLOW", 0.05)

    async def run() -> list[bytes]:
        live = Live(read_totals)
        stream = await live.watch({A: A})
        leaves, sent = asyncio.Event(), list[bytes]()

        async def receive() -> Message:
            await leaves.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message.get("body", b""))
            if sent.count(b": still here\n\n") == 2:
                if gone == "it leaves":
                    leaves.set()
                else:
                    await asyncio.Event().wait()

        scope: Scope = {"type": "http"}
        await Events(live, stream, None, heartbeat=0.01)(scope, receive, send)
        assert not live.streams
        return sent

    assert b": still here\n\n" in asyncio.run(run())


def test_what_waits_for_a_slow_reader_is_bounded() -> None:
    async def run() -> Stream:
        live = Live(read_totals)
        stream = await live.watch({A: A, B: B})
        for _ in range(10_000):
            stream.tell((A,))
            stream.tell((B,))
        return stream

    assert asyncio.run(run()).news == {A, B}


def test_who_comes_while_counts_are_read_leaves_nothing_old_to_others() -> None:
    """An event is made once for all streams of the same pages, and not of counts that are being replaced."""
    count = 9

    async def run() -> bytes:
        meanwhile: list[Callable[[], bytes]] = []

        async def read(pages: Any) -> dict[str, Totals]:
            for look in meanwhile:
                assert b'"hearts":9,' in look()
            return dict.fromkeys(pages, Totals(hearts=count))

        live = Live(read)
        stream, pages = await live.watch({A: A}), frozenset({A})
        publishing = asyncio.create_task(live.run())
        meanwhile.append(lambda: live.event(stream, pages))
        nonlocal count
        count = 10
        live.changed({A})
        await stream.awake.wait()
        publishing.cancel()
        return live.event(stream, pages)

    assert b'"hearts":10,' in asyncio.run(run())


class ProcessClient(httpx.Client):
    """A client of a service in a process of its own."""

    server: "subprocess.Popen[bytes]"


@contextmanager
def process(url: str, settings: Settings, folder: Path) -> Generator[ProcessClient]:
    """Run a service in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening, (folder / "log").open("ab") as log:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "READERLY_DATABASE": url,
            "READERLY_PAGES": str(settings.pages),
            "READERLY_SECRET": "one-key-for-both-of-them",
        }
        command = [sys.executable, "-m", "uvicorn", "--factory", "readerly_site.service:from_environment"]
        server = subprocess.Popen(
            [*command, "--no-access-log", "--fd", str(listening.fileno())],
            env=environment,
            pass_fds=[listening.fileno()],
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            with ProcessClient(base_url=address, timeout=20, verify=False) as client:
                client.server = server
                yield client
        finally:
            server.terminate()
            assert server.wait(20) in (0, -15), (folder / "log").read_text()


def test_two_processes_over_one_postgresql_tell_each_other(
    postgresql: Callable[[], str], settings: Settings, new_reader: NewReader, tmp_path: Path
) -> None:
    url = postgresql()
    with process(url, settings, tmp_path) as one, process(url, settings, tmp_path) as two:
        first, second = new_reader(one), new_reader(two)
        with events(one, A) as at_one, events(two, A) as at_two:
            for stream in (at_one, at_two):
                next(stream)
                assert hearts(next(stream)) == 0
            one.put("/api/heart", params={"path": A}, json={"on": True}, headers=first)
            told = [until(at_one, 1)["id"], until(at_two, 1)["id"]]
            assert told[0] == told[1], "a reader may come back to either"
            two.put("/api/heart", params={"path": A}, json={"on": True}, headers=second)
            until(at_one, 2)
            until(at_two, 2)


def test_streams_end_when_the_service_is_stopped(settings: Settings, tmp_path: Path) -> None:
    with process(settings.database, settings, tmp_path) as client, events(client, A) as stream:
        next(stream)
        next(stream)
        client.server.terminate()
        assert list(stream) == [], "it ends, and is not cut off"


def test_changes_of_a_process_that_is_not_heard_are_found(
    settings: Settings, serve: Serve, new_reader: NewReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "REFRESH", 0.3)
    with serve(settings) as one, serve(replace(settings)) as two, events(one, A) as stream:
        two.put("/api/heart", params={"path": A}, json={"on": True}, headers=new_reader(two))
        until(stream, 1)
