"""The languages that tags speak in the page: English is here, the table of another is fetched when a tag needs it."""

import asyncio
import json
from typing import Any

from readerly.page import locale
from readerly.page.browser import absolute, document, guard, settings

TIMEOUT = 10_000
"""Milliseconds after which a table counts as unreachable; English stands in for it."""

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
    """Fetch the texts of `language`, once."""
    base = locale.base(language)
    async with _fetching:
        if at_hand(base):
            return
        answer = await guard.request("GET", absolute(settings["languages"][base]), "{}", None, TIMEOUT)
        if answer.status == 200:
            locale.learn(base, json.loads(str(answer.text)))
        _tried.append(base)  # only now: who asks meanwhile waits for the same answer
