"""Modules that a page does not need at once: they come in a few files, each when somebody asks for what is in it."""

import asyncio
import json
import sys
from typing import Any, Iterator

from readerly.page import files, work
from readerly.page.browser import settings, window
from readerly.page.modules import Modules

_fetching = asyncio.Lock()
_coming: list[str] = list(settings.get("later") or [])
"""The files that are not here yet, in the order in which they come."""

_laid: list[str] = []
"""The names of the modules that are here."""

_needs: dict[str, list[str]] = {}
_modules = Modules(_needs, __import__)


async def module(name: str) -> Any:
    """Return a module by its full name, fetching the file it is in, and those before that, the first time.

    Raises OSError where they cannot be had now.
    """
    if name in sys.modules:
        return laid(name)
    async with _fetching:
        while _coming and name not in _laid:
            _laid.extend(_lay(await files.text(_coming[0])))
            _coming.pop(0)
        done = window.Promise.withResolvers()
        work.run(_importing(name, done))
        await done.promise
    return laid(name)


def _importing(name: str, done: Any) -> Iterator[None]:
    """Import a module and what it needs, one in each step; then resolve `done`, also where one fails."""
    try:
        yield from _modules.importing(name)
    finally:
        done.resolve()


def laid(name: str) -> Any:
    """Return a module by its full name: one that the page did not need as it began, or one of a file that is here."""
    return __import__(name, None, None, ["module"])


def _lay(text: str) -> list[str]:
    """Make files of the modules in `text`, each of which stands under a line "#: path", and return their names.

    Before them stands, as JSON, what each of them needs: see `Modules`.
    """
    names: list[str] = []
    parts = text.split("\n#: ")
    _needs.update(json.loads(parts[0]))
    for part in parts[1:]:
        path, source = part.split("\n", 1)
        with open(path, "w") as file:
            file.write(source)
        names.append(path[: -len(".py")].replace("/", "."))
    return names
