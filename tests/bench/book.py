"""What was measured: each value of each series, and each visit that did not give one."""

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from playwright.sync_api import Error
from selenium.common.exceptions import WebDriverException

from readerly_site.errors import ReaderlyError


class Reading(NamedTuple):
    """One value of a series, and what is to be known about it."""

    series: str
    value: float
    note: str = ""


@dataclass
class Series:
    """The values of one thing, in the order they were measured, and the reasons why others are missing."""

    values: list[float] = field(default_factory=list[float])
    failures: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    """One for each value; empty where there is nothing to say of it."""

    @property
    def median(self) -> float | None:
        """The median, or None when there is no value at all."""
        return statistics.median(self.values) if self.values else None

    @property
    def note(self) -> str:
        """What is to be said of the value that is the median, or next to it."""
        middle = self.median
        if middle is None:
            return ""
        return min(zip(self.values, self.notes, strict=True), key=lambda pair: abs(pair[0] - middle))[1]


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
            for name, value, note in readings:
                self.series[name].values.append(value)
                self.series[name].notes.append(note)
                missing.remove(name)
        except (Error, WebDriverException, AssertionError, ReaderlyError) as error:
            why = str(error).strip().split("\n")[0]
        for name in missing:
            self.series[name].failures.append(why)
