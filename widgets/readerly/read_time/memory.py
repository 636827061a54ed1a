"""What is remembered of one reader's pace from article to article.

    >>> memory = learned(NOTHING, relative=0.3, words=800)
    >>> usual, spread = expected(memory)
    >>> 0.1 < usual < 0.3, spread < SPREAD
    (True, True)

A memory is two numbers, small enough to be shown to its owner: how much is known, and what. Log paces are relative to
the language's rate, so that a pace learned in one language serves in another. A reader's own level is normally
distributed with `SPREAD` about that rate, each article's with `WITHIN` about the reader's, and the mean over w words
with a variance of `NOISE` / w about the article's; what follows is Bayes' rule for normal distributions.
"""

import math
from typing import Any

from readerly.read_time.pace import NOISE, SPREAD

WITHIN = 0.16
"""Standard deviation of one reader's log pace from article to article. Eye-tracking corpora give 0.15 to 0.18."""

FADING = 0.9
"""What an article weighs once one more was read: some ten articles count, and who changes is followed."""

NOTHING = (0.0, 0.0)
"""The memory of a reader nobody knows: (precision, precision times log pace)."""

FARTHEST = 1.8
"""The largest log pace that is believed, six times faster or slower: beyond stands no reader but a damaged record."""


def expected(memory: tuple[float, float]) -> tuple[float, float]:
    """Return (usual, spread) of this reader's log pace in the next article, as `Pace` takes them."""
    variance = 1 / (1 / (SPREAD * SPREAD) + memory[0])
    return variance * memory[1], min(SPREAD, math.sqrt(variance + WITHIN * WITHIN))


def learned(memory: tuple[float, float], relative: float, words: float) -> tuple[float, float]:
    """Return the memory after an article in which `words` words, weighed by trust, went at log pace `relative`."""
    if words <= 0:
        return memory
    precision = 1 / (WITHIN * WITHIN + NOISE / words)
    return memory[0] * FADING + precision, memory[1] * FADING + precision * relative


def restored(record: Any) -> tuple[float, float]:
    """Return the memory that was stored as `record`; `NOTHING` where that is not one, whatever it is."""
    try:
        precision, product = float(record[0]), float(record[1])
    except (TypeError, ValueError, IndexError, KeyError):
        return NOTHING
    if not 0 < precision < 1e4 or not abs(product) <= FARTHEST * precision:
        return NOTHING
    return precision, product
