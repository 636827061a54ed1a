"""A tree of elements that the build turns into HTML and the browser into DOM.

One renderer for two runtimes: a widget's view gives the same nodes at build time and in the page, so what a reader
sees before any script runs is what the widget shows afterwards.

    >>> to_html(h("p", {"class": "note"}, "1 < 2"))
    '<p class="note">1 &lt; 2</p>'
"""

from typing import Any

VOID = ("br", "hr", "img", "input", "link", "meta")
"""Elements that have no end tag (HTML Living Standard, "void elements"), as far as a view may use them."""


class Element:
    """An element: its name, its attributes and its children (elements, text, or `Markup`)."""

    def __init__(self, name: str, attributes: dict[str, Any], children: tuple[Any, ...]) -> None:
        """Hold what the element is made of; `h` is the short way to make one."""
        self.name = name
        self.attributes = attributes
        self.children = children


class Markup:
    """HTML that is already safe, such as highlighted source. Only the build may render it."""

    def __init__(self, html: str) -> None:
        """Hold `html` as it is to appear."""
        self.html = html


def h(name: str, attributes: dict[str, Any] | None = None, *children: Any) -> Element:
    """Make an element. An attribute that is None or False is left out; one that is True stands without a value."""
    return Element(name, attributes or {}, children)


def shown(attributes: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the attributes that are to be written, in alphabetical order, so that output is the same everywhere."""
    pairs: list[tuple[str, str]] = []
    for key in sorted(attributes):
        value = attributes[key]
        if value is not None and value is not False:
            pairs.append((key, "" if value is True else str(value)))
    return pairs


def escape(text: str) -> str:
    """Return `text` so that HTML shows it as it is, inside an element or a quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def to_html(node: Any) -> str:
    """Return the HTML of an element, of text, or of a list of both."""
    if isinstance(node, Markup):
        return node.html
    if isinstance(node, (list, tuple)):
        parts: list[Any] = list(node)  # pyright: ignore[reportUnknownArgumentType]
        return "".join([to_html(part) for part in parts])
    if not isinstance(node, Element):
        return escape(str(node))
    opening = node.name
    for key, value in shown(node.attributes):
        opening += " " + key if value == "" else " " + key + '="' + escape(value) + '"'
    if node.name in VOID:
        return "<" + opening + ">"
    inner = to_html(node.children)
    if node.name == "pre" and inner.startswith("\n"):
        inner = "\n" + inner  # a parser takes the first line break away
    return "<" + opening + ">" + inner + "</" + node.name + ">"
