"""The service with a site behind it, and inside another application; and what it keeps to itself."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from readerly_site.service import Settings, create_app
from readerly_site.service.database import Database
from readerly_site.service.schema import hearts

A = {"path": "/articles/a/"}
Serve = Callable[..., AbstractContextManager[httpx.Client]]


def test_what_is_not_the_services_own_goes_to_the_site(settings: Settings, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text("<title>Home</title>")
    with serve(settings, fallback=StaticFiles(directory=tmp_path / "dist", html=True)) as client:
        assert "Home" in client.get("/").text
        assert "no-store" not in client.get("/").headers.get("cache-control", "")
        assert client.get("/healthz").json() == {"status": "alive"}
        assert client.get("/api/pages", params=A).status_code == 200
        assert client.get("/api/nope").headers["content-type"] == "application/problem+json"
        assert client.get("/nope").status_code == 404


def test_inside_another_application_under_a_prefix(settings: Settings, serve: Serve) -> None:
    service = create_app(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with service.router.lifespan_context(service):
            yield

    outer = Starlette(routes=[Mount("/blog", service)], lifespan=lifespan)
    with serve(settings, outer) as client:
        answer = client.post("/blog/api/heart", params=A)
        assert answer.status_code == 303
        assert "Path=/blog/api/" in answer.headers["set-cookie"]
        assert client.get("/blog/readyz").status_code == 200


def test_no_address_and_no_user_agent_is_kept_or_logged(
    settings: Settings, serve: Serve, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    agent = "A-Rare-Browser/4711"
    with serve(settings) as client:
        client.headers["User-Agent"] = agent
        reader = {"Authorization": f"Bearer {client.post('/api/reader').json()['token']}"}
        client.put("/api/heart", params=A, json={"on": True}, headers=reader)
        client.post("/api/view", params=A, headers=reader)
        client.post("/api/heart", params=A)
        client.get("/api/nope")
        stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    logged = "".join(capfd.readouterr())
    identity = reader["Authorization"].removeprefix("Bearer ").split(".")[0]
    for personal in (agent, "127.0.0.1"):
        assert personal.encode() not in stored
        assert personal not in logged
    assert identity not in logged


def test_an_error_of_the_database_names_no_reader(settings: Settings) -> None:
    row = insert(hearts).values(page="/unknown/", reader="one-readers-id")
    with closing(Database(settings.database, busy_timeout=1)) as database, pytest.raises(IntegrityError) as caught:
        database.write_now(lambda connection: connection.execute(row))
    assert "one-readers-id" not in str(caught.value)
