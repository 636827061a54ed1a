"""Turns the nodes of `markup` into DOM, by elements and text only: no HTML string ever enters the page."""

from typing import Any

from readerly.page.browser import document
from readerly.page.markup import Element, shown

SVG = "http://www.w3.org/2000/svg"


def build(node: Any, inside_svg: bool = False) -> Any:
    """Return the DOM node of an element or of text."""
    if not isinstance(node, Element):
        return document.createTextNode(str(node))
    inside_svg = inside_svg or node.name == "svg"
    made = document.createElementNS(SVG, node.name) if inside_svg else document.createElement(node.name)
    for key, value in shown(node.attributes):
        made.setAttribute(key, value)
    for child in node.children:
        made.appendChild(build(child, inside_svg))
    return made


def part(tag: Any, name: str) -> Any:
    """Return the element inside `tag` that plays the part `name`, or None."""
    return tag.querySelector("[data-part='" + name + "']")


def fill(tag: Any, nodes: list[Any]) -> None:
    """Make `nodes` the only content of `tag`."""
    tag.replaceChildren()
    for node in nodes:
        tag.appendChild(build(node))
