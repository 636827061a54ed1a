"""Builds the site anew when its source changes, and tells open pages to reload."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import Change, DefaultFilter, awatch

from readerly_site import shipped, theme

EVENTS = "/-/reload"
"""Where open pages listen for server-sent events."""

SCRIPT = "/-/reload.mjs"
"""The module that listens; `readerly serve` puts it into each page, builds never do."""


class Reload:
    """Tells every open page when a new build is in place."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._built = asyncio.Event()
        self._builds = 0
        self._closed = False

    def routes(self) -> list[Route]:
        """Return the two addresses that pages ask."""
        return [Route(EVENTS, self._listen), Route(SCRIPT, self._script)]

    def built(self) -> None:
        """Tell open pages to reload."""
        self._builds += 1
        self._built.set()
        self._built = asyncio.Event()

    def close(self) -> None:
        """End every open connection, which would otherwise keep the server from stopping."""
        self._closed = True
        self._built.set()

    async def _script(self, _request: Request) -> Response:
        file = shipped.widgets() / "js/reload.mjs"
        return FileResponse(file, media_type="text/javascript", headers={"cache-control": "no-cache"})

    async def _listen(self, _request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def _stream(self) -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        while not self._closed:
            await self._built.wait()
            if not self._closed:
                yield f"event: built\ndata: {self._builds}\n\n"


class Sources(DefaultFilter):
    """Passes changes of what a build reads; not of a database, which may lie in the same folder and changes often."""

    def __call__(self, change: Change, path: str) -> bool:
        """Tell whether a change of `path` asks for a new build."""
        return ".sqlite3" not in Path(path).name and super().__call__(change, path)


async def rebuild(source: Path, build: Callable[[], bool], reload: Reload, stopped: asyncio.Event) -> None:
    """Build whenever something below `source`, in the theme or in the widgets changes, until `stopped` is set.

    `build` tells whether it succeeded; pages reload only then.
    """
    async for _changes in awatch(source, theme.FOLDER, shipped.widgets(), watch_filter=Sources(), stop_event=stopped):
        if await asyncio.to_thread(build):
            reload.built()
