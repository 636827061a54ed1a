"""The counts of pages as the service last told them, for the time when it does not answer.

>>> kept = {}
>>> last = LastKnown(kept.get, kept.__setitem__, lambda: 5.0)
>>> last.keep({"/a": {"hearts": 3, "hearted": True, "views": 10}})
>>> last.of("/a") == {"hearts": 3, "hearted": True, "views": 10, "at": 5}
True
>>> last.of("/b") is None
True
"""

from typing import Any, Callable

MOST = 100
"""Pages that are remembered; what was told longest ago makes room."""

KEY = "counts"


class LastKnown:
    """What this browser remembers of counts."""

    def __init__(
        self, recall: Callable[[str], Any], remember: Callable[[str, Any], Any], now: Callable[[], float]
    ) -> None:
        """Keep it by `recall(key)` and `remember(key, value)`; the time in milliseconds comes from `now()`."""
        self._recall = recall
        self._remember = remember
        self._now = now

    def keep(self, pages: dict[str, dict[str, Any]]) -> None:
        """Remember the facts of pages, by path: those of "hearts", "hearted" and "views" that are told now."""
        kept = self._all()
        for path, told in pages.items():
            facts = kept.get(path, {})
            for name in ("hearts", "hearted", "views"):
                if name in told:
                    facts[name] = told[name]
            facts["at"] = int(self._now())
            kept[path] = facts
        for path in sorted(kept, key=lambda path: kept[path]["at"])[: max(0, len(kept) - MOST)]:
            del kept[path]
        self._remember(KEY, kept)

    def _all(self) -> dict[str, dict[str, Any]]:
        return self._recall(KEY) or {}

    def of(self, path: str) -> dict[str, Any] | None:
        """Return the facts of a page and "at", the time in milliseconds when they were told; None: never."""
        return self._all().get(path)
