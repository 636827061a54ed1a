"""A count as the page shows it: short where it is long, "1.2K hearts", with the exact number at hand."""

from typing import Any

from readerly.page import locale
from readerly.page.browser import document, guard

LEAST = 1000
"""Counts from here on are shortened, where the language has a short form for them."""


def show(node: Any, key: str, count: int | None, language: str, stale: bool = False) -> None:
    """Let `node` say `count`, or that it is not known; `key` is that of the text, "hearts" or "views".

    `stale` says that it is of an earlier visit. The exact number of a shortened one is in a tooltip, and read aloud.
    """
    exact = text = locale.text(key, count, language)
    if count is not None and count >= LEAST:
        known = language if locale.known(language) else "en"
        short = str(guard.compact(count, known.replace("_", "-")))
        if "".join([char for char in short if char.isdigit()]) != str(count):  # German shortens from a million on
            text = locale.text(key, count, language, short)
    node.textContent = locale.last_known(text, language) if stale else text
    node.toggleAttribute("title", text != exact)
    if count is not None and text != exact:
        node.title = exact
        spoken = document.createElement("span")
        spoken.className = "readerly-exact"
        spoken.textContent = " (" + locale.number(count, language) + ")"
        node.append(spoken)
