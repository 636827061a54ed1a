"""Gives elements the colours that no style sheet has: those of `terminal.attributes` beyond the sixteen."""

from typing import Any


def tint(element: Any, said: dict[str, Any]) -> None:
    """Give `element`, whose attributes are `said`, its colours, by the style sheet's custom properties.

    A policy forbids style attributes.
    """
    for name in ("fg", "bg"):
        if "data-" + name in said:
            shades = said["data-" + name].split(" ")
            value = "light-dark(" + ", ".join(shades) + ")" if len(shades) == 2 else shades[0]
            element.style.setProperty("--_" + name, value)


def tint_all(region: Any) -> None:
    """Give each element in `region` its colours."""
    for element in region.querySelectorAll("[data-fg], [data-bg]"):
        names = [name for name in ("data-fg", "data-bg") if element.hasAttribute(name)]
        tint(element, {name: str(element.getAttribute(name)) for name in names})
