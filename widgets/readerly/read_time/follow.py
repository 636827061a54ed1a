"""Follows one reader through one article of the page: counts its text from the DOM and watches what is in view."""

import asyncio
from typing import Any, Callable

from readerly.page.browser import document, window
from readerly.read_time.count import Count
from readerly.read_time.elements import ATTRIBUTES, SKIPPED, VOID
from readerly.read_time.reading import Reading

SLICE = 150
"""Nodes counted before the browser gets its turn again: some ten milliseconds."""


async def count_nodes(root: Any, language: str) -> Count:
    """Return the count of all that stands inside `root`, taken in slices so that the page stays responsive."""
    count = Count(language)
    node, left = root.firstChild, SLICE
    while node:
        below = None
        if node.nodeType == 3:
            count.text(str(node.data))
        elif node.nodeType == 1:
            below = _enter(count, node)
        if below is None:
            while node.nextSibling is None:
                node = node.parentNode
                if node.isSameNode(root):
                    return count
                count.end(str(node.localName))
            below = node.nextSibling
        node = below
        left -= 1
        if not left:
            left = SLICE
            await asyncio.sleep(0)
    return count


def _enter(count: Count, node: Any) -> Any:
    """Start the element `node`; return its first child where that is still to be walked."""
    name = str(node.localName)
    attributes: dict[str, Any] = {}
    if node.hasAttributes():
        attributes = {key: str(node.getAttribute(key)) for key in ATTRIBUTES if node.hasAttribute(key)}
    count.start(name, attributes)
    if name in VOID:
        return None
    if name == "pre":  # highlighting makes hundreds of elements of it, which mean nothing here
        count.text(str(node.textContent))
    elif name not in SKIPPED and node.firstChild is not None:
        return node.firstChild
    count.end(name)
    return None


class Follower:
    """What the page knows of its reader's way through the element `article`."""

    def __init__(self, article: Any, language: str) -> None:
        """Begin with `article` not counted yet."""
        self.article = article
        self.language = language
        self.count: Count | None = None
        self.reading: Reading | None = None
        self._watchers: list[Callable[[], None]] = []
        self.moved = False
        """Whether the reader has scrolled, here or before a reload."""

    async def begin(self) -> None:
        """Count the article."""
        self.count = await count_nodes(self.article, self.language)
        self.reading = Reading(self.count.length(), self.language)
        self.look()
        for counted in self._watchers:
            counted()
        self._watchers.clear()

    def when_counted(self, counted: Callable[[], None]) -> None:
        """Call `counted()` when the article is counted, at once if it is already."""
        if self.reading is not None:
            counted()
        else:
            self._watchers.append(counted)

    def now(self) -> float:
        """Return seconds on the page's own clock."""
        return float(window.performance.now()) / 1000

    def look(self) -> None:
        """Take in what is in view now."""
        self.moved = self.moved or float(window.scrollY) > 0
        if self.reading is None:
            return
        if document.hidden:
            self.reading.look_away(self.now())
            return
        box = self.article.getBoundingClientRect()
        height = max(1.0, float(box.height))
        words = self.reading.words
        first = min(1.0, max(0.0, -float(box.top) / height))
        last = min(1.0, max(0.0, (float(window.innerHeight) - float(box.top)) / height))
        self.reading.see(first * words, last * words, self.now())


_followers: list[Follower] = []


def follower(article: Any, language: str) -> tuple[Follower, bool]:
    """Return the one follower of `article`, and whether it is new and has to `begin`."""
    for known in _followers:
        if known.article.isSameNode(article):
            return known, False
    _followers[:] = [known for known in _followers if known.article.isConnected]
    made = Follower(article, language)
    _followers.append(made)
    return made, True
