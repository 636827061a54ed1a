"""Writes a file and, where they are smaller, its siblings: hosts that know of `.br` and `.gz` send them as they are."""

import gzip
from functools import lru_cache
from pathlib import Path

import brotli  # pyright: ignore[reportMissingTypeStubs]
import rcssmin  # pyright: ignore[reportMissingTypeStubs]
import zopfli.gzip  # pyright: ignore[reportMissingTypeStubs]

ENDINGS = frozenset({".bin", ".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".txt", ".wasm", ".xml", ".zip"})
"""Kinds of file that may shrink, as zip archives do that only store; wheels and pictures are compressed already."""

SIBLINGS = {"br": ".br", "gzip": ".gz"}
"""What the siblings' names end in, by content coding; Brotli's, the smaller ones, come first."""

WORTH = 0.95
"""A sibling is kept up to this part of the file's size: a zip archive that is compressed shrinks by 2 % once more."""

ZOPFLI_PATIENCE = 600_000
"""Bytes above which Zopfli, at about 2 seconds a megabyte, is not worth waiting for."""

BROTLI_PATIENCE = 2_000_000
"""Bytes above which Brotli's quality 11, at up to 4 seconds a megabyte, is not worth waiting for.

Pyodide's 9.6 MB take 39 seconds and become 2.77 MB; at quality 9 it is 2 seconds and 3.13 MB.
"""

WINDOW = 24
"""The base 2 logarithm of the bytes that Brotli looks back over: the most that browsers accept (RFC 7932, 9.1)."""

REMEMBERED = 1024
"""Small files whose siblings are remembered: most pages are the same in the next build of a running server."""


def write(file: Path, data: bytes, *, once: bool = False) -> None:
    """Write `data` to `file`, making its folders, and `file`.br and `file`.gz beside it where those are smaller.

    What is compressed `once` and loaded by every page may take its time: Zopfli makes its `.gz` 4-5 % smaller than
    gzip -9. None of them writes the time of day, so the same input gives the same bytes.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    if file.suffix not in ENDINGS:
        return
    pack = _remembered if len(data) < ZOPFLI_PATIENCE else _packed
    for coding, small in pack(data, once).items():
        if len(small) <= len(data) * WORTH:
            sibling(file, coding).write_bytes(small)


def sibling(file: Path, coding: str) -> Path:
    """Return where `file` lies in a content coding, "br" or "gzip", if it is there at all."""
    return file.with_name(file.name + SIBLINGS[coding])


def size(file: Path) -> int:
    """Return the bytes a reader loads for `file` at the most from a host that compresses: those of its `.gz`.

    Chromium and Firefox take the smaller `.br` over https and from their own machine only, and not every host has it.
    """
    packed = sibling(file, "gzip")
    return (packed if packed.exists() else file).stat().st_size


def css(text: str) -> str:
    """Return a style sheet without its comments and without space that means nothing."""
    return str(rcssmin.cssmin(text))  # pyright: ignore


def _packed(data: bytes, once: bool) -> dict[str, bytes]:
    """Return `data` in each content coding."""
    quality = 11 if len(data) < BROTLI_PATIENCE else 9
    return {
        "br": brotli.compress(data, quality=quality, lgwin=WINDOW),  # pyright: ignore
        "gzip": zopfli.gzip.compress(data, numiterations=5)  # pyright: ignore
        if once and len(data) < ZOPFLI_PATIENCE
        else gzip.compress(data, 9, mtime=0),
    }


_remembered = lru_cache(REMEMBERED)(_packed)
