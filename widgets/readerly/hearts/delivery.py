"""Sends the hearts that wait, one at a time and by one tab at a time, and tells every tab what became of them."""

import asyncio
from typing import Any, Callable

from readerly.hearts.outbox import PREFIX, Outbox
from readerly.page import channel, counts, retry, service, storage
from readerly.page.browser import guard

outbox = Outbox(storage.recall, storage.remember, storage.keys, retry.pause.left)
"""The wishes of this browser's reader."""

PATIENCE = 1_000
"""Milliseconds that a tab leaves to the one in which the reader pressed."""

_sending: list[bool] = []
_troubles: dict[str, service.Refused] = {}
_watchers: list[tuple[str, Callable[[Any], Any]]] = []


def watch(path: str, shown: Callable[[Any], Any]) -> Callable[[], None]:
    """Call `shown(trouble)` whenever something happens to a wish for the page at `path`; return what ends it.

    `trouble` is the `service.Refused` that keeps the wish waiting, or that ended it; None: there is no trouble.
    """
    entry = (path, shown)
    _watchers.append(entry)

    def end() -> None:
        if entry in _watchers:
            _watchers.remove(entry)

    return end


def trouble(path: str) -> Any:
    """Return the `service.Refused` that keeps the wish for a page waiting; None: it is on its way, or there is none."""
    return _troubles.get(path) if outbox.wish(path) is not None else None


def lasts(path: str) -> bool:
    """Return whether a wish outlives this page; it does not where the browser refuses storage."""
    return storage.lasts(PREFIX + path)


def wish(path: str, on: bool) -> None:
    """Set this reader's heart on a page: now if it can be, else as soon as it can."""
    outbox.put(path, on)
    retry.pause.hurry()
    channel.tell("wish", {"path": path, "on": on})
    _troubles.pop(path, None)
    _tell(path, None)
    deliver()


def deliver() -> None:
    """Send what waits, unless that is under way."""
    if outbox.paths() and not _sending:
        _sending.append(True)
        asyncio.create_task(_deliver())


async def _deliver() -> None:
    give_back = await channel.hold("outbox")
    try:
        while True:
            first = outbox.next()
            if first is None or retry.offline():
                break
            await _send(first[0], first[1])
    finally:
        _sending.clear()
        give_back()
    for path in outbox.paths():
        _troubled(path, _troubles.get(path) or service.Refused(service.UNREACHABLE, 0))
        retry.later(deliver)


async def _send(path: str, on: bool) -> None:
    try:
        answer = await service.set_heart(path, on)
    except service.Refused as refused:
        if refused.passing or (refused.absent and counts.last_known.of(path)):  # it was there: it will be again
            if not refused.passing:
                retry.pause.failed()
            _troubled(path, refused)
            return
        outbox.refused(path)
        channel.tell("refused", {"path": path, "why": str(refused), "status": refused.status})
        _tell(path, refused)
        return
    outbox.confirmed(path, on)
    _troubles.pop(path, None)
    channel.tell("confirmed", {"path": path, "on": on})
    counts.confirm(path, {"hearts": int(answer["hearts"]), "hearted": bool(answer["on"])})
    _tell(path, None)


def _troubled(path: str, why: Any) -> None:
    _troubles[path] = why
    _tell(path, why)


def _tell(path: str, why: Any) -> None:
    for watched, shown in list(_watchers):
        if watched == path:
            shown(why)


def _wished(message: Any) -> None:
    """Another tab's wish is this tab's too: it is shown here, and sent from here should that tab be closed."""
    path = str(message["path"])
    outbox.hear(path, bool(message["on"]))
    _tell(path, None)
    guard.later(deliver, PATIENCE)


def _confirmed(message: Any) -> None:
    path = str(message["path"])
    outbox.confirmed(path, bool(message["on"]))
    _troubles.pop(path, None)
    _tell(path, None)


def _refused(message: Any) -> None:
    path = str(message["path"])
    outbox.refused(path)
    _tell(path, service.Refused(str(message["why"]), int(message["status"])))


counts.in_question.append(lambda path: outbox.wish(path) is not None)
channel.hear("wish", _wished)
channel.hear("confirmed", _confirmed)
channel.hear("refused", _refused)
