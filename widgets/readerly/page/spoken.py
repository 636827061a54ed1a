"""Says something to a reader who listens: one polite live region for the whole page."""

from readerly.page.browser import document


def region() -> None:
    """Put the region into the page: it has to stand there before it says anything."""
    if document.querySelector("[data-readerly='spoken']"):
        return
    made = document.createElement("div")
    made.setAttribute("data-readerly", "spoken")
    made.setAttribute("role", "status")
    document.body.append(made)


def say(text: str) -> None:
    """Let assistive technology read `text` when its user pauses."""
    region()
    document.querySelector("[data-readerly='spoken']").textContent = text
