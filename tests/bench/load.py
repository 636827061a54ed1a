"""A load on one HTTP server, or several: as many requests as it answers, or so many a second. Bounded in time.

The requests are ready bytes, each sent once. A connection is used again as long as the server keeps it open.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

PATIENCE = 30.0
"""Seconds that the last answers may take when nothing more is sent."""


@dataclass
class Load:
    """What came of it."""

    seconds: float = 0.0
    """From the first request to the last answer."""

    statuses: Counter[int] = field(default_factory=Counter)
    """How many answers had which status; 0 counts connections that ended without an answer."""

    times: list[float] = field(default_factory=list)
    """Seconds from when a request was to be sent until its answer was there."""

    last: bytes = b""
    """The body of one of the answers."""

    @property
    def answered(self) -> int:
        """How many requests were answered with 2xx or 304."""
        return sum(number for status, number in self.statuses.items() if 200 <= status < 305)

    @property
    def rate(self) -> float:
        """How many of these there were in a second."""
        return self.answered / self.seconds if self.seconds else 0.0

    def milliseconds(self, share: float) -> float:
        """Return the time below which this ``share`` of the answers stayed, such as 0.99."""
        times = sorted(self.times)
        return times[min(len(times) - 1, int(len(times) * share))] * 1000 if times else 0.0


class _Connection(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self) -> None:
        self._answer: asyncio.Future[tuple[int, bytes, bool]] | None = None
        self._got = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        if not found or self._answer is None or self._answer.done():
            return
        lowered = head.lower() + b"\r\n"
        length = 0
        if b"content-length:" in lowered:
            length = int(lowered.partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            self._got = b""
            kept = b"connection: close" not in lowered
            self._answer.set_result((int(head[9:12]), body, kept))

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_result((0, b"", False))

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes) -> tuple[int, bytes, bool]:
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        self._got = b""
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport:
            self._transport.close()


async def send(
    ports: Sequence[int],
    requests: Iterator[bytes],
    *,
    connections: int,
    seconds: float,
    rate: float | None = None,
) -> Load:
    """Send ``requests`` to the ``ports`` of this machine for so many ``seconds``, and wait for the last answers.

    With a ``rate``, so many begin in each second, whether earlier ones have been answered or not: each is due at some
    moment, and its time counts from there, so that a server that stalls is not spared what would have come meanwhile.
    """
    load, loop = Load(), asyncio.get_running_loop()
    began = time.perf_counter()
    number = 0

    def due() -> float | None:
        """Return when the next request is due; None when the time is over."""
        nonlocal number
        when = began + number / rate if rate else time.perf_counter()
        number += 1
        return when if when < began + seconds else None

    async def one(port: int) -> None:
        connection: _Connection | None = None
        while (when := due()) is not None and (request := next(requests, None)) is not None:
            if (early := when - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            if connection is None or not connection.is_open:
                try:
                    _, connection = await loop.create_connection(_Connection, "127.0.0.1", port)
                except OSError:
                    load.statuses[0] += 1
                    continue
            status, body, kept = await connection.ask(request)
            load.times.append(time.perf_counter() - when)
            load.statuses[status] += 1
            load.last = body or load.last
            if not kept:
                connection.close()
                connection = None
        if connection:
            connection.close()

    async with asyncio.timeout(seconds + PATIENCE):
        await asyncio.gather(*(one(ports[place % len(ports)]) for place in range(connections)))
    load.seconds = time.perf_counter() - began
    return load
