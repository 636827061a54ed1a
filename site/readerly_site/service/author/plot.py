"""Bars of a plot: where each stands in an SVG. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 120
"""The plot's own units; it is shown as wide as there is room."""

TOP, LEFT = 10, 44
"""Room above the highest bar, and for the numbers beside the bars."""


@dataclass(frozen=True)
class Bar:
    """One bar: its corner, its size, and the value and label it stands for."""

    x: float
    y: float
    width: float
    height: float
    value: int
    label: str


@dataclass(frozen=True)
class Plot:
    """Bars for the values of one kind, below a highest line."""

    name: str
    bars: Sequence[Bar]
    most: int
    """What the highest line stands for."""

    total: int
    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    left: int = LEFT


def plot(name: str, values: Sequence[tuple[str, int]]) -> Plot:
    """Return the plot of ``values``, labelled, from left to right. A value below nothing counts as none."""
    most = nice(max((value for _, value in values), default=0))
    step = (WIDTH - LEFT) / max(len(values), 1)
    bars: list[Bar] = []
    for place, (label, value) in enumerate(values):
        height = round((HEIGHT - TOP) * max(value, 0) / most, 1)
        bars.append(Bar(round(LEFT + place * step, 1), HEIGHT - height, round(step * 0.8, 1), height, value, label))
    return Plot(name, bars, most, sum(value for _, value in values))


def nice(value: int) -> int:
    """Return the next number at or above ``value`` that is easy to read: 1, 2 or 5 times a power of ten.

    >>> [nice(value) for value in (0, 1, 3, 7, 34, 51, 100, 101)]
    [1, 1, 5, 10, 50, 100, 100, 200]
    """
    scale = 1
    while True:
        for step in (1, 2, 5):
            if step * scale >= value:
                return step * scale
        scale *= 10
