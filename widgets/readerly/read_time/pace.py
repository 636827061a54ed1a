"""One reader's pace, learned while they read.

    >>> pace = Pace("en")
    >>> round(pace.seconds_left(238))
    60
    >>> pace.observe(words=400, seconds=200)
    >>> 60 < pace.seconds_left(238) < 120
    True

The logarithm of a reader's pace is normally distributed about that of their language's readers, with a standard
deviation of `SPREAD`; the logarithm of the mean pace over w words scatters about the reader's own with a variance of
`NOISE` / w. The estimate is the mean of what is then known: the language's pace and the reader's, weighted by how much
each tells. A few sentences hardly move it, a few pages decide it.

Three things keep it calm and true. A step that is no reading (a pause, a leap) is left out, and one that is far from
the others counts as the most that is believable. What was read long ago weighs less. And the estimate is held while
what is known moves within a part of its own uncertainty, so that what is shown does not rise and fall with every step.
How each constant was chosen: docs/decisions/0013-how-a-pace-is-learned.md.
"""

import math

from readerly.read_time.rates import words_per_minute

SPREAD = 0.32
"""Standard deviation of log pace between readers. Eye-tracking corpora of adult readers give 0.24 to 0.32."""

NOISE = 4.0
"""Variance of the log of the mean pace over w words, times w. The same corpora give 4 to 8."""

SLOWEST, FASTEST = 40, 900
"""Words a minute that still are reading. Slower is a pause or a second reading, faster is a leap. Rayner and others
(2016, "So much to read, so little time", Psychological Science in the Public Interest 17) find no reading with full
understanding above some 500 words a minute; who skims goes faster."""

OUTLIER = 2.5
"""Standard deviations from what is expected after which a step counts as this far and no farther."""

MEMORY = 1500.0
"""Words after which an observation weighs a third (1 / e) of a new one: people tire, and texts change."""

WARM_UP, WARM_WORDS = 0.04, 200.0
"""By how much, in log pace, a text's beginning is read slower than its rest, and the words over which that fades."""

HOLD, HOLD_UP = 0.15, 4.0
"""The estimate is held within this many standard deviations of what is known; upwards, so many times as far."""


HALF = math.exp(0.6745 * SPREAD)
"""How many times the median reader's time bounds the middle half of all readers: the quartiles of a normal log pace."""


def middle_half(minutes: int) -> tuple[int, int]:
    """Return between how many whole minutes the middle half of all readers takes, if the median one takes `minutes`."""
    return max(1, int(minutes / HALF + 0.5)), int(minutes * HALF + 0.5)


class Pace:
    """Estimates the seconds a reader needs, from the language they read and the words they were seen to read."""

    def __init__(self, language: str = "en", usual: float = 0.0, spread: float = SPREAD) -> None:
        """Begin with the pace of the median reader of `language`, a BCP 47 tag.

        A reader who is known already begins with their own: `usual` is the expected logarithm of their pace over that
        of the language, `spread` its standard deviation (see `readerly.read_time.memory`).
        """
        self._expected = usual
        self._usual = 60 / words_per_minute(language) * math.exp(usual)
        self._worth = NOISE / (spread * spread)
        self._held: float | None = None
        self.total = 0.0
        """Words observed so far."""
        self.words = 0.0
        """Words observed so far, the older ones weighing less."""
        self.seconds = 0.0
        """Seconds those words took."""

    def observe(self, words: float, seconds: float) -> None:
        """Take that so many words were just read in so many seconds. What cannot be reading tells nothing."""
        if words <= 0 or seconds <= 0 or not SLOWEST <= words * 60 / seconds <= FASTEST:
            return
        known = self.words + self._worth
        far = OUTLIER * math.sqrt(NOISE / words + NOISE / known)
        step, expected = math.log(seconds / words / self._usual), self._own() * self.words / known
        step = max(expected - far, min(expected + far, step))
        kept = math.exp(-words / MEMORY)
        self.total += words
        self.words = self.words * kept + words
        self.seconds = self.seconds * kept + words * self._usual * math.exp(step)
        self._hold()

    def seconds_a_word(self) -> float:
        """Return the reader's estimated pace, in seconds per word."""
        return self._usual * math.exp(self._held or 0.0)

    def seconds_left(self, words: float) -> float:
        """Return the seconds this reader needs for so many more words."""
        return max(0.0, words) * self.seconds_a_word()

    def relative(self) -> float:
        """Return the logarithm of the pace observed over that of the language, as it will be once warmed up."""
        return self._expected + self._warm()

    def _warm(self) -> float:
        return self._own() - WARM_UP * math.exp(-self.total / WARM_WORDS) if self.words else 0.0

    def _own(self) -> float:
        return math.log(self.seconds / self.words / self._usual) if self.words else 0.0

    def _hold(self) -> None:
        """Move the estimate to the edge of the band about what is known, where it lies outside."""
        known = self.words + self._worth
        estimate = self._warm() * self.words / known
        if self._held is None:
            self._held = estimate
        band = HOLD * math.sqrt(NOISE / known)
        self._held = max(estimate - band * HOLD_UP, min(estimate + band, self._held))
