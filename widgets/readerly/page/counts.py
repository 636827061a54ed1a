"""What the service knows of the pages in view, asked for once and shared by every tag that shows it."""

import asyncio
from typing import Any, Callable

from readerly.page import service

_watchers: list[tuple[str, Any]] = []
_known: dict[str, dict[str, Any]] = {}
_wanted: list[str] = []
_asked: list[str] = []


def watch(path: str, shown: Any) -> Callable[[], None]:
    """Call `shown` whenever something is learnt of the page at `path`; return the function that ends it.

    `shown(facts, None)` gets what is known so far of {"hearts", "hearted", "views"}; `shown(None, refused)` gets a
    `service.Refused` that says why nothing is known.
    """
    entry = (path, shown)
    _watchers.append(entry)
    if path in _known:
        shown(_known[path], None)
    if path not in _asked:
        _asked.append(path)
        _wanted.append(path)
        if len(_wanted) == 1:
            asyncio.create_task(_ask())

    def end() -> None:
        if entry in _watchers:
            _watchers.remove(entry)

    return end


def learn(path: str, facts: dict[str, Any]) -> None:
    """Take in newer facts of a page and tell every tag that shows them.

    Answers may overtake each other; views only grow, so the larger number is the newer one.
    """
    merged = _known.get(path, {})
    views = max(merged.get("views", 0), facts.get("views", 0))
    merged.update(facts)
    merged["views"] = views
    _known[path] = merged
    _tell(path, merged, None)


def _tell(path: str, facts: Any, why: Any) -> None:
    for watched, shown in list(_watchers):
        if watched == path:
            shown(facts, why)


async def _ask() -> None:
    """Ask for everything that was wanted in this turn of the event loop, with one request."""
    await asyncio.sleep(0)
    paths = list(_wanted)
    _wanted.clear()
    try:
        answer = await service.pages(paths)
    except service.Refused as refused:
        for path in paths:
            _tell(path, None, refused)
        return
    for path in paths:
        if path in answer:
            learn(path, answer[path])
        else:
            _tell(path, None, service.Refused("The service does not know this page.", 403))
