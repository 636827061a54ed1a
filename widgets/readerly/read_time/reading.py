"""One reader's way through one article: what was in view, for how long, and so how much time is left.

Positions are words from the article's beginning, times are seconds on any clock that only goes forward. The caller says
what is in view whenever that changes; nothing here knows of a page or a clock:

    >>> reading = Reading(952)
    >>> reading.see(0, 200, at=0)
    >>> reading.minutes_left(at=0)
    4
    >>> reading.see(600, 800, at=100)
    >>> reading.minutes_left(at=100)
    1

Scrolling says little about reading: people skim, look ahead, and leave the page open. So what is known beforehand, the
pace of the language's readers, gives way only slowly to what is seen.
"""

from readerly.read_time.pace import SPREAD, Pace
from readerly.read_time.rates import words_per_minute

FASTEST = 3.0
"""How many times the usual rate still gets through a text: 714 words a minute in English, where Carver (1992, "Reading
rate: theory, research, and practical implications", Journal of Reading 36) puts scanning at 600. What was passed faster
counts as read only as time goes by."""

READING = 1.9
"""How many times the usual rate still is reading: 450 words a minute in English, which Carver calls skimming. Who goes
on faster than that is looking for something, which tells nothing of the pace at which they read."""

SLOWEST = 0.4
"""How many times the usual rate still is reading: 95 words a minute in English. A view that stands longer than its
words take at this rate is a page nobody looks at."""

TRUST = 0.1
"""What a word scrolled past tells of the reader's pace, against one surely read. It is weak evidence, and without any
weight long articles would never follow their reader: after 400 words the reader counts as much as their language."""

STRIDE = 30
"""Words the view has to move forward before that says something of the pace: less is a nudge of the wheel."""

TAIL = 10
"""Words at the end that may be out of view when the article counts as seen to its end; 1 % of it where that is less."""


class Reading:
    """Follows a reader through an article of so many words and estimates the time that is left."""

    def __init__(self, words: float, language: str = "en", usual: float = 0.0, spread: float = SPREAD) -> None:
        """Begin an article of `words` words (`Count.length` gives them with images and code weighed in).

        `usual` and `spread` say what is known of the reader already, as `Pace` takes them.
        """
        self.words = words
        self.pace = Pace(language, usual, spread)
        """What is known of this reader's pace."""
        self._rate = words_per_minute(language) / 60
        self._tail = words - min(TAIL, words / 100)
        self._first = 0.0
        self._last = 0.0
        self._at: float | None = None
        self._attentive = 0.0
        self._here = 0.0
        self._middle = 0.0
        self._point = 0.0
        self._scrolled = False
        self._done = False
        self._learned = (0.0, 0.0)
        self._shown: int | None = None

    def see(self, first_word: float, last_word: float, at: float) -> None:
        """Take that from the time `at` on the words from `first_word` to `last_word` are in view.

        To say the same view again changes nothing, so a caller may do it as often as it likes.
        """
        if self._at is not None and first_word == self._first and min(last_word, self.words) == self._last:
            return
        self.look_away(at)
        self._at = at
        self._first = first_word
        self._last = min(last_word, self.words)
        self._here = (first_word + self._last) / 2
        self._middle = max(self._middle, self._here)
        if self._last < self._tail:
            self._scrolled = True

    def look_away(self, at: float) -> None:
        """Take that from the time `at` on nothing is in view: another tab, or the window is not looked at."""
        self._point = self._reading_point(at)
        self._attentive = self._attention(at)
        self._done = self._done or self._credible(at)
        if self._at is not None and not self._end_in_view():
            self._learn()
        self._at = None

    def position(self, at: float) -> float:
        """Return the word up to which the article counts as read: as far as was seen, as time allows."""
        reachable = self._attention(at) * self._rate * FASTEST
        return min(max(self._middle, self._reading_point(at)), reachable)

    def seconds_left(self, at: float) -> float:
        """Return the seconds this reader needs from the time `at` to the end."""
        return self.pace.seconds_left(self.words - self.position(at))

    def seconds_ahead(self, at: float) -> float:
        """Return the seconds this reader needs, from the time `at`, for the text from the middle of the view on.

        Who jumps to a section wants to know what lies before them. `seconds_left` is the better guess at when they
        leave, because it does not believe a jump; as a label it would stand still while the text goes by.
        """
        return self.pace.seconds_left(self.words - max(self._here, self._reading_point(at)))

    def place(self, at: float) -> float:
        """Return the word at which the reader is at the time `at`: in the middle of the view.

        Who looks at the end without having read so far (for the comments, or to see how long it is) is where they were.
        """
        return self._here if self._last < self._tail else min(self._here, self.position(at))

    def progress(self) -> float:
        """Return how far the view has come on its way through the article, from 0 to 1."""
        ahead = self.words - (self._last - self._first)
        return 1.0 if self._last >= self._tail else min(1.0, self._first / ahead) if ahead > 0 else 0.0

    def minutes_left(self, at: float) -> int:
        """Return the whole minutes to show at the time `at`; 0 stands for less than a minute.

        They are those of `seconds_ahead`, to the nearest minute, as `Count.minutes` is, and steady: the number goes
        down when the estimate does, and up only when that has grown by a whole minute, so it never flickers.
        """
        minutes = self.seconds_ahead(at) / 60
        if self._shown is None or minutes < self._shown - 0.5 or minutes > self._shown + 1:
            self._shown = int(minutes + 0.5)
        return self._shown

    def finished(self, at: float) -> bool:
        """Return whether the reader is through.

        The end is in view and was scrolled to, or the article fits the window and there was time to read it. It stays
        so for one who turns back after reading, not for one who only looked how long the article is.
        """
        return self._done or self._credible(at) or (self._end_in_view() and self._scrolled)

    def _end_in_view(self) -> bool:
        return self._at is not None and self._last >= self._tail

    def _credible(self, at: float) -> bool:
        if not self._end_in_view():
            return False
        goal = self._middle if self._scrolled else self._tail
        return self.position(at) >= goal

    def _attention(self, at: float) -> float:
        if self._at is None:
            return self._attentive
        longest = (self._last - self._first) / (self._rate * SLOWEST)
        return self._attentive + max(0.0, min(at - self._at, longest))

    def _reading_point(self, at: float) -> float:
        # Only where everything fits the window: elsewhere those who read on scroll on, and the rest may just wait.
        if self._at is None or self._scrolled or not self._end_in_view():
            return self._point
        read = (self._attention(at) - self._attentive) / self.pace.seconds_a_word()
        return min(self._last, self._point + read)

    def _learn(self) -> None:
        words, seconds = self._middle - self._learned[0], self._attentive - self._learned[1]
        if words < STRIDE:
            return
        self._learned = (self._middle, self._attentive)
        if words <= seconds * self._rate * READING:
            self.pace.observe(words * TRUST, seconds * TRUST)
