"""Isso, a service of comments with likes, run as its documentation says: behind gunicorn, with four workers."""

import json
import os
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .packages import Package
from .servers import free_port, wait_until_ready

ISSO = Package("pip", "isso", "0.14.0")
GUNICORN = Package("pip", "gunicorn", "27.0.1")
WORKERS = 4

SETTINGS = """
[general]
dbpath = {folder}/comments.db
host = http://localhost/
[server]
trusted-proxies = 127.0.0.1
[guard]
enabled = false
"""
"""Its defaults but for three: where its file is, that the load tool may say whom it stands for and post comments."""

PAGE = "/articles/a/"


@dataclass(frozen=True)
class Isso:
    """An Isso that runs, with comments to be liked."""

    port: int
    comments: list[int]
    file: Path

    def likes(self) -> int:
        """Return how many likes it shows, all comments together."""
        with closing(sqlite3.connect(self.file)) as database:
            return int(database.execute("SELECT sum(likes) FROM comments").fetchone()[0])

    def like(self, comment: int, reader: int) -> bytes:
        """Return the request of a reader who likes a comment."""
        return request(f"POST /id/{comment}/like", reader, "{}", "Content-Type: application/json\r\n")

    def count(self, reader: int) -> bytes:
        """Return the request that asks how many comments the page has."""
        return request("POST /count", reader, json.dumps([PAGE]), "Content-Type: application/json\r\n")


def request(what: str, reader: int, body: str, headers: str = "") -> bytes:
    """Return a request of a reader, who comes from a network of their own by way of a proxy."""
    return (
        f"{what} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address(reader)}\r\n"
        f"{headers}Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def address(reader: int) -> str:
    """Return the address of a reader: each in a /24 of their own, which is what either service looks at."""
    return f"{11 + (reader >> 16)}.{reader >> 8 & 255}.{reader & 255}.7"


@contextmanager
def isso(folder: Path, comments: int) -> Generator[Isso]:
    """Run Isso with so many comments on a page."""
    homes = [ISSO.install(), GUNICORN.install()]
    (folder / "isso.cfg").write_text(SETTINGS.format(folder=folder), encoding="utf-8")
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, homes)),
        "ISSO_SETTINGS": str(folder / "isso.cfg"),
    }
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", str(WORKERS), "--preload", "isso.run"]
    with (folder / "isso.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_until_ready(port, process)
            made = [_comment(port, number) for number in range(comments)]
            yield Isso(port, made, folder / "comments.db")
        finally:
            process.terminate()
            process.wait(30)


def _comment(port: int, number: int) -> int:
    body = json.dumps({"text": f"Comment {number}", "title": "An article"}).encode()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/new?uri={PAGE}", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return int(json.load(answer)["id"])
