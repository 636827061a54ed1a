"""How Python asks a host and waits: by way of the page, which asks those that a sample's author allows.

`pyodide.http.pyfetch` gets there by itself. What waits without `await` does so by suspending Python, and says so in a
browser that cannot.
"""

import importlib
import io
from collections.abc import Callable
from typing import Any

from . import stdin
from .output import Outlet
from .patches import Patches

WAITING = (
    "This browser cannot suspend Python to wait for an answer. Write `from pyodide.http import pyfetch` and "
    "`response = await pyfetch(url)` instead."
)


def install(patches: Patches, outlet: Outlet) -> None:
    """Lead `urllib.request.urlopen` and `pyodide.http.open_url` to the page, by `patches`, with `outlet` flushed."""

    def answer(url: str, method: str, headers: dict[str, str], seconds: float | None) -> tuple[Any, bytes]:
        """Return the response to a request and its body; OSError is a sentence."""
        import asyncio

        http: Any = importlib.import_module("pyodide.http")
        if not stdin.can_wait():
            raise OSError(WAITING)

        async def asked() -> tuple[Any, bytes]:
            response = await http.pyfetch(url, method=method, headers=headers)
            return response, await response.bytes()

        outlet.flush()
        return stdin.wait(asyncio.wait_for(asked(), seconds))

    def open_url(url: str) -> io.StringIO:
        return io.StringIO(answer(url, "GET", {}, None)[1].decode())

    patches.replace("urllib.request", {"OpenerDirector._open": _opener(answer)})
    patches.replace("pyodide.http", {"open_url": open_url})


def _opener(answer: Callable[[str, str, dict[str, str], float | None], tuple[Any, bytes]]) -> Callable[..., Any]:
    """Return what stands in for `urllib.request.OpenerDirector._open`: `answer` gives responses, for http and https."""

    def opened(self: Any, request: Any, data: Any = None) -> Any:
        import email.message
        import urllib.error
        import urllib.response

        if request.type not in ("http", "https"):
            kind = f"{request.type}_open"
            return self._call_chain(self.handle_open, request.type, kind, request) or self._call_chain(
                self.handle_open, "unknown", "unknown_open", request
            )
        seconds = request.timeout if isinstance(request.timeout, int | float) else None
        try:
            response, body = answer(request.full_url, request.get_method(), dict(request.headers), seconds)
        except OSError as error:
            raise urllib.error.URLError(error if isinstance(error, TimeoutError) else str(error)) from None
        headers = email.message.Message()
        for name, value in response.headers.items():
            headers[name] = value
        found = urllib.response.addinfourl(io.BytesIO(body), headers, response.url, response.status)
        found.msg = response.status_text  # pyright: ignore[reportAttributeAccessIssue]
        return found

    return opened
