"""A real uvicorn on a free loopback port, over a real SQLite file."""

import json
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp

from readerly_site.service import Settings, create_app, uvicorn_config

PAGES = ("/articles/a/", "/articles/b/", "/café/")


@contextmanager
def running(settings: Settings, app: ASGIApp | None = None, **options: Any) -> Generator[httpx.Client]:
    """Serve `app`, or the service with `settings`, until the block ends; give a client of it."""
    # Listening before the server starts: requests queue up in the backlog, so nobody has to wait for the start.
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen(256)
        server = uvicorn.Server(uvicorn_config(app or create_app(settings, **options)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=20) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[httpx.Client]]:
    return running


@pytest.fixture(autouse=True)
def _no_secret_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READERLY_SECRET", raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    pages = tmp_path / "pages.json"
    pages.write_text(json.dumps({"pages": [{"path": path, "title": "A title", "minutes": 7} for path in PAGES]}))
    return Settings(f"sqlite:///{tmp_path / 'readerly.sqlite3'}", pages=pages, busy_timeout=0.2)


@pytest.fixture
def client(settings: Settings) -> Iterator[httpx.Client]:
    with running(settings) as client:
        yield client


@pytest.fixture
def new_reader() -> Callable[[httpx.Client], dict[str, str]]:
    """Return a function that makes a reader and gives the headers of their requests."""

    def make(client: httpx.Client) -> dict[str, str]:
        answer = client.post("/api/reader")
        assert answer.status_code == 201
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    return make


@pytest.fixture
def reader(client: httpx.Client, new_reader: Callable[[httpx.Client], dict[str, str]]) -> dict[str, str]:
    return new_reader(client)


@pytest.fixture
def another_reader(client: httpx.Client, new_reader: Callable[[httpx.Client], dict[str, str]]) -> dict[str, str]:
    return new_reader(client)
