"""How long a service that does not answer is left alone: twice as long after each failure, and no two browsers alike.

    >>> kept = {}
    >>> pause = Pause(kept.get, kept.__setitem__, lambda: 0.0, lambda: 1.0)
    >>> pause.failed()
    >>> pause.left()
    2000
    >>> pause.failed()
    >>> pause.left()
    4000
    >>> pause.ended()
    >>> pause.left()
    0

It is remembered for all tabs and the next pages: only one of them has to find out that nobody is there.
"""

from typing import Any, Callable

FIRST = 2_000
"""Milliseconds after the first failure, at most."""

LONGEST = 300_000
"""Milliseconds between two tries, at most, however often it failed."""

KEY = "away"


class Pause:
    """The time until the service may be asked again."""

    def __init__(
        self,
        recall: Callable[[str], Any],
        remember: Callable[[str, Any], Any],
        now: Callable[[], float],
        chance: Callable[[], float],
    ) -> None:
        """Keep the state by `recall(key)` and `remember(key, value)`, with the time in milliseconds from `now()`.

        `chance()` is between 0 and 1: a pause lasts from half of its length to the whole, so that readers who lost a
        service together do not come back together.
        """
        self._recall = recall
        self._remember = remember
        self._now = now
        self._chance = chance

    def left(self) -> int:
        """Return the milliseconds until the service may be asked again; 0 is now."""
        kept = self._recall(KEY)
        left = kept["until"] - self._now() if kept else 0
        return int(left) if 0 < left <= LONGEST else 0  # more than the longest: the clock was put back

    def failed(self, after: int = 0) -> None:
        """Begin a pause, longer than the one before. The service itself may ask for `after` milliseconds."""
        kept = self._recall(KEY)
        tries = kept["tries"] if kept else 0
        length = min(LONGEST, FIRST * 2 ** min(tries, 20))
        length = max(min(after, LONGEST), int(length * (0.5 + self._chance() / 2)))
        self._remember(KEY, {"tries": tries + 1, "until": int(self._now()) + length, "since": int(self._now())})

    def ended(self) -> None:
        """The service has answered: there is no pause."""
        if self._recall(KEY):
            self._remember(KEY, None)

    def hurry(self) -> None:
        """Something has changed (the network is back, a reader wants something): let a try through.

        Not sooner than `FIRST` after the last, so that a reader's clicks do not become a flood.
        """
        kept = self._recall(KEY)
        if kept:
            kept["until"] = min(kept["until"], kept["since"] + FIRST)
            self._remember(KEY, kept)
