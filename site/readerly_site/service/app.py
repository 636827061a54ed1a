"""The application: the API, its health, and the site behind it."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Lifespan

from ..errors import ReaderlyError
from .answers import answer
from .api import Api
from .author.page import AuthorPage
from .broadcast import Broadcast
from .crowds import Crowds
from .database import Database, Unavailable
from .express import Express
from .keys import load_keys
from .known_pages import KnownPages
from .live import Live
from .logs import log_as_json
from .problems import HANDLERS
from .readers import Readers
from .recent import Recent
from .server import allow_many_connections, at_stop
from .settings import Settings
from .store import Store
from .watched import Metrics, Watched

MOVED_EVERY = 30.0
"""Seconds after which it is looked for pages that have been moved by a command."""

log = logging.getLogger(__name__)


def create_app(settings: Settings, *, fallback: ASGIApp | None = None) -> Starlette:
    """Return the service; requests that are not its own go to ``fallback``, such as a site's static files.

    The signing key is made, and the database's place is checked, here and not at the first request. Raises
    `ReaderlyError`. The application's lifespan creates the tables and closes the database; see `readerly_site.service`
    for what that means when it is mounted in another application.
    """
    database = Database(settings.database, settings.busy_timeout)
    beside = database.file and Path(f"{database.file}.secret")
    keys = load_keys(settings.secret_file or beside, os.environ.get("READERLY_SECRET"))
    readers = Readers(keys)
    store = Store(database, settings.busy_timeout)
    broadcast = Broadcast(database) if database.dialect == "postgresql" else None
    live = Live(lambda pages: store.counts(pages, None), broadcast.tell if broadcast else None)
    recent = Recent()

    def changed(pages: Collection[str]) -> None:
        recent.changed(pages)
        live.changed(pages)

    def changed_elsewhere(pages: Collection[str]) -> None:
        recent.changed(pages)
        live.changed(pages, here=False)

    store.changed = changed
    pages = KnownPages(settings.pages, settings.origins, settings.sites)
    crowds = Crowds(settings.limits, keys[-1])
    author = AuthorPage(store, pages, crowds, settings.origins, keys[-1], settings.author_token)
    metrics = Metrics(lambda: len(live.streams), lambda: store.waiting, lambda: crowds.held)
    api = Api(store, readers, pages, settings.origins, live, crowds, recent)
    express = Express(store, readers, pages, crowds, recent, metrics, bool(settings.origins))

    async def healthz(_request: Request) -> Response:
        return answer({"status": "alive"})

    async def readyz(_request: Request) -> Response:
        await store.check()
        return answer({"status": "ready"})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[dict[str, Any]]:
        try:
            await database.prepare()
        except Unavailable:
            log.warning("The service starts without its database; requests will try again.")
        allow_many_connections()
        with suppress(Unavailable):
            await _look_for_moved(store, pages)
        working = [
            asyncio.create_task(live.run()),
            asyncio.create_task(_now_and_then(60 * 60, lambda: store.retire(settings.view_days))),
            asyncio.create_task(_now_and_then(MOVED_EVERY, lambda: _look_for_moved(store, pages))),
        ]
        if broadcast:
            heard = broadcast.listen(changed_elsewhere, live.refresh)
            working.append(asyncio.create_task(heard))
        try:
            with at_stop(live.close):
                yield {"express": express}  # the state of each connection, for `readerly_site.service.protocol`
        finally:
            live.close()
            await store.drain()
            for task in working:
                task.cancel()
            await asyncio.wait(working)
            await crowds.close()
            database.close()

    routes: list[BaseRoute] = [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics.answer, methods=["GET"]),
        Route("/api/author", author.answer, methods=["GET", "POST"]),
        Mount("/api", _api_app(api, settings.origins)),
    ]
    if fallback is not None:
        routes.append(Mount("/", fallback))
    return _app(
        routes,
        middleware=[Middleware(Watched, metrics=metrics)],
        lifespan=lifespan,
    )


def from_environment() -> Starlette:
    """Return the service configured by the environment: an ASGI factory for uvicorn and other servers.

    What is wrong with the configuration ends the server with a sentence: SystemExit, for nobody above would catch more.
    """
    try:
        log_as_json(os.environ.get("READERLY_LOG_LEVEL") or "info")
        return create_app(Settings.from_environment(os.environ))
    except ReaderlyError as error:
        raise SystemExit(f"readerly: {error}") from error


async def _look_for_moved(store: Store, pages: KnownPages) -> None:
    pages.moved = await store.moved()


async def _now_and_then(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    """Do the work now, and again every so many seconds."""
    while True:
        try:
            await work()
        except Unavailable:
            log.warning("The database could not be looked after; it is tried again in %s seconds.", seconds)
        await asyncio.sleep(seconds)


def _api_app(api: Api, origins: tuple[str, ...]) -> ASGIApp:
    if not origins:
        return Router(api.routes(), redirect_slashes=False)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=("GET", "PUT", "POST", "DELETE"),
        allow_headers=("Authorization", "Content-Type", "If-None-Match", "Last-Event-ID"),
        expose_headers=("Retry-After", "ETag", "X-Request-ID"),
    )
    return _app(api.routes(), middleware=[cors])


def _app(
    routes: list[BaseRoute],
    middleware: list[Middleware] | None = None,
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=HANDLERS, lifespan=lifespan)
    app.router.redirect_slashes = False  # an address is right or wrong; a redirected PUT may lose its body
    return app
