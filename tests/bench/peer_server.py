"""Serves the pages of others as `readerly serve` serves its own: the same uvicorn, the same files, compressed alike."""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Scope

from readerly_site.service import uvicorn_config
from readerly_site.static import SiteFiles

from ..browser.servers import free_port

PATIENCE = 30
"""Seconds after which a server that does not answer counts as failed."""


class PeerFiles(SiteFiles):
    """Files without our policy, which forbids what these pages do.

    They are not cross-origin isolated either: PyScript's manual has COOP and COEP headers for what needs shared memory,
    but they made neither page faster.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if "content-security-policy" in response.headers:
            del response.headers["content-security-policy"]
        return response


class PeerServer:
    """The server in a process of its own, as Readerly's is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-m", __name__, str(folder), str(self.port)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = subprocess.Popen(self._command)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/bare/"):
                    return
            except URLError as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    self.stop()
                    raise AssertionError(f"the server of the other pages did not start: {error.reason}") from error
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None


def main(folder: str, port: str) -> None:
    """Serve `folder` at `port` of the loopback interface until terminated."""
    app = Starlette(routes=[Mount("/", PeerFiles(Path(folder), policy=""))])
    uvicorn.Server(uvicorn_config(app, port=int(port))).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
