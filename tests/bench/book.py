"""What was measured: each value of each series, and each visit that did not give one."""

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Error

Reading = tuple[str, float]
"""A series' name and one value of it."""


@dataclass
class Series:
    """The values of one thing, in the order they were measured, and the reasons why others are missing."""

    values: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def median(self) -> float | None:
        """The median, or None when there is no value at all."""
        return statistics.median(self.values) if self.values else None


class Book:
    """All series of a run, by name."""

    def __init__(self, names: Iterable[str]) -> None:
        self.series = {name: Series() for name in names}

    @property
    def failed(self) -> bool:
        """Whether any value is missing."""
        return any(series.failures for series in self.series.values())

    def take(self, expected: Iterable[str], readings: Iterator[Reading]) -> None:
        """Take in the readings of one visit. When it breaks off, each expected series it did not reach notes why."""
        missing = list(expected)
        why = "the visit ended without it"
        try:
            for name, value in readings:
                self.series[name].values.append(value)
                missing.remove(name)
        except (Error, AssertionError) as error:
            why = str(error).strip().split("\n")[0]
        for name in missing:
            self.series[name].failures.append(why)
