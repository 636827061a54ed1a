"""How long, and how large, the head of a request may be; and the express lane for requests that come whole."""

import asyncio
from functools import partial
from http import HTTPStatus
from typing import cast

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from .express import COUNTS, Answer, Asked, Express

HEADERS_WITHIN = 10.0
"""Seconds from the begin of a connection, or from the answer before, until the head of a request has arrived."""

HEADERS_MOST = 16 * 1024
"""Bytes that a head may have which does not arrive at once."""


class _Cycle:
    """A request that waits for its answer in the express lane, as uvicorn sees it."""

    response_complete = False
    keep_alive = True
    disconnected = False
    message_event = asyncio.Event()  # which nobody waits for


class Hasty(HttpToolsProtocol):
    """uvicorn's own protocol, which does not wait for ever for a client that is slow, or never ends.

    Bodies have limits of their own, see `readerly_site.service.bodies`, and so have readers of event streams.
    """

    _unread = 0
    _in_head = False
    _until: asyncio.TimerHandle | None = None
    _deadline: float | None = None
    _held = False
    _body = b""
    _is_proxy: bool | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        if self._until is not None:
            self._until.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come, and refuse a head that grows too large."""
        self._unread += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._held:  # its end has not come with its begin
            self._hand_on()
        if self._in_head and self._unread > HEADERS_MOST:
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            self.transport.write(head.encode())
            self.transport.close()

    def on_message_begin(self) -> None:
        """Note that a request has begun. What the application is told of it is made when it is the application's."""
        self._in_head = True
        self.url, self.headers, self.expect_100_continue = b"", [], False

    def on_headers_complete(self) -> None:
        """Note that the head is there, and keep back what the express lane may take."""
        self._in_head = False
        self._stop_waiting()
        self._held, self._body = self._is_for_express(), b""
        if not self._held:
            self._begin()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        if self._held:
            self._body += body
        else:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Let the express lane answer a request that is whole, or the application."""
        if not self._held:
            super().on_message_complete()
        elif self._take():
            self._held = False
        else:
            self._hand_on()
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it has come already."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._expect_head()

    def _is_for_express(self) -> bool:
        express: Express | None = self.app_state.get("express")
        cycle = cast(RequestResponseCycle | None, self.cycle)
        assert self.parser
        return (
            express is not None
            and not self.root_path
            and not self.expect_100_continue
            and not self.flow.write_paused
            and (cycle is None or cycle.response_complete)
            and express.takes(self.parser.get_method(), self.url.partition(b"?")[0])
            and self.parser.get_http_version() == "1.1"
            and self.parser.should_keep_alive()
        )

    def _begin(self) -> None:
        """Give the application a request whose head is there."""
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers += headers  # the list that the application sees
        super().on_headers_complete()

    def _hand_on(self) -> None:
        """Give the application what was kept back."""
        self._held = False
        self._begin()
        if self._body:
            super().on_body(self._body)

    def _take(self) -> bool:
        """Let the express lane answer; tell whether it does."""
        express: Express = self.app_state["express"]
        peer = self.client[0] if self.client else None
        if self._is_proxy is None:
            app = cast(object, self.config.loaded_app)  # pyright: ignore[reportUnknownMemberType]
            self._is_proxy = isinstance(app, ProxyHeadersMiddleware) and peer in app.trusted_hosts
        path, _, query = self.url.partition(b"?")
        asked = Asked(query, self.headers, self._body, peer, self._is_proxy)
        if path == COUNTS:
            if answer := express.counts(asked):
                self._send(answer)
            return answer is not None
        before, self.cycle = self.cycle, cast(RequestResponseCycle, _Cycle())
        taken = express.heart(asked, partial(self._end, self.cycle))
        if not taken:
            self.cycle = before
        return taken

    def _end(self, cycle: RequestResponseCycle, answer: Answer) -> None:
        """Send the answer that the request of this ``cycle`` has waited for."""
        cycle.response_complete = True
        if cycle.disconnected or self.transport.is_closing():
            return
        self._send(answer, cycle.keep_alive)

    def _send(self, answer: Answer, keep_alive: bool = True) -> None:
        status, fields, body = answer
        head = [STATUS_LINE[status], *(b"%s: %s\r\n" % field for field in self.server_state.default_headers), fields]
        if status != HTTPStatus.NOT_MODIFIED:
            head.append(b"content-length: %d\r\n" % len(body))
        if not keep_alive:
            head.append(b"connection: close\r\n")
        self.transport.write(b"".join((*head, b"\r\n", body)))
        if not keep_alive:
            self.transport.close()
        elif self.pipeline:
            self.on_response_complete()
        else:
            self.server_state.total_requests += 1
            self._expect_head()

    def _expect_head(self) -> None:
        self._unread = 0
        self._deadline = self.loop.time() + HEADERS_WITHIN
        if self._until is None:
            self._until = self.loop.call_at(self._deadline, self._look)

    def _stop_waiting(self) -> None:
        self._deadline = None

    def _look(self) -> None:
        """Close a connection whose time is over. One timer serves many requests: to set one is dearer than to look."""
        self._until = None
        if self._deadline is None:
            return
        if self.loop.time() < self._deadline:
            self._until = self.loop.call_at(self._deadline, self._look)
        else:
            self.timeout_keep_alive_handler()
