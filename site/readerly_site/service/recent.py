"""Counts that were asked for a moment ago: a crowd on one page costs one look into the database, not one each.

What this process changes is forgotten at once, so that nobody is told less than they were told before; what other
processes change is seen within `KEPT` seconds.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from .answers import headers_with, is_known, tag_of
from .crowds import READS, Crowds
from .problems import Problem

KEPT = 1.0
"""Seconds for which an answer is given again."""

MOST = 10_000
"""Answers that are kept."""

Key = tuple[str, bytes]
"""The path under which the service is mounted, and the query of a request."""

Found = tuple[bytes, str, list[tuple[bytes, bytes]]]
"""The body of an answer, its ETag, and headers as they are sent."""


@dataclass(frozen=True)
class _Answer:
    body: bytes
    tag: str
    headers: list[tuple[bytes, bytes]]
    pages: frozenset[str]
    until: float


class Recent:
    """The answers that may be given again, to readers without a token."""

    def __init__(self) -> None:
        """Begin with none."""
        self._answers: dict[Key, _Answer] = {}
        self._asked: dict[str, set[Key]] = {}
        self.changes = 0
        """How often something has changed. An answer that was found before a change is not kept after it."""

    def changed(self, pages: Collection[str]) -> None:
        """Forget what was said of these pages."""
        self.changes += 1
        for page in pages:
            for key in self._asked.pop(page, ()):
                self._answers.pop(key, None)

    def keep(self, key: Key, pages: Collection[str], body: bytes, changes: int) -> None:
        """Keep an answer that says what ``pages`` had when there had been so many ``changes``."""
        if changes != self.changes:
            return
        if len(self._answers) >= MOST:
            self._answers.clear()
            self._asked.clear()
        tag = tag_of(body)
        headers = [(name.lower().encode(), value.encode()) for name, value in headers_with(tag, private=False).items()]
        self._answers[key] = _Answer(body, tag, headers, frozenset(pages), time.monotonic() + KEPT)
        for page in pages:
            self._asked.setdefault(page, set()).add(key)

    def find(self, key: Key) -> Found | None:
        """Return body, ETag and headers of the answer, when there is one that is still good."""
        answer = self._answers.get(key)
        if answer is None:
            return None
        if answer.until < time.monotonic():
            del self._answers[key]
            for page in answer.pages:
                self._asked.get(page, set()).discard(key)
            return None
        return answer.body, answer.tag, answer.headers


class Quick:
    """An application before which recent answers are given again: to reads of counts without a token or an origin."""

    def __init__(self, app: ASGIApp, recent: Recent, crowds: Crowds) -> None:
        """Ask ``app`` for what is not in ``recent``; ``crowds`` counts these requests too."""
        self._app, self._recent, self._crowds = app, recent, crowds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].endswith("/api/pages"):
            root = scope.get("root_path", "")
            if scope["path"] == f"{root}/api/pages" and (found := self._recent.find((root, scope["query_string"]))):
                asked = ""
                for name, value in scope["headers"]:
                    if name in (b"authorization", b"origin"):
                        break
                    if name == b"if-none-match":
                        asked = value.decode("latin-1")
                else:
                    await self._answer(found, asked, scope, receive, send)
                    return
        await self._app(scope, receive, send)

    async def _answer(self, found: Found, asked: str, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        try:
            await self._crowds.must_be_few(client[0] if client else None, READS)
        except Problem:  # it is said where refusals are said
            await self._app(scope, receive, send)
            return
        body, tag, headers = found
        if is_known(asked, tag):  # sent as `if_changed` does, without making a response of each
            await send({"type": "http.response.start", "status": 304, "headers": [*headers]})
            await send({"type": "http.response.body", "body": b""})
            return
        headers = [*headers, (b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
