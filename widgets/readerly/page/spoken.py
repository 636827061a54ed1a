"""Says something to a reader who listens: one polite live region for the whole page."""

from typing import Any

from readerly.page.browser import document


def region() -> Any:
    """Return the region, put into the page if it is not there: it has to stand there before it says anything."""
    found = document.querySelector("[data-readerly='spoken']")
    if not found:
        found = document.createElement("div")
        found.setAttribute("data-readerly", "spoken")
        found.setAttribute("role", "status")
        document.body.append(found)
    return found


def say(text: str) -> None:
    """Let assistive technology read `text` when its user pauses."""
    region().textContent = text
