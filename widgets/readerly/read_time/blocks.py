"""Where an article's words stand in the window: which word is at a height, and where a word is.

Nothing is remembered of the layout. A look asks for the place of some twenty blocks, found by halving, so fonts, late
images, a narrower window and samples that grow under their output need no attention.
"""

from typing import Any

APART = 15.0
"""Words from one block to the next that is worth keeping: a list of links has hundreds of elements and few words."""


class Blocks:
    """The blocks of one article, in order: paragraphs, headings, pictures, code."""

    def __init__(self, article: Any) -> None:
        """Begin with the element `article` as the only block."""
        self._article = article
        self._elements: list[Any] = [article]
        self._starts: list[float] = [0.0]
        self._end = 0.0

    def begin(self, element: Any, words: float) -> None:
        """Take that a block begins after so many words; of those that begin at one place the last is the innermost."""
        if words == self._starts[-1]:
            self._elements[-1] = element
        elif words >= self._starts[-1] + APART:
            self._elements.append(element)
            self._starts.append(words)

    def finish(self, words: float) -> None:
        """Take that the article has so many words."""
        self._end = words

    def _top(self, index: int) -> float:
        """Return the height in the window at which a block begins; one that is not shown is where the next one is."""
        while index < len(self._elements):
            box = self._elements[index].getBoundingClientRect()
            if box.height or box.width:
                return float(box.top)
            index += 1
        return float(self._article.getBoundingClientRect().bottom)

    def word_at(self, height: float) -> float:
        """Return the word at a height in the window, in CSS pixels from its upper edge; 0 and the last at the ends."""
        low, high = 0, len(self._elements)
        if self._top(0) >= height:
            return 0.0
        while high - low > 1:
            middle = (low + high) // 2
            if self._top(middle) < height:
                low = middle
            else:
                high = middle
        top, bottom = self._top(low), self._top(high)
        start = self._starts[low]
        end = self._starts[high] if high < len(self._starts) else self._end
        part = min(1.0, (height - top) / max(1.0, bottom - top))
        return start + (end - start) * part

    def height_of(self, word: float) -> float:
        """Return the height in the window at which a word stands."""
        index = self._index(word)
        top, bottom = self._top(index), self._top(index + 1)
        last = index + 1 == len(self._starts)
        words = (self._end if last else self._starts[index + 1]) - self._starts[index]
        return top + (bottom - top) * min(1.0, (word - self._starts[index]) / max(1.0, words))

    def block_of(self, word: float) -> Any:
        """Return the element of the block that a word stands in."""
        return self._elements[self._index(word)]

    def _index(self, word: float) -> int:
        found = 0
        while found + 1 < len(self._starts) and self._starts[found + 1] <= word:
            found += 1
        return found
