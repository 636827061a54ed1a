"""kill -9 under load, two hundred times: nothing that was acknowledged is lost, and nothing is counted twice."""

import asyncio
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from readerly_site.service import Settings
from readerly_site.service.database import Database
from readerly_site.service.keys import load_keys
from readerly_site.service.readers import Readers
from readerly_site.service.verify import verify

DATABASE = "readerly.sqlite3"
KILLS = int(os.environ.get("KILLS", "200"))
READERS = 8
PATIENCE = 60
"""Seconds for one service, which lives for less than one."""
PAGE = "/articles/a/"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"


class Reader:
    """Presses the heart on and off, and opens the page, as quickly as it is answered."""

    def __init__(self, name: str, token: str, chance: random.Random) -> None:
        self.name, self._token, self._chance = name, token, chance
        self.acknowledged = False
        """The state that was last acknowledged."""
        self.possible = {False}
        """The states the heart may be in: the acknowledged one, and one that was sent and not answered."""
        self.viewed = False
        self.wrong: list[AssertionError] = []

    async def come(self, port: int) -> None:
        """Open the page in a service that has just begun."""
        self._stream, self._to = await asyncio.open_connection("127.0.0.1", port)
        await self._view()

    async def press(self, answered: asyncio.Semaphore) -> None:
        """Go on until the service is killed."""
        try:
            while True:
                if self._chance.random() < 0.2:
                    await self._view()
                else:
                    wish = not self.acknowledged
                    self.possible |= {wish}
                    await self._send("PUT /api/heart", f'{{"on": {str(wish).lower()}}}')
                    self.acknowledged, self.possible = wish, {wish}
                answered.release()
        except (OSError, EOFError):
            pass  # it was killed
        except AssertionError as error:
            self.wrong.append(error)
        finally:
            self._to.close()

    async def _view(self) -> None:
        await self._send("POST /api/view", "")
        self.viewed = True

    async def _send(self, what: str, body: str) -> None:
        self._to.write(
            f"{what}?path={PAGE} HTTP/1.1\r\nHost: x\r\nUser-Agent: {BROWSER}\r\n"
            f"Authorization: Bearer {self._token}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = (await self._stream.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200"), head
        await self._stream.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))


async def load(port: int, readers: list[Reader], answers: int, process: int) -> None:
    """Let all readers press at once, and kill the service when so many of them were answered.

    Each is answered once before: a connection that the service has not taken yet outlives it, in the listening socket,
    and who waits there for an answer waits for the next service.
    """
    answered = asyncio.Semaphore(0)

    async def count() -> None:
        for _ in range(answers):
            await answered.acquire()

    try:
        await asyncio.gather(*(reader.come(port) for reader in readers))
        counting = asyncio.create_task(count())
        pressing = [asyncio.create_task(reader.press(answered)) for reader in readers]
        await asyncio.wait([counting, *pressing], return_when=asyncio.FIRST_COMPLETED)
        counted = counting.done()
    finally:
        with suppress(ProcessLookupError):  # who started it waits for its end
            os.kill(process, signal.SIGKILL)
    await asyncio.gather(*pressing)
    assert [error for reader in readers for error in reader.wrong] == []
    assert counted, "the service has ended by itself"


def check(file: Path, readers: list[Reader]) -> None:
    """Compare what is stored with what was acknowledged, and go on from what is stored."""
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        hearted = {row[0] for row in database.execute("SELECT reader FROM hearts")}
        opened = [row[0] for row in database.execute("SELECT reader FROM views GROUP BY reader")]
    for reader in readers:
        assert (reader.name in hearted) in reader.possible
        reader.acknowledged = reader.name in hearted
        reader.possible = {reader.acknowledged}
        assert not reader.viewed or reader.name in opened


@pytest.mark.timeout(900)  # it starts two hundred services, on a machine that may have other things to do
def test_nothing_acknowledged_is_lost_and_nothing_counted_twice(
    settings: Settings, listening: socket.socket, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "READERLY_DATABASE": settings.database,
        "READERLY_PAGES": str(settings.pages),
    }
    signer = Readers(load_keys(tmp_path / f"{DATABASE}.secret", None))
    chance = random.Random(6)
    readers = [Reader(name, signer.token(name), chance) for name in map(str, range(READERS))]
    command = [sys.executable, str(Path(__file__).with_name("killed.py")), str(listening.fileno())]
    with subprocess.Popen(
        command,
        env=environment,
        pass_fds=[listening.fileno()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as killed:
        assert killed.stdin
        assert killed.stdout
        for _ in range(KILLS):
            killed.stdin.write("another\n")
            process = int(killed.stdout.readline())
            pressed = load(listening.getsockname()[1], readers, chance.randrange(1, 40), process)
            asyncio.run(asyncio.wait_for(pressed, PATIENCE))
            check(tmp_path / DATABASE, readers)
        killed.stdin.close()
    with closing(Database(settings.database, 5)) as database:
        assert database.read_now(verify) == []
