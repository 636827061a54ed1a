"""Writes what a run says into the page, as it is said, and keeps the newest in view."""

from typing import Any

from readerly.code_sample import rich
from readerly.code_sample.blocks import STREAMS, Pieces, block, piece
from readerly.code_sample.terminal import Terminal, node
from readerly.code_sample.tint import tint
from readerly.page import dom
from readerly.page.browser import document, guard

MOST = 1_000_000
"""Characters a run may write. The sandbox stops at half of that; what does not is not the sandbox's own code."""

PICTURES = 20_000_000
"""Characters of all that a run shows richly."""

UPWARD = ("Home", "PageUp", "ArrowUp")
"""Keys that scroll up."""

SPOKEN = 30
"""Messages a screen reader is told of as they come. After that it would only be in the reader's way."""

FOLLOW = 50
"""Milliseconds in which what is written scrolls into view, once."""


class Writer:
    """Appends to a `role="log"` region, one run after the other, until it is closed.

    It listens to the region as long: to give a listener back costs a browser more than to write.
    """

    def __init__(self, region: Any) -> None:
        """Write into `region`, an element; `begin` comes first."""
        self._region = region
        self._due = False
        self._listening = document.defaultView.AbortController.new()
        guard.listen(region, "scroll", self._scrolled, self._listening.signal, True)
        guard.listen(region, "keydown", self._pressed, self._listening.signal, True)
        guard.listen(region, "wheel", self._turned, self._listening.signal, True)

    def begin(self) -> None:
        """Begin to write what a run says. The region is empty."""
        self._room = MOST
        self._pictures = PICTURES
        self._messages = 0
        self._kind = ""
        self._block: Any = None
        self._piece: Any = None
        self._last: Any = None  # the text node that the next text of `_style` goes to
        self._style: tuple[str, str, str] | None = None
        self._pieces = Pieces()
        self._terminals = {kind: Terminal() for kind in STREAMS}
        self._terminal = self._terminals["stdout"]
        self._capped: Any = None
        self._following = True
        self._top = 0
        self._region.removeAttribute("aria-live")
        self._region.hidden = False

    def close(self) -> None:
        """Write no more."""
        self._room = 0
        self._listening.abort()

    def write(self, kind: str, text: str) -> None:
        """Append `text`. Text that goes on in the same stream joins the block before it."""
        if kind == "rich" and len(text) > self._pictures:
            return
        if kind == "rich":
            self._pictures -= len(text)
        else:
            text = text[: self._room]
            self._room -= len(text)
        if not text:
            return
        self._messages += 1
        if self._messages == SPOKEN:
            self._region.setAttribute("aria-live", "off")
        if kind == "capped":
            self._cap(text)
        elif kind == self._kind and kind in STREAMS:
            self._append(text)
        elif kind == "rich":
            self._kind = kind
            self._region.insertBefore(rich.build(text), self._capped)
        else:
            self._open(kind, text)
        if not self._due:
            self._due = True
            guard.later(self._follow, FOLLOW)

    def _open(self, kind: str, text: str) -> None:
        self._kind = kind
        self._block = dom.build(block(kind))
        self._region.insertBefore(self._block, self._capped)
        self._pieces = Pieces()
        self._terminal = self._terminals.get(kind) or Terminal()
        self._terminal.begin()
        self._begin()
        self._append(text)

    def _append(self, text: str) -> None:
        back, runs = self._terminal.feed(text)
        if back:
            self._take_back(back)
        begun = False
        for part in self._pieces.part_runs(runs):
            if begun:
                self._begin()
            begun = True
            for style, each in part:
                self._put(style, each)

    def _begin(self) -> None:
        self._piece = dom.build(piece())
        self._last = self._style = None
        self._block.appendChild(self._piece)

    def _put(self, style: tuple[str, str, str], text: str) -> None:
        if style == self._style:
            self._last.appendData(text)
            return
        shown, self._style = node(style, text), style
        made = self._last = document.createTextNode(text)
        if shown is not text:
            made = document.createElement(shown.name)
            for key in shown.attributes:
                made.setAttribute(key, shown.attributes[key])
            tint(made, shown.attributes)
            made.appendChild(self._last)
        self._piece.appendChild(made)

    def _take_back(self, length: int) -> None:
        """Remove the last `length` of what stands: a line that is written over."""
        self._room += length
        self._pieces.take_back(length)
        self._style = None
        while length > 0 and self._piece.lastChild:
            last = self._piece.lastChild
            text = last.firstChild or last
            size = int(text.length)
            if size > length:
                text.deleteData(size - length, length)
            else:
                last.remove()
            length -= size

    def _cap(self, text: str) -> None:
        """Say how much is left out, in the place of what was said of that before."""
        made = dom.build(block("capped", text))
        if self._capped is None:
            self._region.appendChild(made)
        else:
            self._capped.replaceWith(made)
        self._capped = made

    def _scrolled(self, _event: Any) -> None:
        """Only a reader scrolls up: then the newest is left alone until they come back to it."""
        top = float(self._region.scrollTop)
        if top < self._top - 1:
            self._following = False
        elif top > self._top and top + float(self._region.clientHeight) > float(self._region.scrollHeight) - 4:
            self._following = True
        self._top = top

    def _pressed(self, event: Any) -> None:
        if str(event.key) in UPWARD:
            self._leave()

    def _turned(self, event: Any) -> None:
        if float(event.deltaY) < 0:
            self._leave()

    def _leave(self) -> None:
        """The reader means to scroll up: a browser that scrolls smoothly would be called back before it has begun."""
        if float(self._region.scrollTop) > 0:
            self._following = False

    def _follow(self) -> None:
        self._due = False
        if self._following and self._room:
            self._region.scrollTop = self._region.scrollHeight
            self._top = float(self._region.scrollTop)
