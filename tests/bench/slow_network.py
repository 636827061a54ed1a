"""A slow network on this machine: carries connections to local servers as a line of 10 Mbit/s and 40 ms would.

It stands outside the browser because DevTools' own throttling does not reach workers as it reaches pages, and is there
in Chromium only. All connections share one line in each direction. What it leaves out: packets that are lost, TCP's
slow start, TLS and names to look up.
"""

import asyncio
import contextlib
import threading

RATE = 10_000_000 / 8
"""Bytes a second, in each direction."""

ROUND_TRIP = 0.040
"""Seconds there and back; a new connection takes one before anything is sent."""

CHUNK = 16_384
"""Bytes that a connection sends before the others have their turn."""

AHEAD = 0.03
"""Seconds of the line that a connection may fill in advance, so that a late timer leaves no gap."""


class Line:
    """One direction of the line: a token bucket that holds nothing, and the way to the other end.

    Times are in seconds of any one clock.
    """

    def __init__(self, rate: float, delay: float) -> None:
        self.rate = rate
        self.delay = delay
        self._free = 0.0

    def send(self, now: float, size: int) -> tuple[float, float]:
        """Take `size` bytes at `now`; return when the last of them has left, and when it is there."""
        self._free = max(self._free, now) + size / self.rate
        return self._free, self._free + self.delay


class SlowNetwork:
    """Listens on a port of its own for each server it is given, in a thread of this process."""

    def __init__(self, rate: float = RATE, round_trip: float = ROUND_TRIP) -> None:
        self._up, self._down = Line(rate, round_trip / 2), Line(rate, round_trip / 2)
        self._round_trip = round_trip
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def to(self, port: int) -> str:
        """Return the address at which the local server at `port` is reached over the slow line."""
        made = asyncio.run_coroutine_threadsafe(self._listen(port), self._loop).result()
        return f"http://127.0.0.1:{made}"

    def stop(self) -> None:
        """Cut all connections and end the thread."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self, port: int) -> int:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # Only stop() cancels this, and asyncio would report it as an error.
            with contextlib.closing(writer), contextlib.suppress(asyncio.CancelledError):
                server_reader, server_writer = await asyncio.open_connection("127.0.0.1", port)
                with contextlib.closing(server_writer):
                    await asyncio.sleep(self._round_trip)  # the handshake
                    await asyncio.gather(
                        self._carry(reader, server_writer, self._up), self._carry(server_reader, writer, self._down)
                    )

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: Line) -> None:
        """Carry what one end says to the other, until it has said all."""
        there = self._loop.time()
        with contextlib.suppress(ConnectionError):
            while (data := await reader.read(CHUNK)) and not writer.is_closing():
                left, there = line.send(self._loop.time(), len(data))
                self._loop.call_at(there, arrive, writer, data)
                await asyncio.sleep(left - AHEAD - self._loop.time())
        await asyncio.sleep(there - self._loop.time())
        with contextlib.suppress(OSError):
            writer.write_eof()

    async def _cut(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # sockets close one turn of the loop after they were told to


def arrive(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Hand over what has come to the end of the line, if anybody is still there."""
    if not writer.is_closing():
        writer.write(data)
