"""Counts what a text asks of its reader, and says how many minutes that is.

The build feeds a `Count` from an HTML parser and the page feeds one from the DOM, so both give the same number:

    >>> count = Count()
    >>> count.start("p", {})
    >>> count.text("Five words make two seconds.")
    >>> count.end("p")
    >>> count.words, count.minutes()
    (5, 1)

Reading seconds are the sum of these rules:

- words: at the rate of the language of the nearest `lang`, `readerly.read_time.rates`; for English 238 a minute
  (Brysbaert, 2019). Hangul counts by word, as Korean writes it; Thai, Lao, Khmer and Burmese by the letters of a word.
- Chinese and Japanese characters: 335 and 483 a minute; these scripts put no spaces between words.
- images: Medium's 12 seconds for the first, 11 for the second, down to 3 for the tenth and every later one.
- code blocks: `SECONDS_A_LINE` for each line with something on it, up to `SECONDS_A_BLOCK` for one block.
- tables: their words, up to `SECONDS_A_BLOCK` for one table: nobody reads a thousand rows.
- formulas (`<math>`): `SECONDS_A_FORMULA` in running text, three times that for one that stands alone.
- quotations, lists, headings, captions: their words, as any others.

What a reader does not see, or sees but does not read as part of the article, counts nothing; the rules for each element
are in `readerly.read_time.elements`.
"""

from typing import Any

from readerly.read_time.elements import (
    CLOSES_P,
    CODE,
    IMPLIED,
    INLINE,
    VOID,
    is_decoration,
    is_formula,
    is_picture,
    is_unread,
)
from readerly.read_time.rates import characters_per_minute, words_per_minute
from readerly.read_time.words import measure

SECONDS_A_LINE = 2.0
"""Seconds for a line of code: about eight words' worth of prose. A line is the unit because code's words are not
prose's words, and one line of data may hold thousands of them. No measurement of how long readers of an article look at
its code was found; this is an assumption."""

SECONDS_A_BLOCK = 120.0
"""Seconds for one code block or table at most: what is longer than a screen or two is skimmed."""

SECONDS_A_FORMULA = 3.0
"""Seconds for a formula in running text, about a dozen words' worth; an assumption, as for code."""

_READ, _SKIP, _CODE, _CLOSED = 0, 1, 2, 3
"""How the content of an open element is taken; `_CLOSED` is a `<details>` that shows its `<summary>` only."""


class Count:
    """Takes an article as a stream of start, text and end events and keeps its totals. Every total is O(1) to ask for.

    Events need not be well nested: an end that nothing opened is ignored, one that others were left open inside closes
    those too. Nothing recurses, so depth is not limited.
    """

    def __init__(self, language: str = "en") -> None:
        """Count text in `language`, a BCP 47 tag."""
        self.words = 0
        """Words outside code blocks, in scripts that part them by spaces."""
        self.characters = 0
        """Chinese characters, kanji and kana outside code blocks."""
        self.images = 0
        """Images, drawings and charts that stand for something; decoration and icons are not among them."""
        self.lines = 0
        """Lines of code with something on them."""
        self.formulas = 0
        """Formulas outside code blocks."""
        self._pace = 60 / words_per_minute(language)
        self._reading = 0.0
        self._looking = 0.0
        self._coding = 0.0
        self._block = 0.0
        self._in_word = False
        self._in_line = False
        self._open: list[str] = []
        self._modes = [_READ]
        self._languages = [language]
        self._tables = 0
        self._before_table = 0.0

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """Take a start tag, its name in lower case. A bare attribute has any value, None included."""
        if name not in INLINE:
            self._part()
            last = self._open[-1] if self._open else ""
            if last in IMPLIED.get(name, ()) or (last == "p" and name in CLOSES_P):
                self.end(last)
        mode = self._mode_of(name, attributes, self._modes[-1])
        if name in VOID:
            return
        self._open.append(name)
        self._modes.append(mode)
        self._languages.append(attributes.get("lang") or self._languages[-1])
        if name == "table":
            if not self._tables:
                self._before_table = self._reading
            self._tables += 1

    def text(self, data: str) -> None:
        """Take text, character references resolved. One run of text may come in several pieces."""
        mode = self._modes[-1]
        if mode == _CODE:
            self._code(data)
        elif mode == _READ and data:
            words, characters, starts, ends, kana = measure(data)
            if words and starts and self._in_word:
                words -= 1
            self.words += words
            self.characters += characters
            self._in_word = ends
            language = self._languages[-1]
            self._reading += words * 60 / words_per_minute(language)
            if characters:
                self._reading += characters * 60 / characters_per_minute(language, kana)

    def end(self, name: str) -> None:
        """Take an end tag: close the nearest open element of that name, and all that is open inside it."""
        if name not in INLINE:
            self._part()
        if name not in self._open:
            return
        while self._open:
            self._modes.pop()
            self._languages.pop()
            closed = self._open.pop()
            if closed == "table":
                self._tables -= 1
                if not self._tables:
                    self._reading = min(self._reading, self._before_table + SECONDS_A_BLOCK)
            if closed == name:
                return

    def seconds(self) -> float:
        """Return the seconds that the median reader takes for all there was so far."""
        return self._reading + self._looking + self._coding

    def length(self) -> float:
        """Return how many words of plain text would take as long: the unit in which the live read time measures."""
        return self.seconds() / self._pace

    def minutes(self) -> int:
        """Return whole minutes, at least 1, rounded to the nearest, halves up.

        Nearest, because readers differ by a quarter either way whatever the constant: rounding up would only add half a
        minute of error to every text, a quarter of a two-minute one.
        """
        return max(1, int(self.seconds() / 60 + 0.5))

    def _part(self) -> None:
        self._in_word = False
        self._in_line = False

    def _mode_of(self, name: str, attributes: dict[str, Any], outer: int) -> int:
        """Return how the element's content is taken, and count the element itself where it is a picture."""
        if outer == _SKIP or (outer == _CLOSED and name != "summary"):
            return _SKIP
        if outer == _CODE and name == "pre":
            return _CODE  # a sample's source counts even while an editor stands in its place and hides it
        if is_unread(name, attributes):
            return _SKIP
        if is_picture(name, attributes):
            if not is_decoration(name, attributes):
                self._looking += max(3, 12 - self.images)
                self.images += 1
            return _SKIP
        if is_formula(name, attributes):
            self._looking += SECONDS_A_FORMULA * (3 if attributes.get("display") == "block" else 1)
            self.formulas += 1
            return _SKIP
        if name in CODE:
            self._block = 0.0
            return _CODE
        if name == "details" and "open" not in attributes:
            return _CLOSED
        return _READ if outer == _CLOSED else outer

    def _code(self, data: str) -> None:
        for place, piece in enumerate(data.encode().split(b"\n")):
            if place:
                self._in_line = False
            if not self._in_line and piece.strip():
                self._in_line = True
                self.lines += 1
                seconds = min(SECONDS_A_LINE, SECONDS_A_BLOCK - self._block)
                self._block += seconds
                self._coding += seconds
