"""The hearts that wait: what a reader wished for and the service has not confirmed, the last wish for each page.

    >>> kept = {}
    >>> outbox = Outbox(kept.get, lambda key, on: kept.pop(key, None) if on is None else kept.update({key: on}),
    ...     lambda prefix: sorted(kept), lambda: 0)
    >>> outbox.put("/a", True)
    >>> outbox.put("/a", False)
    >>> outbox.next()
    ('/a', False)
    >>> outbox.confirmed("/a", False)
    >>> outbox.next() is None
    True

Each wish has a key of its own in what the browser remembers, so that two tabs never write over each other's.
"""

from typing import Any, Callable

PREFIX = "wish:"


class Outbox:
    """Wishes on their way, shared by all tabs. A wish leaves only when it is confirmed or refused for good."""

    def __init__(
        self,
        recall: Callable[[str], Any],
        remember: Callable[[str, Any], Any],
        keys: Callable[[str], list[str]],
        pause: Callable[[], int],
    ) -> None:
        """Keep wishes by `recall(key)`, `remember(key, on)`, where None forgets, and `keys(prefix)`.

        `pause()` is the milliseconds during which nothing is sent.
        """
        self._recall = recall
        self._remember = remember
        self._keys = keys
        self._pause = pause
        self._heard: dict[str, bool] = {}

    def put(self, path: str, on: bool) -> None:
        """Wish for a heart on the page at `path`, or for none, in place of what was wished before."""
        self._heard.pop(path, None)
        self._remember(PREFIX + path, on)

    def hear(self, path: str, on: bool) -> None:
        """Take in the wish of another tab, whose message may come before what it wrote can be read here."""
        self._heard[path] = on

    def wish(self, path: str) -> bool | None:
        """Return what waits to be sent for a page; None: nothing."""
        on = self._heard[path] if path in self._heard else self._recall(PREFIX + path)
        return on if isinstance(on, bool) else None

    def paths(self) -> list[str]:
        """Return the pages that a wish waits for."""
        kept = [key[len(PREFIX) :] for key in self._keys(PREFIX)]
        paths = kept + [path for path in sorted(self._heard) if path not in kept]
        return [path for path in paths if self.wish(path) is not None]

    def next(self) -> tuple[str, bool] | None:
        """Return what is to be sent now: path and wish. None: nothing, or not now."""
        if self._pause():
            return None
        for path in self.paths():
            return path, bool(self.wish(path))
        return None

    def confirmed(self, path: str, on: bool) -> None:
        """The service has set `on`. A newer wish for the page, which says otherwise, stays."""
        if self.wish(path) is on:
            self.refused(path)

    def refused(self, path: str) -> None:
        """The service will never do it, whatever is wished for this page."""
        self._heard.pop(path, None)
        self._remember(PREFIX + path, None)
