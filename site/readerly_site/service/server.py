"""How uvicorn serves the application, so that the service's promises hold."""

import uvicorn
from starlette.types import ASGIApp

GRACE = 10
"""Seconds that requests in flight have to finish when the server is asked to stop."""


def uvicorn_config(
    app: ASGIApp, *, host: str = "127.0.0.1", port: int = 8000, trusted_proxies: str | None = None
) -> uvicorn.Config:
    """Return uvicorn's configuration for the service.

    There is no access log, since it would hold readers' addresses. ``X-Forwarded-*`` headers are believed only from
    ``trusted_proxies`` (addresses separated by commas): behind TLS, name the proxy, so that cookies are marked Secure.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        proxy_headers=trusted_proxies is not None,
        forwarded_allow_ips=trusted_proxies,
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
    )
