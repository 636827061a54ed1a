"""The tooltip of a `<view-count>`: what is counted, and how fresh the number is."""

from typing import Any

from readerly.page import locale, work
from readerly.page.browser import document, to_js, window
from readerly.page.widget import Widget
from readerly.view_count.about import ENGLISH

GAP = 8
"""Pixels between the count and its tooltip, and between that and the window's edges."""

PATIENCE = 300
"""Milliseconds in which the pointer may find its way from the count to the tooltip."""

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
"""How long ago something was is told in the largest of these that fits, with the seconds in it."""


locale.TEXTS["en"]["texts"].update(ENGLISH)


def ago(seconds: float, language: str) -> str:
    """Return in words how long ago that was, as `Intl` has them: "2 minutes ago", "now"."""
    base = locale.base(language) if locale.known(language) else "en"
    words = window.Intl.RelativeTimeFormat.new(base + "-u-nu-latn", to_js({"numeric": "auto"}))
    for unit, length in UNITS:
        if seconds >= length:
            return str(words.format(-int(seconds // length), unit))
    return str(words.format(0, "second"))


class Tip:
    """The tooltip of the button `count` in the tag of `widget`. It goes on Escape, and when nobody is there."""

    def __init__(self, widget: Widget, count: Any) -> None:
        """Make it, hidden; it stands at the end of the page's main part, so that it moves and cuts nothing."""
        self._widget = widget
        self._count = count
        self._held = False
        self._box = document.createElement("div")
        self._box.id = "readerly-tip-" + str(widget.tag.getAttribute("live"))
        for key, value in (("role", "tooltip"), ("data-readerly", "tip"), ("lang", widget.language)):
            self._box.setAttribute(key, value)
        self._box.hidden = True
        (widget.tag.closest("main") or document.body).append(self._box)
        count.setAttribute("aria-describedby", self._box.id)
        widget.on_release(self._box.remove)
        for target in (count, self._box):
            widget.listen(target, "pointerleave", self._left)
        widget.listen(count, "blur", self._elsewhere)
        widget.listen(document, "keydown", self._pressed)
        widget.listen(document, "pointerdown", self._elsewhere)

    def show(self, facts: dict[str, Any], away: bool, pressed: bool) -> None:
        """Show what is counted and how fresh `facts` are; `away` says that the service does not answer.

        Where the count was `pressed` it stays until something else is: not every browser gives what a finger presses
        the focus.
        """
        self._held = self._held or pressed
        language = self._widget.language
        texts = [locale.text("views-about", None, language)]
        if away:
            texts.append(locale.text("away", None, language))
        if "at" in facts:
            texts.append(locale.text("told", 0, language, ago((work.clock() - facts["at"]) / 1000, language)))
        self._box.textContent = " ".join(texts)
        self._box.hidden = False
        self._place()

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._box.textContent)

    def _place(self) -> None:
        """Put it below the count, or above where there is no room, inside the window."""
        for edge in ("left", "top"):
            self._box.style.setProperty(edge, "0px")
        at, box = self._count.getBoundingClientRect(), self._box.getBoundingClientRect()
        width = float(document.documentElement.clientWidth)
        left = max(GAP, min(float(at.left), width - float(box.width) - GAP))
        top = float(at.bottom) + GAP
        if top + float(box.height) > float(window.innerHeight) and float(at.top) > float(box.height) + GAP:
            top = float(at.top) - float(box.height) - GAP
        for edge, pixels in (("left", left - float(box.left)), ("top", top - float(box.top))):
            self._box.style.setProperty(edge, str(int(pixels)) + "px")

    def _left(self, _event: Any) -> None:
        self._widget.later(PATIENCE, self._gone)

    def _gone(self) -> None:
        if not self._held and not (self._count.matches(":hover, :focus") or self._box.matches(":hover")):
            self._hide()

    def _pressed(self, event: Any) -> None:
        if event.key == "Escape":
            self._hide()

    def _elsewhere(self, event: Any) -> None:
        outside = not self._count.contains(event.target) and not self._box.contains(event.target)
        if outside or event.type == "blur":
            self._hide()

    def _hide(self) -> None:
        self._held = False
        self._box.hidden = True
