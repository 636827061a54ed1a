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
            exec(await files.text(file), {})  # our own file, from where this code came from
            _laid.append(file)
    return __import__(name, None, None, ["module"])
