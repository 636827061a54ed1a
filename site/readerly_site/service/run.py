"""The service in a process of its own, as `readerly service run` starts it."""

import gc
import logging
import os
import socket
from contextlib import closing

import uvicorn

from readerly_site.listener import address, listen

from .app import create_app
from .logs import log_as_json
from .server import uvicorn_config
from .settings import Settings

log = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """Uvicorn in a process that does nothing else."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer. What has been made by then lives to the end: no reader waits until it is looked through."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()


def run(host: str, port: int, proxies: str | None) -> None:
    """Serve until asked to end, with the settings of the environment and these ``proxies``. Raises `ReaderlyError`."""
    log_as_json(os.environ.get("READERLY_LOG_LEVEL") or "info")
    settings = Settings.from_environment(os.environ)
    config = uvicorn_config(create_app(settings), trusted_proxies=proxies or settings.proxies, log_config=None)
    with closing(listen(host, port)) as listening:
        log.info("The service listens.", extra={"address": address(listening)})
        _Server(config).run(sockets=[listening])
