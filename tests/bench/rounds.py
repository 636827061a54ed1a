"""The rounds: each makes all journeys in turn, so that a machine that becomes slower does so for all."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import machine
from .book import Book, Reading
from .browsers import Engine
from .conditions import FREE, Condition
from .journeys import Plan
from .visit import Visits

LIMIT = 2_700
"""Seconds after which no further round begins: twice what seven take on two cores, so that a median is of seven."""


@dataclass(frozen=True)
class Sites:
    """The addresses of Readerly's own server and of the others', directly and over the slow network."""

    ours: str
    others: str
    ours_slow: str
    others_slow: str

    def url(self, plan: Plan, condition: Condition) -> str:
        """Return where a journey goes."""
        direct, slow = (self.ours, self.ours_slow) if plan.ours else (self.others, self.others_slow)
        return slow if condition.slow_network else direct


def measure(
    found: Engine, sites: Sites, plans: Sequence[Plan], book: Book, rounds: int, patience: float
) -> list[list[float | None]]:
    """Measure into `book`; return, for each round, the share of the machine that others used before each visit.

    A round before the others warms up servers and files, and is not counted. Before each visit this waits up to
    `patience` seconds for the machine to be quiet.
    """
    began = time.monotonic()
    busy: list[list[float | None]] = []
    for number in range(rounds + 1):
        if number > 1 and time.monotonic() - began > LIMIT:
            tell(f"Out of time after {number - 1} of {rounds} rounds")
            break
        tell(f"Round {number} of {rounds}" if number else "A round to warm up, not counted")
        kept = book if number else Book(names(plans))
        shares: list[float | None] = []
        for plan in plans:
            if plan.once and number != 1:
                continue
            for condition in plan.conditions if number else {FREE} & set(plan.conditions):
                shares.append(machine.quiet(patience if number else 0))
                url = sites.url(plan, condition)
                visits = found.watch if plan.watched else found.visit
                kept.take(plan.names(condition), readings(visits, url, plan, condition))
        busy += [shares] if number else []
    return busy


def names(plans: Sequence[Plan]) -> list[str]:
    """Return the names of all series that the plans give."""
    return [name for plan in plans for condition in plan.conditions for name in plan.names(condition)]


def readings(visits: Visits, url: str, plan: Plan, condition: Condition) -> Iterator[Reading]:
    """Make one journey in a visit of its own; yield what it gives under the names that the book knows."""
    with visits(url, condition) as visit:
        for name, value, note in plan.journey(visit):
            yield Reading(condition.of(f"{plan.subject}.{name}"), value, note)


def tell(text: str) -> None:
    """Tell the person who waits; standard output is for the tables."""
    print(text, file=sys.stderr, flush=True)
