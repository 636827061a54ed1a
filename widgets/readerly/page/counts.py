"""What the service knows of the pages in view, asked for once and shared by every tag that shows it."""

import asyncio
from typing import Any, Callable, Iterator

from readerly.page import channel, retry, service, storage, work
from readerly.page.last_known import LastKnown

MOST = 100
"""Pages in one request; the service takes no more."""

last_known = LastKnown(storage.recall, storage.remember, work.clock)
"""What was told before, for when the service is away."""

_watchers: list[tuple[str, Any]] = []
_known: dict[str, dict[str, Any]] = {}
_wanted: list[str] = []
_asked: list[str] = []
_visits: list[str] = []
_visited: list[str] = []
_finished: list[str] = []
_changes: dict[str, int] = {}
_missed: list[str] = []
_after: list[Callable[[], Any]] = []

in_question: list[Callable[[str], bool]] = []
"""Functions that tell whether this reader's heart on a page is on its way: what others say of it may or may not
include it."""


def watch(path: str, shown: Any) -> Callable[[], None]:
    """Call `shown` whenever something is learnt of the page at `path`; return the function that ends it.

    `shown(facts, None)` gets what is known so far of {"hearts", "hearted", "views"}, and "at", when it was told, in
    milliseconds since 1970. `shown(facts, refused)` gets a `service.Refused` that says why nothing newer is known, and
    what was known at an earlier visit, or None.
    """
    channel.begin()
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


def finish(path: str) -> None:
    """Count that this reader has read the page at `path` to its end, once, if the service tells counts of it.

    It may be called again and again: what could not be sent is tried anew.
    """
    if path in _known and path not in _finished and retry.possible():
        _finished.append(path)
        asyncio.create_task(_finish(path))


async def _finish(path: str) -> None:
    try:
        await service.finished(path)
    except service.Refused as refused:
        if refused.passing:
            _finished.remove(path)


def _soon(paths: list[str], path: str) -> None:
    """Put `path` among those that are asked for together, once all tags that are being taken over have said theirs."""
    if not _wanted and not _visits:
        work.run(_asking())
    paths.append(path)


def _asking() -> Iterator[None]:
    asyncio.create_task(_ask())
    yield


def learn(pages: dict[str, dict[str, Any]]) -> None:
    """Take in newer facts of pages, by path, and tell every tag that shows them, in this tab and in the others."""
    _learn(pages)
    last_known.keep(pages)
    channel.tell("counts", pages)


def confirm(path: str, facts: dict[str, Any]) -> None:
    """Take in what the service has just set. An answer that was asked for before does not undo it."""
    _changes[path] = _changes.get(path, 0) + 1
    learn({path: facts})


def learn_live(pages: dict[str, dict[str, Any]]) -> None:
    """Take in what changes while the page is open, which says nothing of this reader."""
    told: dict[str, dict[str, Any]] = {}
    for path, facts in pages.items():
        names = ("views",) if any(asks(path) for asks in in_question) else ("views", "hearts")
        told[path] = {name: facts[name] for name in names if name in facts}
        _changes[path] = _changes.get(path, 0) + 1
    learn(told)


def refresh(path: str) -> None:
    """Ask anew for the counts of a page."""
    _soon(_wanted, path)


def watched(path: str) -> bool:
    """Return whether a tag shows counts of the page."""
    return any(each[0] == path for each in _watchers)


def afterwards(handler: Callable[[], Any]) -> None:
    """Call `handler()` after each answer of the service."""
    if handler not in _after:
        _after.append(handler)


def _heard(pages: dict[str, dict[str, Any]]) -> None:
    for path in pages:
        if path in _known:
            _changes[path] = _changes.get(path, 0) + 1
    _learn({path: pages[path] for path in pages if path in _asked})


def _learn(pages: dict[str, dict[str, Any]]) -> None:
    """Answers may overtake each other; views only grow, so the larger number is the newer one."""
    for path, facts in pages.items():
        merged = _known.get(path, {})
        before = merged.get("views", 0)
        merged.update(facts)
        if "views" in merged:
            merged["views"] = max(before, merged["views"])
        merged["at"] = work.clock()
        _known[path] = merged
        _tell(path, merged, None)


def _tell(path: str, facts: Any, why: Any) -> None:
    for watched, shown in list(_watchers):
        if watched == path:
            shown(facts, why)


async def _ask() -> None:
    """Ask for everything that is wanted, with one request for each `MOST` pages and one for each visit."""
    paths, visits = list(_wanted), list(_visits)
    _wanted.clear()
    _visits.clear()
    counting = [(path, asyncio.create_task(_count(path))) for path in visits]
    answer: dict[str, Any] = {}
    why = service.Refused("The service does not know this page.", 403)
    before = dict(_changes)
    try:
        for first in range(0, len(paths), MOST):
            answer.update(await service.pages(paths[first : first + MOST]))
    except service.Refused as refused:
        why = refused
    for path, counted in counting:
        views = await counted
        if views and path in answer:
            answer[path]["views"] = max(answer[path]["views"], views["views"])
        elif views:
            answer[path] = views
    for path in answer:  # now that nothing is waited for any more
        if before.get(path) != _changes.get(path):  # set, or told by another tab, since this was asked for
            answer[path] = {"views": answer[path]["views"]}
    if answer:
        learn(answer)
        for handler in _after:
            handler()
    for path in paths:
        if "hearts" not in answer.get(path, {}) and "hearts" not in _known.get(path, {}):
            _tell(path, last_known.of(path), why)
            if why.passing:
                _missed.append(path)
                retry.later(_ask_again)


def _ask_again() -> None:
    paths = list(_missed)
    _missed.clear()
    for path in paths:
        _soon(_wanted, path)


async def _count(path: str) -> dict[str, Any]:
    """Count a visit; return {"views": count}, or nothing where nobody counts: the article never suffers for it."""
    try:
        return await service.view(path)
    except service.Refused:
        return {}


channel.hear("counts", _heard)
