"""Shows a value's rich output: images in the page, HTML, SVG, Markdown and LaTeX in frames, everything else as text."""

import asyncio
import json
from typing import Any

from readerly.code_sample import view
from readerly.page import dom
from readerly.page.browser import absolute, guard, settings
from readerly.page.markup import Element, h

FRAMED = ("text/html", "image/svg+xml")

MARKUP = ("text/markdown", "text/latex")
"""What its frame makes HTML of."""

TALLEST = 480
"""Pixels that a frame may be high; what is longer scrolls inside it."""


def build(text: str) -> Any:
    """Return the element that shows the representations in `text`."""
    said = view.read(text)
    plain = said.get("text/plain", "")
    for kind in FRAMED:
        if kind in said:
            return _framed("rich", said[kind], plain)
    for kind in MARKUP:
        if kind in said and "image/png" not in said and "image/jpeg" not in said:
            return _framed("markup", json.dumps([kind, said[kind]]), plain)
    return dom.build(view.rich(said))


def _framed(page: str, text: str, plain: str) -> Any:
    attributes: dict[str, Any] = {
        "sandbox": "allow-scripts allow-popups allow-popups-to-escape-sandbox",
        "src": absolute(settings["sandbox"][page]),
        "title": "Output: " + plain[:200],
    }
    block: Element = h("div", {"data-kind": "rich", "data-plain": plain}, view.label("rich"))
    made = dom.build(block)
    frame = dom.build(h("iframe", attributes))
    asyncio.create_task(_fill(made, frame, text))
    return made


async def _fill(block: Any, frame: Any, text: str) -> None:
    loaded = await guard.load(absolute(settings["sandbox"]["door"]))
    if loaded.ok:
        loaded.value.show(frame, text, TALLEST)
        block.appendChild(frame)
    else:
        block.appendChild(dom.build(h("pre", None, str(block.getAttribute("data-plain")))))
