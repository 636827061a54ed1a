"""The endpoints under ``/api``."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from .answers import HEADERS, answer, if_changed
from .bodies import heart_in_form, heart_in_json, read_body
from .cross_site import is_cross_site
from .crowds import READS, WRITES, Crowds, address_of
from .events import Events
from .known_pages import KnownPages
from .live import Live
from .openapi import document
from .people import is_read_by_somebody
from .problems import Problem
from .readers import Readers
from .recent import Recent
from .settings import origin_of
from .store import Counts, Store

MOST_PAGES = 100
"""Pages in one request for counts."""

COOKIE = "readerly_reader"
"""The cookie that carries the reader's token between form posts."""

COOKIE_AGE = 400 * 24 * 60 * 60
"""Seconds; browsers keep no cookie longer than 400 days."""


def shown(counts: Counts) -> dict[str, int | bool]:
    """Return what a page's readers are told of it. No page has comments until the service stores them."""
    return {
        "hearts": counts.hearts,
        "hearted": counts.hearted,
        "views": counts.views,
        "finished": counts.finished,
        "comments": 0,
    }


class Api:
    """Hearts and views over HTTP. Each endpoint raises `Problem` for what it refuses."""

    def __init__(
        self,
        store: Store,
        readers: Readers,
        pages: KnownPages,
        origins: tuple[str, ...],
        live: Live,
        crowds: Crowds,
        recent: Recent,
    ) -> None:
        """Answer from ``store`` and ``live``, about known ``pages``; forms may come from ``origins`` too."""
        self._store, self._readers, self._pages, self._origins = store, readers, pages, origins
        self._live, self._crowds, self._recent = live, crowds, recent

    def routes(self) -> list[BaseRoute]:
        """Return the routes, to be mounted at ``/api``."""
        return [
            Route("/reader", self.reader, methods=["POST", "GET", "DELETE"]),
            Route("/pages", self.pages, methods=["GET"]),
            Route("/heart", self.heart, methods=["PUT", "POST"]),
            Route("/view", self.view, methods=["POST"]),
            Route("/finished", self.finished, methods=["POST"]),
            Route("/events", self.events, methods=["GET"]),
            Route("/openapi.json", self.description, methods=["GET"]),
        ]

    async def reader(self, request: Request) -> Response:
        """``POST /reader``: a new anonymous reader. ``GET``: all that is kept of one. ``DELETE``: it is forgotten."""
        await read_body(request)
        if request.method == "POST":
            await self._crowds.slow_down(address_of(request))
            return answer({"token": self._readers.token(self._readers.new())}, 201)
        reader = self._must_be_reader(request)
        if request.method == "DELETE":
            await self._store.forget(reader)
            return answer({"forgotten": True})
        return answer(await self._store.export(reader))

    async def pages(self, request: Request) -> Response:
        """``GET /pages?path=…&path=…``: counts of the pages that are known, keyed as asked.

        A token that is missing or no longer valid reads as a reader without hearts: reading never fails for it.
        """
        await self._crowds.must_be_few(address_of(request), READS)
        is_for_all = not {"authorization", "origin"} & {*request.headers.keys()}
        place = request.scope.get("root_path", "").removesuffix("/api")
        asked_at = request.headers.get("host", "") if self._origins else ""
        question = asked_at + place, request.scope["query_string"]
        if is_for_all and (told := self._recent.find(question)):
            return if_changed(request.headers, told.body, private=False)
        keys, changes = self._asked(request), self._recent.changes
        counts = await self._store.counts(set(keys.values()), self._bearer(request)) if keys else {}
        found = {path: shown(counts[key]) for path, key in keys.items()}
        body = bytes(answer({"pages": found}).body)
        if is_for_all:
            self._recent.keep(question, keys.values(), body, changes)
        return if_changed(request.headers, body, private="authorization" in request.headers)

    async def description(self, _request: Request) -> Response:
        """``GET /openapi.json``: what there is, and what it answers, for programs."""
        return answer(document())

    async def events(self, request: Request) -> Response:
        """``GET /events?path=…``: the counts of these pages now, and again whenever they change."""
        await self._crowds.must_be_few(address_of(request), READS)
        names = self._asked(request)
        if not names:
            raise Problem(404, "The service knows none of these pages; name one as ?path=/articles/…")
        if request.method == "HEAD":
            return Response(headers=HEADERS, media_type=Events.media_type)
        return Events(self._live, await self._live.watch(names), request.headers.get("last-event-id"))

    async def heart(self, request: Request) -> Response:
        """``PUT /heart?path=…`` for the widget, ``POST /heart?path=…`` for a plain form."""
        return await (self._put_heart(request) if request.method == "PUT" else self._post_heart(request))

    async def view(self, request: Request) -> Response:
        """``POST /view?path=…``: a view, counted once per reader, page and day; robots and prefetches are not."""
        reader, page = self._must_be_reader(request), self._must_be_page(request)
        await self._crowds.must_be_few(address_of(request), WRITES)
        await read_body(request)
        if not is_read_by_somebody(request.headers):
            return answer({"views": (await self._store.counts([page], None))[page].views})
        return answer({"views": (await self._store.add_view(page, reader)).views})

    async def finished(self, request: Request) -> Response:
        """``POST /finished?path=…``: the reader has read the page to its end; counted as views are, and apart."""
        reader, page = self._must_be_reader(request), self._must_be_page(request)
        await self._crowds.must_be_few(address_of(request), WRITES)
        await read_body(request)
        if is_read_by_somebody(request.headers):
            counts = await self._store.add_view(page, reader, finished=True)
        else:
            counts = (await self._store.counts([page], None))[page]
        share = round(counts.finished / counts.views, 3) if counts.views else 0.0
        return answer({"finished": counts.finished, "views": counts.views, "share": share})

    async def _put_heart(self, request: Request) -> Response:
        reader, page = self._must_be_reader(request), self._must_be_page(request)
        await self._crowds.must_be_few(address_of(request), WRITES)
        on = heart_in_json(await read_body(request))
        counts = await self._store.set_heart(page, reader, on, await self._burst(request, page, on))
        return answer({"hearts": counts.hearts, "on": on})

    async def _post_heart(self, request: Request) -> Response:
        if is_cross_site(request.headers, self._origins):
            raise Problem(403, "A heart without JavaScript can only be given from a page of this site.")
        page = self._must_be_page(request)
        on = heart_in_form(await read_body(request), request.headers.get("content-type", ""))
        reader = self._readers.reader(request.cookies.get(COOKIE)) or self._readers.new()
        await self._crowds.must_be_few(address_of(request), WRITES)
        await self._store.set_heart(page, reader, on, await self._burst(request, page, on))
        place = self._pages.href(page, request.headers.get("origin"))
        response = RedirectResponse(f"{place}#{'hearted' if on else 'unhearted'}", 303, HEADERS)
        response.set_cookie(
            COOKIE,
            self._readers.token(reader),
            max_age=COOKIE_AGE,
            path=request.scope.get("root_path", "") + "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    def _origin(self, request: Request) -> str | None:
        """Return the origin of the page that asks. Browsers do not name it where it is the one that they ask."""
        origin = request.headers.get("origin")
        if origin is None and self._origins:
            return origin_of(f"{request.url.scheme}://{request.headers.get('host', '')}")
        return origin

    def _asked(self, request: Request) -> dict[str, str]:
        """Return the keys of the known pages that are asked for, by the paths they are asked for with."""
        asked = request.query_params.getlist("path")
        if len(asked) > MOST_PAGES:
            raise Problem(400, f"Ask for at most {MOST_PAGES} pages at once.")
        origin = self._origin(request)
        return {path: key for path in asked if (key := self._pages.find(path, origin))}

    async def _burst(self, request: Request, page: str, on: bool) -> str | None:
        return await self._crowds.burst(address_of(request), page) if on else None

    def _bearer(self, request: Request) -> str | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return self._readers.reader(token.strip()) if scheme.lower() == "bearer" else None

    def _must_be_reader(self, request: Request) -> str:
        reader = self._bearer(request)
        if reader is None:
            detail = "Send a reader's token as Authorization: Bearer; POST /api/reader gives one."
            raise Problem(401, detail, {"WWW-Authenticate": 'Bearer realm="readerly"'})
        return reader

    def _must_be_page(self, request: Request) -> str:
        paths = request.query_params.getlist("path")
        if len(paths) != 1:
            raise Problem(400, "Name one page: ?path=/articles/…")
        page = self._pages.find(paths[0], self._origin(request))
        if page is None:
            raise Problem(404, "The service does not know this page: it is not listed by the build.")
        return page
