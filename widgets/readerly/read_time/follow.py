"""Follows one reader through one article of the page: counts its text from the DOM and watches what is in view."""

from typing import Any, Callable, Iterator

from readerly.page import service, spoken, work
from readerly.page.browser import document, to_js, window
from readerly.read_time import diary, memory
from readerly.read_time.blocks import Blocks
from readerly.read_time.count import Count
from readerly.read_time.elements import ATTRIBUTES, INLINE, SKIPPED, VOID
from readerly.read_time.rates import words_per_minute
from readerly.read_time.reading import Reading

SCROLLED = 100
"""Milliseconds between two looks at a reader who scrolls; nobody reads minutes more often, and the bar glides."""


class Walk:
    """Walks through an article's nodes and counts them."""

    def __init__(self, article: Any, language: str) -> None:
        """Begin at the article's first node."""
        self.count = Count(language)
        self.blocks = Blocks(article)
        self._article = article

    def steps(self) -> Iterator[None]:
        """Walk to the end, a block in each step, so that the page stays responsive however long the article is."""
        node = self._article.firstChild
        while node:
            below = None
            if node.nodeType == 3:
                self.count.text(str(node.data))
            elif node.nodeType == 1:
                name = str(node.localName)
                if name not in INLINE:
                    yield
                below = self._enter(node, name)
            if below is None:
                while node.nextSibling is None:
                    node = node.parentNode
                    if node.isSameNode(self._article):
                        self.blocks.finish(self.count.length())
                        return
                    self.count.end(str(node.localName))
                below = node.nextSibling
            node = below

    def _enter(self, node: Any, name: str) -> Any:
        """Start the element `node`; return its first child where that is still to be walked."""
        if name not in INLINE:
            self.blocks.begin(node, self.count.length())
        attributes: dict[str, Any] = {}
        if node.hasAttributes():
            attributes = {key: str(node.getAttribute(key)) for key in ATTRIBUTES if node.hasAttribute(key)}
        self.count.start(name, attributes)
        if name in VOID:
            return None
        if name == "pre":  # highlighting makes hundreds of elements of it, which mean nothing here
            self.count.text(str(node.textContent))
        elif name not in SKIPPED and node.firstChild is not None:
            return node.firstChild
        self.count.end(name)
        return None


class Follower:
    """What the page knows of its reader's way through the element `article`."""

    def __init__(self, article: Any, language: str, minutes: float | None) -> None:
        """Begin with `article` not counted yet; the author may say how many `minutes` it takes."""
        self.article = article
        self.language = language
        self.count: Count | None = None
        self.reading: Reading | None = None
        self.blocks = Blocks(article)
        self.minutes = 1
        """Whole minutes for the whole article: the author's, this reader's where their pace is known, or the usual."""
        self.moved = False
        """Whether the reader has scrolled, here or before a reload."""
        self.stopped: float | None = None
        """The part of the article after which the reader stopped at an earlier visit, until somebody has offered it."""
        self._minutes = minutes
        self._scale = 1.0
        self._watchers: list[Callable[[], None]] = []
        self._before = memory.NOTHING
        self._frame = -1.0
        self._told: list[str] = []
        spoken.region()

    def begin(self) -> Iterator[None]:
        """Count the article, in steps, and recall what is known of its reader."""
        walk = Walk(self.article, self.language)
        yield from walk.steps()
        self.count, self.blocks = walk.count, walk.blocks
        words = self.count.length()
        if self._minutes is not None and words:
            self._scale = self._minutes * words_per_minute(self.language) / words
        self._before = diary.pace()
        usual, spread = memory.expected(self._before)
        self.reading = Reading(words * self._scale, self.language, usual, spread)
        if self._before != memory.NOTHING or self._minutes is not None:
            self.minutes = max(1, int(self.reading.pace.seconds_left(self.reading.words) / 60 + 0.5))
        else:
            self.minutes = self.count.minutes()
        yield
        if self.article.isConnected:
            self.stopped = diary.place(service.page_key())
        self.look(0)
        while self._watchers:
            yield
            self._watchers.pop(0)()

    def when_counted(self, counted: Callable[[], None]) -> None:
        """Call `counted()` when the article is counted, at once if it is already."""
        if self.reading is not None:
            counted()
        else:
            self._watchers.append(counted)

    def now(self) -> float:
        """Return seconds on the page's own clock."""
        return work.now() / 1000

    @property
    def progress(self) -> float:
        """How far the view has come, from 0 to 1: 1 when the article's end is in view."""
        return 0.0 if self.reading is None else self.reading.progress()

    def look(self, frame: float) -> None:
        """Take in what is in view in this frame; `frame` is its time, so that several tags look but once."""
        self.moved = self.moved or float(window.scrollY) > 0
        if self.reading is None or (frame and frame == self._frame):
            return
        self._frame = frame
        if document.hidden:
            self.away()
            return
        top = self.blocks.word_at(0.0) * self._scale
        bottom = self.blocks.word_at(float(window.innerHeight)) * self._scale
        self.reading.see(top, bottom, self.now())

    def away(self) -> None:
        """Take that nobody looks from now on, and write down how far it went."""
        if self.reading is None:
            return
        reading, now = self.reading, self.now()
        part = 1.0 if reading.finished(now) else reading.place(now) / max(1.0, reading.words)
        reading.look_away(now)
        if self.moved:
            diary.keep(service.page_key(), self._before, reading.pace.relative(), reading.pace.words, part)

    def tell(self, what: str, text: str) -> None:
        """Say `text` to a reader who listens, once for each `what`, and not to one who has only just begun."""
        if what not in self._told and self.moved and self.minutes > 1:
            self._told.append(what)
            spoken.say(text)

    def go_to(self, part: float, smooth: bool) -> None:
        """Scroll to a part (0 to 1) of the article, to the upper third of the window, and put the focus there."""
        if self.reading is None:
            return
        word = part * self.reading.words / self._scale
        top = float(window.scrollY) + self.blocks.height_of(word) - float(window.innerHeight) / 3
        window.scrollTo(to_js({"top": top, "behavior": "smooth" if smooth else "instant"}))
        block = self.blocks.block_of(word)
        if not block.hasAttribute("tabindex"):
            block.setAttribute("tabindex", "-1")
        block.focus(to_js({"preventScroll": True}))


_followers: list[Follower] = []


def follower(article: Any, language: str, minutes: float | None = None) -> tuple[Follower, bool]:
    """Return the one follower of `article`, and whether it is new and has to `begin`."""
    for known in _followers:
        if known.article.isSameNode(article):
            return known, False
    _followers[:] = [known for known in _followers if known.article.isConnected]
    made = Follower(article, language, minutes)
    _followers.append(made)
    return made, True
