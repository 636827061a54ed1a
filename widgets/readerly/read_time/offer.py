"""Offers a reader who returns to go on where they stopped. It comes with `later`: few visits are a return."""

from typing import Any

from readerly.page import dom, locale, service
from readerly.page.browser import document, window
from readerly.page.markup import h
from readerly.page.widget import Widget
from readerly.read_time import diary
from readerly.read_time.follow import SCROLLED, Follower


class Offer:
    """A note in the window's lower corner with two buttons. It leaves the page alone until one is pressed."""

    def __init__(self, widget: Widget, follower: Follower, part: float) -> None:
        """Offer to go to `part` (0 to 1) of the article; `widget` is the tag that does."""
        self._follower = follower
        self._part = part
        reading, language = follower.reading, widget.language
        left = 0.0 if reading is None else reading.pace.seconds_left(reading.words * (1 - part))
        self._note = dom.build(
            h(
                "span",
                {"data-readerly": "offer", "role": "status"},
                h("button", {"type": "button"}, locale.resume(int(left / 60 + 0.5), language)),
                h("button", {"type": "button"}, locale.text("dismiss", None, language)),
            )
        )
        go, dismiss = self._note.querySelectorAll("button")
        self._from = float(window.scrollY)
        widget.listen(go, "click", self._go)
        widget.listen(dismiss, "click", self._dismiss)
        widget.listen(self._note, "keydown", self._key)
        widget.listen_calmly(self._scrolled, SCROLLED, (document, "scroll"))
        widget.on_release(self._note.remove)
        widget.tag.after(self._note)

    def _go(self, _event: Any) -> None:
        calm = bool(window.matchMedia("(prefers-reduced-motion: reduce)").matches)
        self._note.remove()
        self._follower.go_to(self._part, smooth=not calm)

    def _dismiss(self, _event: Any) -> None:
        self._note.remove()
        diary.leave(service.page_key())

    def _key(self, event: Any) -> None:
        if event.key == "Escape":
            self._note.remove()

    def _scrolled(self, _time: float) -> None:
        """Who reads on by themselves needs no offer."""
        if abs(float(window.scrollY) - self._from) > float(window.innerHeight):
            self._note.remove()
