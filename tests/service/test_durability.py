"""What was acknowledged stays: over a restart, a kill, and a database that did not answer for a while."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection

from readerly_site.service import Settings
from readerly_site.service.database import Database, Unavailable

A = {"path": "/articles/a/"}
Serve = Callable[..., AbstractContextManager[httpx.Client]]
NewReader = Callable[[httpx.Client], dict[str, str]]


def counts(client: httpx.Client, headers: dict[str, str] | None = None) -> dict[str, object]:
    return client.get("/api/pages", params=A, headers=headers).json()["pages"][A["path"]]


@pytest.fixture
def impatient(settings: Settings) -> Settings:
    return replace(settings, busy_timeout=0.1)


@contextmanager
def locked(file: Path, how: str) -> Generator[None]:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def test_hearts_views_and_readers_survive_a_restart(settings: Settings, serve: Serve, new_reader: NewReader) -> None:
    with serve(settings) as client:
        reader = new_reader(client)
        client.put("/api/heart", params=A, json={"on": True}, headers=reader)
        client.post("/api/view", params=A, headers=reader)
    with serve(settings) as client:
        assert counts(client, reader) == {"hearts": 1, "hearted": True, "views": 1, "finished": 0, "comments": 0}
        assert client.put("/api/heart", params=A, json={"on": True}, headers=reader).json()["hearts"] == 1


def test_an_acknowledged_heart_survives_a_kill(
    settings: Settings, serve: Serve, listening: socket.socket, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "READERLY_DATABASE": settings.database,
        "READERLY_PAGES": str(settings.pages),
    }
    with (tmp_path / "log").open("wb") as log:
        command = [sys.executable, "-m", "uvicorn", "--factory", "readerly_site.service:from_environment"]
        server = subprocess.Popen(
            [*command, "--no-access-log", "--fd", str(listening.fileno())],
            env=environment,
            pass_fds=[listening.fileno()],
            stderr=log,
        )
        try:
            with httpx.Client(
                base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=20, verify=False
            ) as client:
                reader = {"Authorization": f"Bearer {client.post('/api/reader').json()['token']}"}
                answer = client.put("/api/heart", params=A, json={"on": True}, headers=reader)
                server.send_signal(signal.SIGKILL)
        finally:
            server.kill()
            server.wait()
    assert answer.json() == {"hearts": 1, "on": True}
    with serve(settings) as client:
        assert counts(client, reader) == {"hearts": 1, "hearted": True, "views": 0, "finished": 0, "comments": 0}


def test_a_locked_database_is_503_and_recovers(
    impatient: Settings, serve: Serve, new_reader: NewReader, tmp_path: Path
) -> None:
    with serve(impatient) as client:
        reader = new_reader(client)
        locked_and_free_again(client, reader, tmp_path / "readerly.sqlite3")


def locked_and_free_again(client: httpx.Client, reader: dict[str, str], file: Path) -> None:
    with locked(file, "IMMEDIATE"):
        answers = [
            client.put("/api/heart", params=A, json={"on": True}, headers=reader),
            client.post("/api/heart", params=A),
            client.post("/api/view", params=A, headers=reader),
            client.get("/readyz"),
        ]
        for answer in answers:
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            assert answer.headers["content-type"] == "application/problem+json"
        assert counts(client) == {"hearts": 0, "hearted": False, "views": 0, "finished": 0, "comments": 0}, (
            "reading goes on"
        )
        assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.put("/api/heart", params=A, json={"on": True}, headers=reader).json()["hearts"] == 1


def test_many_waiting_for_a_locked_database_are_all_answered(
    settings: Settings, serve: Serve, new_reader: NewReader, tmp_path: Path
) -> None:
    async def put_all(url: httpx.URL, reader: dict[str, str]) -> set[int]:
        async with httpx.AsyncClient(base_url=url, headers=reader, timeout=20, verify=False) as many:
            puts = [many.put("/api/heart", params=A, json={"on": True}) for _ in range(40)]
            return {answer.status_code for answer in await asyncio.gather(*puts)}

    with serve(replace(settings, busy_timeout=1)) as client:
        reader = new_reader(client)
        with locked(tmp_path / "readerly.sqlite3", "IMMEDIATE"):
            assert asyncio.run(put_all(client.base_url, reader)) == {503}
        assert client.put("/api/heart", params=A, json={"on": True}, headers=reader).json()["hearts"] == 1


def test_starts_while_the_database_is_locked_and_recovers(
    impatient: Settings, serve: Serve, new_reader: NewReader, tmp_path: Path
) -> None:
    with ExitStack() as lock:
        lock.enter_context(locked(tmp_path / "readerly.sqlite3", "EXCLUSIVE"))
        with serve(impatient) as client:
            assert client.get("/readyz").status_code == 503
            assert client.get("/api/pages", params=A).status_code == 503
            lock.close()
            assert client.get("/readyz").status_code == 200
            assert client.put("/api/heart", params=A, json={"on": True}, headers=new_reader(client)).json()["on"]


def test_a_full_disk_is_unavailable_and_nothing_is_half_written(settings: Settings) -> None:
    with closing(Database(settings.database, busy_timeout=1)) as database:

        def begin(connection: Connection) -> int:
            connection.exec_driver_sql("INSERT INTO pages (page) VALUES ('/a/')")
            return connection.exec_driver_sql("PRAGMA page_count").scalar_one()

        size = database.write_now(begin)

        def write_more(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {size}")
            connection.exec_driver_sql("INSERT INTO pages (page) VALUES ('/b/')")
            connection.exec_driver_sql("INSERT INTO pages (page) VALUES (hex(zeroblob(99999)))")

        with pytest.raises(Unavailable):
            database.write_now(write_more)
        found = database.read_now(lambda connection: connection.exec_driver_sql("SELECT page FROM pages").all())
        assert found == [("/a/",)]


def test_a_commit_is_synced_before_it_is_acknowledged(settings: Settings) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with closing(Database(settings.database, busy_timeout=1.5)) as database:
        found = database.read_now(
            lambda connection: {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}
        )
    full = 2  # https://www.sqlite.org/pragma.html#pragma_synchronous
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 1500,
    }
