"""Serves a site on this machine: its pages, the service behind them, and a new build whenever the source changes."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from sqlalchemy import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from readerly_site.article import connected
from readerly_site.build import Built, build
from readerly_site.errors import ReaderlyError, shown
from readerly_site.listener import Server, address, listen
from readerly_site.policy import sent_policy
from readerly_site.reload import SCRIPT, Reload, rebuild
from readerly_site.service import Settings, create_app, uvicorn_config
from readerly_site.static import SiteFiles
from readerly_site.terminal import progress_bar

DATABASE = "readerly.sqlite3"
"""The service's database, beside the site's readerly.toml, when none is named."""

Say = Callable[[str], None]
"""Tells the person at the terminal one line."""


@dataclass(frozen=True)
class Wanted:
    """What to serve and how: `reload` builds anew on changes, `drafts` shows what is not published yet."""

    source: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database: str | None = None
    reload: bool = True
    drafts: bool = False


def serve(wanted: Wanted, say: Say, complain: Say) -> None:
    """Build and serve until interrupted; raise ReaderlyError when the first build, or the start, does not succeed.

    `say` gets what went well, `complain` what did not: a later build that fails leaves the last good one in place.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end tidies up as Ctrl-C does
    with (
        closing(listen(wanted.host, wanted.port)) as listening,  # before the build, so that a busy port is told at once
        tempfile.TemporaryDirectory(prefix="readerly-") as folder,
    ):
        with progress_bar() as progress:
            built = build(wanted.source, Path(folder) / "site", drafts=wanted.drafts, progress=progress)
        reload = Reload()
        files = site_files(built, reload if wanted.reload else None)
        settings = Settings(
            wanted.database or _database(wanted.source, say),
            pages=built.dist / "pages.json",
            author_token=os.environ.get("READERLY_AUTHOR_TOKEN") or None,
        )
        app = create_app(settings, fallback=site_app(built.site.base_path, files, reload))
        where = address(listening) + built.site.base_path
        server = Server(
            uvicorn_config(app), where, lambda: say(f"Readerly serves {shown(wanted.source)} at {where}"), reload
        )

        def again() -> bool:
            try:
                files.policy = policy_of(build(wanted.source, built.dist, drafts=wanted.drafts))
            except ReaderlyError as error:
                complain(f"{error} (the pages stay as they were)")
            except Exception as error:  # whatever it was, the pages that are there go on being served
                complain(f"The build failed, and the pages stay as they were: {type(error).__name__}: {error}")
            else:
                say(f"Built {shown(wanted.source)} anew")
                return True
            return False

        async def watch(stopped: asyncio.Event) -> None:
            try:
                await rebuild(wanted.source, again, reload, stopped)
            except Exception as error:  # such as a machine that has no more file watches to give
                complain(f"Changes are no longer noticed, start again to see them: {type(error).__name__}: {error}")

        async def run() -> None:
            stopped = asyncio.Event()
            watching = asyncio.create_task(watch(stopped)) if wanted.reload else None
            await server.serve([listening])
            stopped.set()
            if watching:
                await watching

        asyncio.run(run())


def site_files(built: Built, reload: Reload | None) -> SiteFiles:
    """Return the application that serves the pages of `built`; with `reload` they reload when there is a newer one."""
    return SiteFiles(built.dist, policy_of(built), SCRIPT if reload else None)


def policy_of(built: Built) -> str:
    """Return the policy that is sent with the pages of `built`."""
    return sent_policy(built.site.service, connected(built.articles))


def site_app(base_path: str, files: SiteFiles, reload: Reload) -> Router:
    """Return the application that answers everything but the service: pages below `base_path`, as they will stand."""

    async def home(_request: Request) -> Response:
        return RedirectResponse(base_path)

    routes: list[BaseRoute] = [*reload.routes(), Mount(base_path.rstrip("/"), files)]
    if base_path != "/":
        routes += [Route("/", home), Route(base_path.rstrip("/"), home)]
    return Router(routes)


def _database(source: Path, say: Say) -> str:
    """Return the URL of the default database, and tell where it is."""
    file = source.resolve() / DATABASE
    if not os.access(file.parent, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        data = platformdirs.user_data_path("readerly", appauthor=False)
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            said = f"neither it nor {source} can hold a database: {error.strerror or error}; name one with --database"
            raise ReaderlyError(said, data) from error
        file = data / f"{source.resolve().name}.sqlite3"
    say(f"Hearts and views are kept in {shown(file)}")
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)
