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
"""

import math

from readerly.read_time.rates import words_per_minute

SPREAD = 0.3
"""Standard deviation of log pace between readers. Eye-tracking corpora of adult readers give 0.24 to 0.32."""

NOISE = 6.0
"""Variance of the log of the mean pace over w words, times w. The same corpora give 4 to 8."""


class Pace:
    """Estimates the seconds a reader needs, from the language they read and the words they were seen to read."""

    def __init__(self, language: str = "en") -> None:
        """Begin with the pace of the median reader of `language`, a BCP 47 tag."""
        self._usual = 60 / words_per_minute(language)
        self.words = 0.0
        """Words observed so far."""
        self.seconds = 0.0
        """Seconds observed so far."""

    def observe(self, words: float, seconds: float) -> None:
        """Take that so many words were just read in so many seconds. What is not positive tells nothing."""
        if words > 0 and seconds > 0:
            self.words += words
            self.seconds += seconds

    def seconds_a_word(self) -> float:
        """Return the reader's estimated pace, in seconds per word."""
        if not self.words:
            return self._usual
        weight = self.words / (self.words + NOISE / (SPREAD * SPREAD))
        return self._usual * math.exp(weight * math.log(self.seconds / self.words / self._usual))

    def seconds_left(self, words: float) -> float:
        """Return the seconds this reader needs for so many more words."""
        return max(0.0, words) * self.seconds_a_word()
