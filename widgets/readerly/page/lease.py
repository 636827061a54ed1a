"""A lock that the tabs of a browser share through what they remember, for browsers without `navigator.locks`.

    >>> kept = {}
    >>> one, two = [Lease("x", owner, kept.get, kept.__setitem__, lambda: 0.0) for owner in ("1", "2")]
    >>> one.take(), two.take(), one.mine()
    (True, False, True)
    >>> one.give()
    >>> two.take()
    True

Two tabs that take it in the same instant both succeed; the later one overwrites the other. So a tab takes it, waits
`SETTLE`, and asks whether it is `mine`.
"""

from typing import Any, Callable

LENGTH = 15_000
"""Milliseconds after which a lease ends by itself: its tab was closed. Longer than a request may take."""

SETTLE = 50
"""Milliseconds after which a tab that was overwritten can see it."""


class Lease:
    """One tab's claim to a lock."""

    def __init__(
        self,
        name: str,
        owner: str,
        recall: Callable[[str], Any],
        remember: Callable[[str, Any], Any],
        now: Callable[[], float],
    ) -> None:
        """Claim the lock `name` for the tab `owner`; the time in milliseconds comes from `now()`."""
        self._key = "lease:" + name
        self._owner = owner
        self._recall = recall
        self._remember = remember
        self._now = now

    def take(self) -> bool:
        """Take the lock unless another tab has it; return whether this one has."""
        kept = self._recall(self._key)
        if kept and kept["owner"] != self._owner and 0 < kept["until"] - self._now() <= LENGTH:
            return False
        self._remember(self._key, {"owner": self._owner, "until": int(self._now()) + LENGTH})
        return True

    def mine(self) -> bool:
        """Return whether this tab has the lock."""
        kept = self._recall(self._key)
        return bool(kept) and kept["owner"] == self._owner

    def give(self) -> None:
        """Give the lock back, if it is still this tab's."""
        if self.mine():
            self._remember(self._key, None)
