"""Server-sent events: the counts of a page, to everybody who reads it.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import random
from collections.abc import AsyncGenerator

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .live import Live, Stream

HEARTBEAT = 20.0
"""Seconds of silence after which a comment is sent: proxies close what is silent for a minute."""

SLOW = 30.0
"""Seconds a client may take to accept an event before it is cut off."""

RETRY = (2_000, 6_000)
"""Milliseconds, from and to, after which browsers come back: not all at once when a service starts again."""


class Events(Response):
    """An answer that goes on until the reader leaves or the service stops.

    An event's id identifies the counts it told. A reader who comes back with the last one (``Last-Event-ID``), to
    whichever process, is told the counts only if they are others by now: counts replace each other, so there is
    nothing else to catch up with.
    """

    media_type = "text/event-stream"

    def __init__(self, live: Live, stream: Stream, last: str | None, heartbeat: float = HEARTBEAT) -> None:
        """Send what ``live`` tells ``stream``; the reader has seen the event ``last``."""
        super().__init__(
            headers={
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",  # nginx passes each event on at once
                "X-Content-Type-Options": "nosniff",
            }
        )
        del self.headers["content-length"]
        self._live, self._stream, self._last, self._heartbeat = live, stream, last, heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events; return when one of both sides ends."""
        leaving = asyncio.create_task(self._until_left(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async for chunk in self._chunks():
                async with asyncio.timeout(SLOW):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (TimeoutError, OSError):
            pass  # too slow, or gone
        finally:
            leaving.cancel()
            self._live.leave(self._stream)

    async def _chunks(self) -> AsyncGenerator[bytes]:
        live, stream = self._live, self._stream
        yield f"retry: {random.randint(*RETRY)}\n\n".encode()
        if self._last != live.version(stream):
            stream.tell(stream.pages)
        while not stream.closed:
            try:
                async with asyncio.timeout(self._heartbeat):
                    await stream.awake.wait()
            except TimeoutError:
                yield b": still here\n\n"
                continue
            stream.awake.clear()
            news, stream.news = frozenset(stream.news), set()
            if news and not stream.closed:
                yield live.event(stream, news)

    async def _until_left(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._stream.close()
