"""Readers with a page open: what 5,000 event streams cost one service process, and how soon they hear of a heart.

`python -m tests.bench.streams [STREAMS]` prints a line for each number, and ends by itself.
"""

import asyncio
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

STREAMS = 5_000
HEARTS = 20
"""Hearts given while all streams are open, one after the other."""

PATIENCE = 60.0
"""Seconds within which everything has to happen."""

PAGE = "/articles/a/"


@contextmanager
def service(folder: Path, database: str | None = None) -> Generator[tuple["subprocess.Popen[bytes]", int]]:
    """Run a service of its own in ``folder``; give the process and its port."""
    (folder / "pages.json").write_text(f'{{"pages": [{{"path": "{PAGE}"}}]}}')
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "READERLY_DATABASE": database or f"sqlite:///{folder / 'readerly.sqlite3'}",
            "READERLY_PAGES": str(folder / "pages.json"),
            "READERLY_SECRET": "a-key-of-the-measurement",
        }
        command = [sys.executable, "-m", "uvicorn", "--factory", "readerly_site.service:from_environment"]
        options = ["--no-access-log", "--log-level", "warning", "--fd", str(listening.fileno())]
        process = subprocess.Popen(
            [*command, *options], env=environment, pass_fds=[listening.fileno()], stderr=subprocess.DEVNULL
        )
        try:
            yield process, listening.getsockname()[1]
        finally:
            process.terminate()
            process.wait(30)


def resident(process: int) -> float:
    """Return the process's resident memory in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def ask(port: int, what: str, headers: str = "", body: str = "") -> bytes:
    """Send one request; return the body of its answer."""
    stream, to = await asyncio.open_connection("127.0.0.1", port)
    to.write(
        f"{what} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"{headers}Content-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    answer = await stream.read()
    to.close()
    assert answer.startswith(b"HTTP/1.1 2"), answer
    return answer.partition(b"\r\n\r\n")[2]


class Reader(asyncio.Protocol):
    """One open stream, which counts the hearts it has heard of."""

    def __init__(self, heard: "Heard") -> None:
        self._heard = heard

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(f"GET /api/events?path={PAGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        if b'"hearts":' in data:
            self._heard.note(int(data.rpartition(b'"hearts":')[2].partition(b",")[0]))

    def connection_lost(self, exc: Exception | None) -> None:
        self._heard.lost += 1


class Heard:
    """How many streams have heard of so many hearts."""

    def __init__(self, streams: int) -> None:
        self._streams, self._counts, self._all = streams, dict[int, int](), dict[int, asyncio.Event]()
        self.lost = 0

    def note(self, hearts: int) -> None:
        """Note that one stream has heard of ``hearts`` hearts."""
        self._counts[hearts] = self._counts.get(hearts, 0) + 1
        if self._counts[hearts] == self._streams:
            self.whole(hearts).set()

    def whole(self, hearts: int) -> asyncio.Event:
        """Return the event that is set when all have heard of so many."""
        return self._all.setdefault(hearts, asyncio.Event())


async def measure(port: int, process: int, streams: int) -> dict[str, float]:
    """Open the streams, give hearts, and return what was measured."""
    async with asyncio.timeout(PATIENCE):
        token = (await ask(port, "POST /api/reader")).decode().split('"')[3]
        before = resident(process)
        heard, loop = Heard(streams), asyncio.get_running_loop()
        began = time.perf_counter()
        opened: list[asyncio.Transport] = []
        for start in range(0, streams, 250):
            some = [
                loop.create_connection(lambda: Reader(heard), "127.0.0.1", port)
                for _ in range(min(250, streams - start))
            ]
            opened += [transport for transport, _ in await asyncio.gather(*some)]
        await heard.whole(0).wait()
        open_in = time.perf_counter() - began
        memory, delays = resident(process), list[float]()
        for number in range(1, HEARTS + 1):
            reader = (await ask(port, "POST /api/reader")).decode().split('"')[3]
            began = time.perf_counter()
            await ask(port, f"PUT /api/heart?path={PAGE}", f"Authorization: Bearer {reader}\r\n", '{"on": true}')
            await heard.whole(number).wait()
            delays.append(time.perf_counter() - began)
        await ask(port, f"PUT /api/heart?path={PAGE}", f"Authorization: Bearer {token}\r\n", '{"on": true}')
        after = resident(process)
        for transport in opened:
            transport.close()
    delays.sort()
    return {
        "streams": streams,
        "cut off": heard.lost,
        "all open after, s": round(open_in, 2),
        "memory before, MB": round(before, 1),
        "memory with all open, MB": round(memory, 1),
        "memory after the hearts, MB": round(after, 1),
        "heart until all have heard, median ms": round(delays[len(delays) // 2] * 1000),
        "heart until all have heard, slowest ms": round(delays[-1] * 1000),
    }


def run(streams: int = STREAMS) -> dict[str, float]:
    """Measure a service of its own. As many files may be open in it, and here, as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as (process, port):
            return asyncio.run(measure(port, process.pid, streams))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


if __name__ == "__main__":
    for name, value in run(int(sys.argv[1]) if sys.argv[1:] else STREAMS).items():
        print(f"{name}: {value}")
