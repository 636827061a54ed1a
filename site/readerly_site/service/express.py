"""The two requests that crowds send, answered where they arrive: counts that were told a moment ago, and hearts.

It says what `readerly_site.service.api` says, without its task, its scope and its routing. Whatever is unusual about a
request, refusals among it, is left to the application. See docs/decisions/0030.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from limits import RateLimitItem

from .answers import HEADERS, is_known
from .bodies import LIMIT, heart_in_json
from .crowds import BURST, READS, WRITES, Crowds
from .database import Unavailable
from .known_pages import KnownPages
from .problems import FAILED, UNAVAILABLE, Problem, respond_to
from .readers import Readers
from .recent import Recent
from .store import Store
from .watched import Metrics, id_of, tell
from .writes import SetHeart, Totals

log = logging.getLogger(__name__)

COUNTS, HEART = b"/api/pages", b"/api/heart"

PAGES_FOR = 1.0
"""Seconds for which a page that is known stays so."""

Answer = tuple[int, bytes, bytes]
"""Its status, its header fields as they are sent, but for those of the connection, and its body."""

_JSON = b"content-type: application/json\r\n"
_OWN = "".join(f"{name.lower()}: {value}\r\n" for name, value in HEADERS.items()).encode()


@dataclass(slots=True)
class Asked:
    """A request, as the parser has it."""

    query: bytes
    headers: Sequence[tuple[bytes, bytes]]
    """Names in small letters."""
    body: bytes
    peer: str | None
    """The address it comes from; of a proxy perhaps."""
    is_proxy: bool
    """Whether ``peer`` is believed whom it stands for."""


class Express:
    """Answers what can be answered at once, or when it is committed."""

    def __init__(
        self,
        store: Store,
        readers: Readers,
        pages: KnownPages,
        crowds: Crowds,
        recent: Recent,
        metrics: Metrics,
        has_origins: bool,
    ) -> None:
        """Share these with the application. With ``has_origins``, hearts and other sites are the application's."""
        self._store, self._readers, self._pages, self._crowds = store, readers, pages, crowds
        self._recent, self._metrics, self._has_origins = recent, metrics, has_origins
        self._answered: list[tuple[str, str, str, int, float]] = []
        self._known: dict[bytes, str] = {}
        self._known_until = 0.0

    def takes(self, method: bytes, path: bytes) -> bool:
        """Tell whether a request is worth being waited for until it is whole."""
        return (method, path) in ((b"GET", COUNTS), (b"PUT", HEART))

    def counts(self, asked: Asked) -> Answer | None:
        """Return what a read of counts is answered with, or None when the application is to answer it."""
        began, headers = time.perf_counter(), dict(asked.headers)
        asked_at = headers.get(b"host", b"").decode("latin-1") if self._has_origins else ""
        told = self._recent.find((asked_at, asked.query), meanwhile=True)
        if told is None or b"authorization" in headers or not self._is_usual(asked, headers):
            return None
        prefix = self._prefix(asked, headers)
        if prefix is False or not self._is_few(READS, prefix):
            return None
        given = headers.get(b"if-none-match")
        if given is not None and is_known(given.decode("latin-1"), told.tag):
            return 304, told.headers + self._note(headers, began, "GET", "/api/pages", 304), b""
        return 200, told.headers + _JSON + self._note(headers, began, "GET", "/api/pages", 200), told.body

    def heart(self, asked: Asked, send: Callable[[Answer], None]) -> bool:
        """Answer a heart by ``send`` when it is committed; return False when the application is to answer it."""
        began, headers = time.perf_counter(), dict(asked.headers)
        scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
        if self._has_origins:  # then a page is not known by its path alone
            return False
        if scheme.lower() != b"bearer" or len(asked.body) > LIMIT or not self._is_usual(asked, headers):
            return False
        page = self._page(asked.query)
        reader = self._readers.reader(token.strip().decode("latin-1")) if page else None
        if page is None or reader is None:
            return False
        try:
            on = heart_in_json(asked.body)
        except Problem:
            return False
        prefix = self._prefix(asked, headers)
        if prefix is False or not self._is_few(WRITES, prefix):
            return False
        held = self._crowds.hold(prefix, page) if on and prefix and not self._is_few(BURST, prefix, page) else None

        def ended(done: "asyncio.Future[dict[str, Totals]]") -> None:
            if error := done.exception():
                failed(error)
                return
            body = b'{"hearts":%d,"on":%s}' % (done.result()[page].hearts, b"true" if on else b"false")
            send((200, _OWN + _JSON + self._note(headers, began, "PUT", "/api/heart", 200), body))

        def failed(error: BaseException) -> None:
            if not isinstance(error, Unavailable):
                log.error("A request failed.", exc_info=error)
            problem = UNAVAILABLE if isinstance(error, Unavailable) else FAILED
            answer = respond_to(headers.get(b"accept", b"").decode("latin-1"), problem)
            fields = b"".join(b"%s: %s\r\n" % field for field in answer.raw_headers if field[0] != b"content-length")
            status = answer.status_code
            send((status, fields + self._note(headers, began, "PUT", "/api/heart", status), bytes(answer.body)))

        try:
            self._store.submit(SetHeart(page, reader, on, held)).add_done_callback(ended)
        except Unavailable as error:
            failed(error)
        return True

    def _is_usual(self, asked: Asked, headers: Mapping[bytes, bytes]) -> bool:
        """Tell whether no header comes twice, no other site asks, and requests are counted in this process."""
        if len(headers) != len(asked.headers) or self._crowds.windows is None:
            return False
        return not (self._has_origins and b"origin" in headers)

    def _prefix(self, asked: Asked, headers: Mapping[bytes, bytes]) -> str | Literal[False] | None:
        """Return what the request is counted by; False where a proxy says something else than one address."""
        behind = headers.get(b"x-forwarded-for") if asked.is_proxy else None
        if behind is None:
            return self._crowds.prefix(asked.peer)
        return self._crowds.prefix(behind.decode("latin-1").strip()) or False

    def _is_few(self, limit: RateLimitItem, prefix: str | None, *names: str) -> bool:
        windows = self._crowds.windows
        return prefix is None or windows is None or windows.hit(limit, prefix, *names)

    def _page(self, query: bytes) -> str | None:
        """Return the one page that is asked for, when it is known. What it was found to be holds for a moment."""
        if (now := time.monotonic()) > self._known_until:
            self._known, self._known_until = {}, now + PAGES_FOR
        page = self._known.get(query)
        if page is None:
            named = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
            if len(named) == 1 and named[0][0] == "path" and (page := self._pages.find(named[0][1])):
                self._known[query] = page
        return page

    def _note(self, headers: Mapping[bytes, bytes], began: float, method: str, address: str, status: int) -> bytes:
        """Note a request that is answered, as `Watched` does; return the field with its id."""
        given = headers.get(b"x-request-id")
        number = id_of(given.decode("latin-1") if given else None)
        if not self._answered:
            asyncio.get_running_loop().call_soon(self._write_down)
        self._answered.append((number, method, address, status, time.perf_counter() - began))
        return b"x-request-id: %s\r\n" % number.encode()

    def _write_down(self) -> None:
        """Count and log what was answered in one turn of the event loop: together that takes a quarter of the time."""
        answered, self._answered = self._answered, []
        for number, method, address, status, seconds in answered:
            self._metrics.count(address, method, status, seconds)
            tell(number, method, address, status, seconds)
