"""How long, and how large, the head of a request may be."""

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS_WITHIN = 10.0
"""Seconds from the begin of a connection, or from the answer before, until the head of a request has arrived."""

HEADERS_MOST = 16 * 1024
"""Bytes that a head may have which does not arrive at once."""


class Hasty(HttpToolsProtocol):
    """uvicorn's own protocol, which does not wait for ever for a client that is slow, or never ends.

    Bodies have limits of their own, see `readerly_site.service.bodies`, and so have readers of event streams.
    """

    _unread = 0
    _in_head = False
    _until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come, and refuse a head that grows too large."""
        self._unread += len(data)
        super().data_received(data)
        if self._in_head and self._unread > HEADERS_MOST and not self.transport.is_closing():
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            self.transport.write(head.encode())
            self.transport.close()

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Note that the head is there."""
        self._in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it has come already."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._expect_head()

    def _expect_head(self) -> None:
        self._stop_waiting()
        self._unread = 0
        self._until = self.loop.call_later(HEADERS_WITHIN, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._until is not None:
            self._until.cancel()
            self._until = None
