"""The port a server listens on, and the server that tells when it answers there."""

import asyncio
import errno
import socket
from collections.abc import Callable
from types import FrameType
from urllib.parse import urlsplit

import uvicorn

from readerly_site.errors import ReaderlyError
from readerly_site.reload import Reload

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""Where this machine reaches a server that listens at every address."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at `host` and `port` (0: any that is free); raise ReaderlyError when it cannot."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(where)
            listening.listen()
        except OSError:
            listening.close()
            raise
    except socket.gaierror:
        raise ReaderlyError(f"there is no address {host}; give one of this machine with --host") from None
    except (OSError, OverflowError) as error:
        raise ReaderlyError(_refusal(host, port, error)) from error
    return listening


def _refusal(host: str, port: int, error: OSError | OverflowError) -> str:
    match error:
        case OSError(errno=errno.EADDRINUSE):
            return (
                f"port {port} is used by another program; stop that one, or choose another port with --port {port + 1}"
            )
        case OSError(errno=errno.EACCES):
            return f"port {port} is not open to you; choose one above 1023 with --port"
        case OSError(errno=errno.EADDRNOTAVAIL):
            return f"{host} is no address of this machine; choose another with --host"
        case _:
            return f"cannot listen at {host} port {port}: {error}"


def address(listening: socket.socket) -> str:
    """Return the URL, without a path, at which this machine reaches the socket."""
    host, port = listening.getsockname()[:2]
    host = ANYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{port}"


class Server(uvicorn.Server):
    """Uvicorn, which calls `ready` when `url` really answers, and ends quietly when it is interrupted."""

    def __init__(self, config: uvicorn.Config, url: str, ready: Callable[[], None], reload: Reload) -> None:
        """Serve as `config` says; `reload` holds the connections that only their server can end."""
        super().__init__(config)
        self._url = urlsplit(url)
        self._ready = ready
        self._reload = reload
        self._announcing: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer."""
        await super().startup(sockets)
        if self.started:
            self._announcing = asyncio.create_task(self._announce())

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop after the requests in flight; at once when asked again."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self._reload.close()

    async def _announce(self) -> None:
        reader, writer = await asyncio.open_connection(self._url.hostname, self._url.port)
        writer.write(
            f"HEAD {self._url.path} HTTP/1.1\r\nHost: {self._url.netloc}\r\nConnection: close\r\n\r\n".encode()
        )
        await reader.readline()
        writer.close()
        self._ready()
