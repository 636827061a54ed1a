"""Writes a file and, where that is smaller, its gzip sibling: hosts that know of `.gz` files send them as they are."""

import gzip
from pathlib import Path

import rcssmin  # pyright: ignore[reportMissingTypeStubs]
import zopfli.gzip  # pyright: ignore[reportMissingTypeStubs]

ENDINGS = frozenset({".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".txt", ".wasm", ".xml"})
"""Kinds of file that shrink; zip archives, wheels and pictures are compressed already."""

PATIENCE = 600_000
"""Bytes above which Zopfli, at about 2 seconds a megabyte, is not worth waiting for."""


def write(file: Path, data: bytes, *, once: bool = False) -> None:
    """Write `data` to `file`, making its folders, and `file`.gz beside it where that is smaller.

    What is compressed `once` and loaded by every page may take its time: Zopfli makes it 4-5 % smaller than gzip -9.
    Neither of them writes the time of day, so the same input gives the same bytes.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    if file.suffix not in ENDINGS:
        return
    small = _hard(data) if once and len(data) < PATIENCE else gzip.compress(data, 9, mtime=0)
    if len(small) < len(data):
        file.with_name(file.name + ".gz").write_bytes(small)


def css(text: str) -> str:
    """Return a style sheet without its comments and without space that means nothing."""
    return str(rcssmin.cssmin(text))  # pyright: ignore


def _hard(data: bytes) -> bytes:
    return zopfli.gzip.compress(data, numiterations=5)  # pyright: ignore


def size(file: Path) -> int:
    """Return the bytes a reader loads for `file`: its `.gz` sibling's where there is one."""
    sibling = file.with_name(file.name + ".gz")
    return (sibling if sibling.exists() else file).stat().st_size
