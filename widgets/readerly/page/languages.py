"""The languages that tags speak in the page: English is here, the table of another is fetched when a tag needs it."""

import asyncio
import json
from typing import Any

from readerly.page import files, locale
from readerly.page.browser import document, settings

_fetching = asyncio.Lock()
_tried: list[str] = []


def nearest(tag: Any) -> str:
    """Return the language at the element `tag`, a BCP 47 tag: that of the nearest `lang`, or English."""
    return str((tag.closest("[lang]") or document.documentElement).lang or "en")


def at_hand(language: str) -> bool:
    """Return whether the texts of `language` are here, or never will be."""
    base = locale.base(language)
    return locale.known(base) or base in _tried or base not in settings.get("languages", {})


async def learn(language: str) -> None:
    """Fetch the texts of `language`, once; where they cannot be had, English stands in for them."""
    base = locale.base(language)
    async with _fetching:
        if at_hand(base):
            return
        try:
            locale.learn(base, json.loads(await files.text(settings["languages"][base])))
        except OSError:
            pass
        _tried.append(base)  # only now: who asks meanwhile waits for the same answer
