"""The other tabs of this browser: what one learns they all know at once, and what only one may do, one does."""

import asyncio
import json
from typing import Any, Callable

from readerly.page import storage, work
from readerly.page.browser import guard, window
from readerly.page.lease import SETTLE, Lease

_hearers: dict[str, Callable[[Any], Any]] = {}
_open: list[Any] = []


def begin() -> None:
    """Listen to the other tabs, from now on."""
    if _open:
        return
    _open.append(window.BroadcastChannel.new("readerly"))  # PyScript itself does not start without it
    _open[0].onmessage = _said


def tell(kind: str, value: Any) -> None:
    """Tell the other tabs `value`, anything JSON can hold; those that `hear` this kind get it."""
    text = json.dumps({"kind": kind, "value": value})
    begin()
    _open[0].postMessage(text)


def hear(kind: str, handler: Callable[[Any], Any]) -> None:
    """Call `handler(value)` on whatever another tab tells of this kind."""
    _hearers[kind] = handler


def _said(event: Any) -> None:
    message = json.loads(str(event.data))
    if message["kind"] in _hearers:
        _hearers[message["kind"]](message["value"])


async def hold(name: str) -> Callable[[], Any]:
    """Wait until this tab alone has the lock `name`; return what gives it back. A tab that is closed loses it."""
    back = await guard.hold("readerly:" + name)
    if back is not False:
        return back
    lease = Lease(name, str(window.Math.random()), storage.recall, storage.remember, work.clock)
    while True:
        if lease.take():
            await asyncio.sleep(SETTLE / 1000)
            if lease.mine():
                return lease.give
        await asyncio.sleep(SETTLE / 1000)
