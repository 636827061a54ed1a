"""Requests of this process, counted by who sends them, in windows of time that slide."""

import time
from dataclasses import dataclass, field

from limits import RateLimitItem

Names = tuple[str, ...]


@dataclass
class _Window:
    """Two windows of one limit that follow each other: who was counted, and how often."""

    number: int = 0
    now: dict[Names, int] = field(default_factory=dict[Names, int])
    before: dict[Names, int] = field(default_factory=dict[Names, int])


class Windows:
    """The counts of ``memory://``: the sliding window of `limits`, without looking for what has expired.

    A window that is over is dropped as a whole, so that counting costs the same however many are counted.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._windows: dict[RateLimitItem, _Window] = {}

    def hit(self, limit: RateLimitItem, *names: str) -> bool:
        """Count once more for ``names``; return False, and do not count, where ``limit`` allows no more."""
        length = limit.get_expiry()
        number, gone = divmod(time.time(), length)
        window = self._windows.get(limit)
        if window is None:
            window = self._windows[limit] = _Window(int(number))
        if window.number != number:
            window.before = window.now if window.number == number - 1 else {}
            window.now, window.number = {}, int(number)
        now = window.now.get(names, 0)
        if int(window.before.get(names, 0) * (1 - gone / length) + now) + 1 > limit.amount:
            return False
        window.now[names] = now + 1
        return True
