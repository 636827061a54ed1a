"""Servers the browser tests read from: Readerly's own, a plain static one, and a witness of what reaches it."""

import functools
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path


def free_port() -> int:
    """Return a port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


AUTHOR = "the-token-of-the-tests-author"


class Readerly:
    """`readerly serve`, as an operator runs it: in a process of its own, with a database file that outlives it."""

    def __init__(self, source: Path, database: Path) -> None:
        self.source = source
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("readerly")), "serve", str(self.source), "--no-reload"]
        command += ["--port", str(self.port), "--database", f"sqlite:///{self.database}"]
        environment = {**os.environ, "READERLY_AUTHOR_TOKEN": AUTHOR}
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self._process.stdout
        said = ""
        for line in self._process.stdout:
            said += line
            if self.url in line:
                threading.Thread(target=self._process.stdout.read, daemon=True).start()
                return
        raise AssertionError(f"readerly serve ended before it was ready:\n{said}")

    def hearts(self, path: str) -> int:
        """Return how many hearts the service keeps for a page."""
        with urllib.request.urlopen(f"{self.url}/api/pages?path={path}") as answer:
            return int(json.load(answer)["pages"][path]["hearts"])

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None


class Quiet(http.server.SimpleHTTPRequestHandler):
    """`python -m http.server` without its log."""

    def log_message(self, format: str, *args: object) -> None:
        pass


class Threaded:
    """A server in a thread of this process, on a free port of the loopback interface."""

    def __init__(self, handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> None:
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Plain(Threaded):
    """A static host that knows nothing of Readerly and sends no special header: Python's own http.server."""

    def __init__(self, folder: Path) -> None:
        super().__init__(functools.partial(Quiet, directory=str(folder)))


class Api(Threaded):
    """Another host with data for everybody, as its `origin`; it remembers what it was asked, with which headers.

    /tea has an answer, /moved leads there, /away leads to `elsewhere`, /closed lets no other site read, /large has
    6 MB, and there is nothing else.
    """

    def __init__(self, elsewhere: str) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        asked = self.asked

        class Handler(Quiet):
            def do_GET(self) -> None:
                asked.append(
                    (f"{self.command} {self.path}", {name.lower(): self.headers[name] for name in self.headers})
                )
                leads = {"/moved": "/tea", "/away": elsewhere}.get(self.path)
                found = self.path in ("/tea", "/large", "/closed")
                self.send_response(302 if leads else 200 if found else 404, None if found or leads else "Gone for tea")
                if leads:
                    self.send_header("Location", leads)
                if self.path != "/closed":
                    self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(b" " * 6_000_000 if self.path == "/large" else b'{"minutes": 3}')

            do_POST = do_OPTIONS = do_GET

        super().__init__(Handler)
        self.origin = self.url.rstrip("/")


class Witness(Threaded):
    """Answers everything, to anyone, and remembers what was asked: code in the sandbox must not get here.

    At /ordinary it has a page without any policy, which is not remembered. It also hears packets of UDP, which is how
    WebTransport begins, and WebRTC; the first of each is remembered as /transport and /call.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(Quiet):
            def do_GET(self) -> None:
                ordinary = self.path.startswith("/ordinary")
                if not ordinary:
                    asked.append(self.path)
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Content-Type", "text/html" if ordinary else "text/javascript")
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>Ordinary</title>" if ordinary else b"")

            do_POST = do_HEAD = do_OPTIONS = do_GET

        super().__init__(Handler)
        self._packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._packets.bind(("127.0.0.1", self._server.server_port))
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()

    def _hear(self) -> None:
        while (packet := self._packets.recv(2048)) != b"stop":
            kind = "/call" if packet[4:8] == b"\x21\x12\xa4\x42" else "/transport"  # STUN's magic cookie, RFC 8489
            if kind not in self.asked:
                self.asked.append(kind)

    def stop(self) -> None:
        """End it."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
            own.sendto(b"stop", self._packets.getsockname())
        self._hearing.join()
        self._packets.close()
        super().stop()
