"""Gives elements the colours that no style sheet has: those of `terminal.attributes` beyond the sixteen."""

from typing import Any


def tint(element: Any) -> None:
    """Give `element` its colours, by the style sheet's custom properties: a policy forbids style attributes."""
    for name in ("fg", "bg"):
        if element.hasAttribute("data-" + name):
            shades = str(element.getAttribute("data-" + name)).split(" ")
            value = "light-dark(" + ", ".join(shades) + ")" if len(shades) == 2 else shades[0]
            element.style.setProperty("--_" + name, value)


def tint_all(region: Any) -> None:
    """Give each element in `region` its colours."""
    for element in region.querySelectorAll("[data-fg], [data-bg]"):
        tint(element)
