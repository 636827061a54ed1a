"""Modules that few visits need: they are no part of what a page loads, and come in one file when somebody asks."""

import asyncio
from typing import Any

from readerly.page import files
from readerly.page.browser import settings

_fetching = asyncio.Lock()
_laid: list[str] = []


async def module(name: str) -> Any:
    """Return a module by its full name, fetching the file it is in the first time. OSError: that cannot be had now."""
    async with _fetching:
        file = settings.get("later")
        if file and not _laid:
            _lay(await files.text(file))
            _laid.append(file)
    return laid(name)


def laid(name: str) -> Any:
    """Return a module by its full name, once another of those that come later is here."""
    return __import__(name, None, None, ["module"])


def _lay(text: str) -> None:
    """Make files of the modules in `text`, each of which stands under a line "#: path"."""
    for part in ("\n" + text).split("\n#: ")[1:]:
        path, source = part.split("\n", 1)
        with open(path, "w") as file:
            file.write(source)
