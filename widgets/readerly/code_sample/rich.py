"""Shows a value's rich output: images in the page, HTML and SVG in frames of their own, everything else as text."""

import asyncio
from typing import Any

from readerly.code_sample import view
from readerly.page import dom
from readerly.page.browser import absolute, guard, settings
from readerly.page.markup import Element, h

FRAMED = ("text/html", "image/svg+xml")

TALLEST = 480
"""Pixels that a frame may be high; what is longer scrolls inside it."""


def build(text: str) -> Any:
    """Return the element that shows the representations in `text`."""
    said = view.read(text)
    plain = said.get("text/plain", "")
    for kind in FRAMED:
        if kind in said:
            return _framed(said[kind], plain)
    return dom.build(view.rich(said))


def _framed(html: str, plain: str) -> Any:
    attributes: dict[str, Any] = {
        "sandbox": "allow-scripts allow-popups allow-popups-to-escape-sandbox",
        "src": absolute(settings["sandbox"]["rich"]),
        "title": "Output: " + plain[:200],
    }
    block: Element = h("div", {"data-kind": "rich", "data-plain": plain}, view.label("rich"))
    made = dom.build(block)
    frame = dom.build(h("iframe", attributes))
    asyncio.create_task(_fill(made, frame, html))
    return made


async def _fill(block: Any, frame: Any, html: str) -> None:
    loaded = await guard.load(absolute(settings["sandbox"]["door"]))
    if loaded.ok:
        loaded.value.show(frame, html, TALLEST)
        block.appendChild(frame)
    else:
        block.appendChild(dom.build(h("pre", None, str(block.getAttribute("data-plain")))))
