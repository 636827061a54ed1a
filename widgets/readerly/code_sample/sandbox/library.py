"""The standard library inside the sandbox: what an image of memory already holds of it, and the rest as it arrives."""

import ast
import gc
import importlib
import linecache
import os
import random
import re
import sys
import time
import zipfile
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from . import rehearsal, tracebacks

GATHERED = (
    "abc argparse array ast asyncio base64 bisect calendar cmath codecs collections.abc colorsys "
    "contextlib copy csv dataclasses datetime decimal difflib encodings.cp437 encodings.latin_1 enum "
    "fractions functools graphlib hashlib heapq html inspect io itertools json keyword linecache locale "
    "logging math numbers operator os pathlib pickle platform pprint queue random re secrets shutil "
    "sqlite3 statistics string _strptime struct tempfile textwrap threading time timeit tokenize "
    "traceback types typing unicodedata urllib.parse uuid warnings weakref zipfile zoneinfo"
).split()
"""The modules an image holds, imported: what samples in articles use most. Others come with `PATH`."""

PATH = next((place for place in sys.path if place.endswith(".zip")), "")
"""Where the standard library lies, as byte code, once it is there."""

SOURCES = "/lib/python_sources.zip"
"""Where its sources lie, once a traceback has needed them."""

_tell: list[Callable[[], Awaitable[Any]]] = []
"""What fetches the sources, once Python has begun."""

_inside: set[str] = set()
"""The names of all modules and packages at `PATH`, where they are not all imported: an image's."""


def gather() -> None:
    """Import `GATHERED` and forget what one boot should not hand on to all others, before an image is made."""
    with zipfile.ZipFile(PATH) as library:
        _inside.update(name.partition("/")[0].removesuffix(".pyc") for name in library.namelist())
    for name in GATHERED:
        importlib.import_module(name)
    runner = importlib.import_module(f"{__package__}.runner")
    for number in range(len(rehearsal.USUAL)):
        runner.rehearse(number)
    linecache.clearcache()
    re.purge()
    random.seed(0)
    gc.collect()


def _is_inside(name: str) -> bool:
    return name.partition(".")[0] in _inside


class _Waiting:
    """A finder that finds nothing: the first import of something that is in the library waits for it, then goes on."""

    def __init__(self, arrive: Callable[[], Awaitable[Any]]) -> None:
        self.arrive = arrive

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Wait; raise ImportError where this browser, or a call from JavaScript, does not let Python wait."""
        if not _is_inside(name):
            return
        from pyodide.ffi import can_run_sync, run_sync

        if not can_run_sync():
            raise ImportError(f"{name} is still on its way here; run the sample again.")
        run_sync(_fetched(self.arrive))


def _waiting() -> list[_Waiting]:
    return [finder for finder in sys.meta_path if isinstance(finder, _Waiting)]


async def _fetched(fetch: Callable[[], Awaitable[Any]]) -> None:
    """Wait for `fetch()`; raise ImportError with its reason when that fails."""
    try:
        await fetch()
    except Exception as error:
        raise ImportError(f"A part of Python's standard library is not here. {error}. Run tries again.") from None


def begin(arrive: Callable[[], Awaitable[Any]] | None, tell: Callable[[], Awaitable[Any]]) -> None:
    """Begin a life of one's own after boot.

    Where the library is not here yet, `arrive()` fetches it when something is missed; `tell()` fetches its sources.
    """
    _tell.append(tell)
    random.seed()
    del sys.modules["time"]  # which keeps the time zone it found when it was imported: another one's, in an image
    again = importlib.import_module("time")
    for name in ("altzone", "daylight", "timezone", "tzname"):
        setattr(time, name, getattr(again, name))
    sys.modules["time"] = time
    if arrive:
        place = next(i for i, finder in enumerate(sys.meta_path) if getattr(finder, "__name__", "") == "PathFinder")
        sys.meta_path.insert(place, _Waiting(arrive))


async def whole() -> None:
    """Wait until all of the library is here; raise ImportError where it cannot be had."""
    for finder in _waiting():
        await _fetched(finder.arrive)


async def remember_lines(names: Iterable[str]) -> None:
    """Let tracebacks show the lines of those of `names` that are the library's; where that fails, they show none."""
    ours = {name for name in names if PATH and name.startswith(f"{PATH}/")}
    missing = [name for name in sorted(ours) if len(linecache.cache.get(name, ())) < 4]  # fewer: it knows how to look
    if not missing or not _tell:
        return
    try:
        if not os.path.exists(SOURCES):
            await _fetched(_tell[-1])
        with zipfile.ZipFile(SOURCES) as sources:
            for name in missing:
                tracebacks.remember_source(name, sources.read(name.removeprefix(f"{PATH}/")).decode())
    except Exception:
        return  # the error that is being shown matters more


def arrived() -> None:
    """Take note that the library lies at `PATH`."""
    # A list of its own: an import that waits is going through the old one.
    sys.meta_path = [finder for finder in sys.meta_path if not isinstance(finder, _Waiting)]


async def bring(tree: ast.AST) -> None:
    """Wait for the library where the source `tree` imports what is not here: not every browser can wait later."""
    for finder in _waiting():
        names = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            )
        }
        if any(_is_inside(name) for name in names - sys.modules.keys()):
            await _fetched(finder.arrive)
