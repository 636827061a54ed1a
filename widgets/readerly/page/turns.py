"""Long work in short steps: when a few milliseconds are used, the browser gets its turn."""

from typing import Any, Callable, Iterator

SLICE = 8
"""Milliseconds of work after which the browser's turn comes. The step that is under way then ends first."""


class Turns:
    """Takes the steps of generators, of one after the other."""

    def __init__(
        self, now: Callable[[], float], give: Callable[[bool], Any], report: Callable[[Exception], Any]
    ) -> None:
        """Read the time in milliseconds from `now()`.

        `give(patient)` lets the browser work and has `go` called after it: soon, unless all that is left is patient.
        `report(error)` gets what a generator raises, which ends that one alone.
        """
        self._now = now
        self._give = give
        self._report = report
        self._work: list[Iterator[None]] = []
        self._patient: list[Iterator[None]] = []

    def run(self, steps: Iterator[None], patient: bool = False) -> None:
        """Take the `steps` of a generator, after those that came before; patient ones when nothing else is left."""
        if not self._work and not self._patient:
            self._give(patient)
        (self._patient if patient else self._work).append(steps)

    def go(self) -> None:
        """Take steps until the time is used or none is left."""
        until = self._now() + SLICE
        while self._work or self._patient:
            queue = self._work or self._patient
            if self._ended(queue[0]):
                queue.pop(0)
            elif self._now() >= until:
                self._give(not self._work)
                return

    def _ended(self, steps: Iterator[None]) -> bool:
        """Take one step; return whether it was the last."""
        try:
            next(steps)
        except StopIteration:
            return True
        except Exception as error:
            self._report(error)
            return True
        return False
