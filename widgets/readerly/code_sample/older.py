"""Offers a reader's edit that was made of an earlier source: to show it, or to forget it."""

from typing import Any

from readerly.code_sample import edits
from readerly.page import dom, storage
from readerly.page.markup import Element, h


def view() -> Element:
    """Return the offer."""
    buttons = [h("button", {"type": "button"}, name) for name in ("Show my version", "Forget it")]
    said = h("p", None, "You have edited an earlier version of this sample.")
    return h("div", {"data-part": "older"}, said, *buttons)


def offer(widget: Any, text: str) -> None:
    """Offer the reader of `widget`, a sample, the edit `text`."""
    shown = dom.build(view())
    widget.tag.append(shown)
    widget.on_release(shown.remove)
    show, forget = list(shown.querySelectorAll("button"))

    def taken(_event: Any) -> None:
        shown.remove()
        widget.leave()
        widget.stop()
        widget.take(text)

    def forgotten(_event: Any) -> None:
        shown.remove()
        widget.leave()
        storage.remember("edits", edits.forget(storage.recall("edits"), *widget.place))

    widget.listen(show, "click", taken)
    widget.listen(forget, "click", forgotten)
