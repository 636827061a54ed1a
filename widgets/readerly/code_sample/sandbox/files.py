"""The data files of a sample's author, on their way into the folder the sample works in."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from importlib.machinery import FileFinder
from pathlib import Path
from typing import Any
from urllib.parse import unquote

_bring: list[Callable[[str], Awaitable[Any]]] = []
"""What gets the bytes at an address from the page, once Python has begun."""

_laid: dict[Path, str] = {}
"""Which address each file that was laid came from."""


def begin(bring: Callable[[str], Awaitable[Any]]) -> None:
    """Take note that `bring(address)` gets a file's bytes, as an ArrayBuffer, of those that the page has fetched."""
    _bring.append(bring)


async def lay(wanted: Sequence[Sequence[str]], place: Path) -> None:
    """See that the files `wanted`, each a name and an address, lie in the folder `place`.

    One that is there stays as it is, with what samples have made of it.
    """
    fresh = False
    for name, address in wanted:
        path = place / unquote(name)
        if path.exists() and _laid.get(path) == address:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((await _bring[-1](address)).to_bytes())
        _laid[path] = address
        fresh = True
    if fresh:
        _look_again()


def _look_again() -> None:
    """Have imports see new files, one of which may be a module.

    As importlib.invalidate_caches, which imports importlib.metadata: that may not be here yet, where nothing can wait.
    """
    for place, finder in list(sys.path_importer_cache.items()):
        if isinstance(finder, FileFinder):
            finder.invalidate_caches()
        elif finder is None:
            del sys.path_importer_cache[place]
