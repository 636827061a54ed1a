"""The markup of `<code-sample>`, the same at build time and in the page."""

from typing import Any

from readerly.page.markup import Element, h

BUTTONS = ("Run", "Stop", "Reset", "Copy", "Edit")
"""The buttons' accessible names, part of the public interface, in the order they stand."""


def bar(label: str | None = None) -> Element:
    """Return the row of buttons and the status line below the source. Without JavaScript it is not shown."""
    buttons: list[Element] = []
    for name in BUTTONS:
        attributes: dict[str, Any] = {"type": "button", "data-part": name.lower(), "disabled": name == "Stop"}
        buttons.append(h("button", attributes, name))
    group = h("div", {"role": "group", "aria-label": label or "Python sample", "class": "readerly-buttons"}, *buttons)
    return h("div", {"data-part": "bar"}, group, h("p", {"role": "status", "data-part": "status"}))


def link(name: str, label: str | None = None) -> Element:
    """Return the link to the sample whose id is `name`: empty, laid over the label, or over a corner of the source."""
    to = "Link to " + (label or "this sample")
    return h("a", {"data-part": "link", "href": "#" + name, "aria-label": to})


def source(code: Any) -> Element:
    """Return the block that shows the source; `code` is text, or the highlighted nodes of it."""
    return h("pre", {"tabindex": "0"}, h("code", {"class": "language-python"}, code))


def output() -> Element:
    """Return the empty region a run writes to."""
    return h("div", {"role": "log", "aria-label": "Output", "data-part": "output", "tabindex": "0", "hidden": True})


def sample(code: Any, attributes: dict[str, Any]) -> Element:
    """Return the whole tag as the build writes it: the source and the controls that wait for Python."""
    label, name = attributes.get("label"), attributes.get("id")
    return h("code-sample", attributes, link(name, label) if name else "", source(code), bar(label), output())
