"""Why a module is not here, and whether it can be: the sentence below a ModuleNotFoundError."""

import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

Ask = Callable[[], Awaitable[str]]
"""Fetches the table of the site's packages, as JSON; it raises where there is none."""

_ask: list[Ask] = []

UNABLE = {
    "curses": "there is no terminal here",
    "dbm": "there is no database file here",
    "fcntl": "there is no operating system below it here",
    "idlelib": "there are no windows here",
    "multiprocessing": "one process is all there is in a browser",
    "readline": "there is no terminal here",
    "resource": "there is no operating system below it here",
    "termios": "there is no terminal here",
    "tkinter": "there are no windows here",
    "turtle": "it draws with tkinter, and there are no windows here",
    "venv": "one process is all there is in a browser",
    "winreg": "it is for Windows",
}
"""Parts of the standard library that cannot work in a browser, and why; a leading "_" is not told apart."""


def begin(ask: Ask) -> None:
    """Take note of what fetches the table."""
    _ask[:] = [ask]


def why(name: str, table: dict[str, Any]) -> str:
    """Return the sentence about the module `name` that is not here; `table` is that of the site's packages."""
    top = name.partition(".")[0]
    owners = sorted(package for package, known in table.items() if top in known["imports"])
    if owners:
        return f'{top} can be had here: it is in the package {owners[0]}; add packages="{owners[0]}" to this sample.'
    part = top.lstrip("_")
    if part in UNABLE:
        return f"{part} is a part of Python that cannot work in a browser: {UNABLE[part]}."
    if top in sys.stdlib_module_names or top in ("test", "lib2to3"):
        return f"{top} is a part of Python's standard library that the Python of browsers leaves out."
    return f"{top} is neither in Python's standard library nor among the packages of this site."


async def sentence(error: BaseException) -> str:
    """Return the sentence for an `error` that is about a missing module, and "" for any other."""
    if not isinstance(error, ModuleNotFoundError) or not error.name or error.name.partition(".")[0] in sys.modules:
        return ""
    table: dict[str, Any] = {}
    for ask in _ask:
        try:
            table = json.loads(await ask())
        except Exception:
            pass  # the site has none, or it cannot be fetched: the rest of the answer is worth having
    return why(error.name, table) + "\n"
