"""How uvicorn serves the application, so that the service's promises hold."""

import asyncio
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import LOGGING_CONFIG

from .protocol import Hasty

GRACE = 10
"""Seconds that requests in flight have to finish when the server is asked to stop."""


def uvicorn_config(
    app: ASGIApp,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    trusted_proxies: str | None = None,
    log_config: dict[str, Any] | None = LOGGING_CONFIG,
) -> uvicorn.Config:
    """Return uvicorn's configuration for the service.

    There is no access log, since it would hold readers' addresses. ``X-Forwarded-*`` headers are believed only from
    ``trusted_proxies`` (addresses separated by commas): behind TLS, name the proxy, so that cookies are marked Secure,
    and that readers are not all counted as one. ``log_config`` is uvicorn's; None leaves logging as it is.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        log_config=log_config,
        proxy_headers=trusted_proxies is not None,
        forwarded_allow_ips=trusted_proxies,
        server_header=False,
        http=Hasty,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
    )


@contextmanager
def at_stop(stop: Callable[[], None]) -> Generator[None]:
    """Call ``stop`` when the process is asked to end, before the server waits for its open answers.

    The lifespan's own end comes after that waiting, and an event stream would never be waited for to the end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def on_signal(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)
        known = before[signal.Signals(number)]
        if callable(known):
            known(number, frame)

    for number, known in before.items():
        if callable(known):
            signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, known in before.items():
            if callable(known):
                signal.signal(number, known)


def allow_many_connections() -> None:
    """Let the process have as many open connections as the system allows; it often begins with about a thousand."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
