"""The markup of `<code-sample>`, the same at build time and in the page."""

import json
from typing import Any

from readerly.page.markup import Element, h

BUTTONS = ("Run", "Stop", "Reset", "Copy", "Edit")
"""The buttons' accessible names, part of the public interface, in the order they stand."""

LABELS = {
    "stderr": "Printed to stderr",
    "result": "Value",
    "error": "Error",
    "notice": "Note",
    "capped": "Note",
    "rich": "Shown",
}
"""What a screen reader hears before a kind of output; stdout needs no name."""


RESTART = "Restart session"
"""The button that lets a session start anew; only samples that have a session have it."""


def bar(label: str | None = None, readonly: bool = False, session: str | None = None) -> Element:
    """Return the row of buttons and the status line below the source. Without JavaScript it is not shown."""
    buttons: list[Element] = []
    for name in BUTTONS:
        attributes: dict[str, Any] = {"type": "button", "data-part": name.lower(), "disabled": name == "Stop"}
        if name != "Edit" or not readonly:
            buttons.append(h("button", attributes, name))
    if session:
        buttons.append(h("button", {"type": "button", "data-part": "restart"}, RESTART))
    group = h("div", {"role": "group", "aria-label": label or "Python sample", "class": "readerly-buttons"}, *buttons)
    loading = h("progress", {"data-part": "loading", "aria-label": "Fetching Python", "max": "1", "hidden": True})
    retry = h("button", {"type": "button", "data-part": "retry", "hidden": True}, "Retry")
    return h("div", {"data-part": "bar"}, group, h("p", {"role": "status", "data-part": "status"}), loading, retry)


def share() -> Element:
    """Return the button that makes a link of a reader's edit."""
    return h("button", {"type": "button", "data-part": "share"}, "Link")


def link(name: str, label: str | None = None) -> Element:
    """Return the link to the sample whose id is `name`: empty, laid over the label, or over a corner of the source."""
    to = "Link to " + (label or "this sample")
    return h("a", {"data-part": "link", "href": "#" + name, "aria-label": to})


def lines(text: str, attributes: dict[str, Any]) -> dict[str, str]:
    """Return what the block of the source `text` says for the style sheet: its line numbers, and the rows it has.

    Both are no text of the page, so that nobody copies or hears them.
    """
    said: dict[str, str] = {}
    if "numbers" in attributes:
        said["data-numbers"] = "\n".join([str(number + 1) for number in range(len(text.split("\n")))])
    if "rows" in attributes:
        said["data-rows"] = "\n" * (int(attributes["rows"]) - 1) + "."
    return said


def source(code: Any, said: dict[str, str] | None = None) -> Element:
    """Return the block that shows the source; `code` is text, or the highlighted nodes of it; `said` is by `lines`."""
    return h("pre", dict(said or {}, tabindex="0"), h("code", {"class": "language-python"}, code))


def message(kind: str, text: Any) -> Element:
    """Return the block that shows one message of a run, text or nodes, each kind recognisable without colour."""
    if kind == "rich":
        return rich(read(text))
    return h("pre", {"data-kind": kind}, label(kind), text)


def label(kind: str) -> Any:
    """Return what stands before a block of `kind`."""
    return h("span", {"class": "readerly-label"}, LABELS[kind] + ": ") if kind in LABELS else ""


def read(text: str) -> dict[str, str]:
    """Return a value's representations by media type, which a message holds as JSON; it is a sample's word.

    What is none is shown as it is.
    """
    try:
        said = json.loads(text)
        return {str(kind): str(said[kind]) for kind in said}
    except (TypeError, ValueError):
        return {"text/plain": text}


def rich(said: dict[str, str]) -> Element:
    """Return the block of a value's representations by media type: an image, or else the best of them as text.

    HTML and SVG are shown by `rich.build`, in frames; here their `repr` stands for them.
    """
    plain = said.get("text/plain", "")
    attributes = {"data-kind": "rich", "data-plain": plain}
    for kind in ("image/png", "image/jpeg"):
        if kind in said:
            source = "data:" + kind + ";base64," + said[kind]
            return h("div", attributes, label("rich"), h("img", {"src": source, "alt": plain or "A picture"}))
    best = [said[kind] for kind in ("text/markdown", "text/latex", "application/json") if kind in said]
    return h("pre", attributes, label("rich"), best[0] if best else plain)


def output(blocks: Any = ()) -> Element:
    """Return the region a run writes to, with the `blocks` of the author's output in it, where that is recorded."""
    attributes = {"role": "log", "aria-label": "Output", "data-part": "output", "tabindex": "0"}
    return h("div", dict(attributes, hidden=not blocks), *blocks)


def sample(code: Any, attributes: dict[str, Any], blocks: Any = (), text: str = "", below: Any = "") -> Element:
    """Return the whole tag as the build writes it: the source, the controls that wait for Python, recorded output.

    `below` stands after all that. `code` is what shows the source `text`. A setup is hidden, and has neither controls
    nor output.
    """
    label, name = attributes.get("label"), attributes.get("id")
    if "setup" in attributes:
        return h("code-sample", dict(attributes, hidden=True), source(code))
    controls = bar(label, "readonly" in attributes, attributes.get("session"))
    shown = source(code, lines(text, attributes))
    return h("code-sample", attributes, link(name, label) if name else "", shown, controls, output(blocks), below)
