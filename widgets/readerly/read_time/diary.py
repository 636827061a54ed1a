"""What this browser remembers of its owner's reading: their pace, and where they stopped.

It stays in the browser. It is written only on pages with a `<reading-pace>`, which shows it and forgets it on request,
and neither written nor read where the browser asks not to be tracked.
"""

from typing import Any, Callable

from readerly.page import storage
from readerly.page.browser import document, window
from readerly.read_time import memory, places

_watchers: list[Callable[[], None]] = []
_forgotten: list[bool] = []


def refused() -> bool:
    """Return whether the browser asks not to be tracked (Do Not Track, Global Privacy Control)."""
    navigator = window.navigator
    return str(getattr(navigator, "doNotTrack", "")) == "1" or bool(getattr(navigator, "globalPrivacyControl", False))


def _writable() -> bool:
    return not refused() and not _forgotten and bool(document.querySelector("reading-pace"))


def pace() -> tuple[float, float]:
    """Return the memory of the reader's pace, `memory.NOTHING` where there is none."""
    return memory.NOTHING if refused() else memory.restored(storage.recall("pace"))


def empty() -> bool:
    """Return whether nothing is remembered, neither a pace nor a place."""
    return storage.recall("pace") is None and not storage.recall("places")


def place(path: str) -> float | None:
    """Return the part (0 to 1) of the article at `path` after which the reader stopped, or None."""
    return None if refused() else places.found(storage.recall("places"), path)


def keep(path: str, before: tuple[float, float], relative: float, words: float, part: float) -> None:
    """Write down how this visit went: `words` at log pace `relative`, after the memory `before`, up to `part`."""
    if not _writable():
        return
    known = memory.learned(before, relative, words)
    if known != memory.NOTHING:
        storage.remember("pace", list(known))
    storage.remember("places", places.kept(storage.recall("places"), path, part))
    for watcher in list(_watchers):
        watcher()


def leave(path: str) -> None:
    """Forget where the reader stopped in the article at `path`."""
    storage.remember("places", places.kept(storage.recall("places"), path, 0))


def forget() -> None:
    """Forget everything, and write nothing more during this visit."""
    _forgotten.append(True)
    storage.remember("pace", None)
    storage.remember("places", None)


def watch(changed: Callable[[], Any]) -> Callable[[], None]:
    """Call `changed()` when something was written down; return the function that ends it."""
    _watchers.append(changed)

    def end() -> None:
        _watchers.remove(changed)

    return end
