"""What the service knows of the pages in view, asked for once and shared by every tag that shows it."""

import asyncio
from typing import Any, Callable, Iterator

from readerly.page import service, work

_watchers: list[tuple[str, Any]] = []
_known: dict[str, dict[str, Any]] = {}
_wanted: list[str] = []
_asked: list[str] = []
_visits: list[str] = []
_visited: list[str] = []


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
        _soon(_wanted, path)

    def end() -> None:
        if entry in _watchers:
            _watchers.remove(entry)

    return end


def visit(path: str) -> None:
    """Count this reader's visit of the page at `path`, once however many tags want it.

    What is known of the page is told when both answers are here, so that its numbers appear together and stay.
    """
    if path not in _visited:
        _visited.append(path)
        _soon(_visits, path)


def _soon(paths: list[str], path: str) -> None:
    """Put `path` among those that are asked for together, once all tags that are being taken over have said theirs."""
    if not _wanted and not _visits:
        work.run(_asking())
    paths.append(path)


def _asking() -> Iterator[None]:
    asyncio.create_task(_ask())
    yield


def learn(path: str, facts: dict[str, Any]) -> None:
    """Take in newer facts of a page and tell every tag that shows them.

    Answers may overtake each other; views only grow, so the larger number is the newer one.
    """
    merged = _known.get(path, {})
    before = merged.get("views", 0)
    merged.update(facts)
    if "views" in merged:
        merged["views"] = max(before, merged["views"])
    _known[path] = merged
    _tell(path, merged, None)


def _tell(path: str, facts: Any, why: Any) -> None:
    for watched, shown in list(_watchers):
        if watched == path:
            shown(facts, why)


async def _ask() -> None:
    """Ask for everything that is wanted, with one request and one for each visit."""
    paths, visits = list(_wanted), list(_visits)
    _wanted.clear()
    _visits.clear()
    counting = [(path, asyncio.create_task(_count(path))) for path in visits]
    answer: dict[str, Any] = {}
    why = service.Refused("The service does not know this page.", 403)
    try:
        answer = await service.pages(paths) if paths else {}
    except service.Refused as refused:
        why = refused
    for path, counted in counting:
        views = await counted
        if views and path in answer:
            answer[path]["views"] = max(answer[path]["views"], views["views"])
        elif views:
            answer[path] = views
    for path in paths:
        if path not in answer:
            _tell(path, None, why)
    for path in answer:
        learn(path, answer[path])


async def _count(path: str) -> dict[str, Any]:
    """Count a visit; return {"views": count}, or nothing where nobody counts: the article never suffers for it."""
    try:
        return await service.view(path)
    except service.Refused:
        return {}
