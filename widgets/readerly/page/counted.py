"""A count as the page shows it: short where it is long, "1.2K hearts", with the exact number at hand."""

from typing import Any

from readerly.page import locale, service
from readerly.page.browser import document, guard
from readerly.page.widget import Misused

LEAST = 1000
"""Counts from here on are shortened, where the language has a short form for them."""


def page(given: str | None) -> str:
    """Return the key of the page that a tag speaks of: what its attribute `page` gives, else the page it stands on."""
    if given is None:
        return service.page_key()
    if not given.startswith("/") and "://" not in given:
        raise Misused('page="' + given + '": a page\'s key is its path, as in page="/tea/", or its whole address.')
    return given


def _text(key: str, count: int | None, language: str, short: str = "") -> str:
    if key:
        return locale.text(key, count, language, short)
    return short or (locale.UNKNOWN if count is None else locale.number(count, language))


def show(node: Any, key: str, count: int | None, language: str, stale: bool = False) -> None:
    """Let `node` say `count`, or that it is not known.

    `key` is that of the text, "hearts" or "views"; without it, the number stands alone. `stale` says that it is of an
    earlier visit. The exact number of a shortened one is in a tooltip, and read aloud.
    """
    exact = text = _text(key, count, language)
    if count is not None and count >= LEAST:
        known = language if locale.known(language) else "en"
        short = str(guard.compact(count, known.replace("_", "-")))
        if "".join([char for char in short if char.isdigit()]) != str(count):  # German shortens from a million on
            text = _text(key, count, language, short)
    node.textContent = locale.last_known(text, language) if stale else text
    node.toggleAttribute("title", text != exact)
    if count is not None and text != exact:
        node.title = exact
        spoken = document.createElement("span")
        spoken.className = "readerly-exact"
        spoken.textContent = " (" + locale.number(count, language) + ")"
        node.append(spoken)
