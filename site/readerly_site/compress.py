"""Writes a file and, where that is smaller, its gzip sibling: hosts that know of `.gz` files send them as they are."""

import gzip
from pathlib import Path

ENDINGS = frozenset({".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".txt", ".wasm", ".xml"})
"""Kinds of file that shrink; zip archives, wheels and pictures are compressed already."""


def write(file: Path, data: bytes) -> None:
    """Write `data` to `file`, making its folders, and `file`.gz beside it where that is smaller."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    small = gzip.compress(data, 9, mtime=0)  # no time of day inside: the same input gives the same bytes
    if file.suffix in ENDINGS and len(small) < len(data):
        file.with_name(file.name + ".gz").write_bytes(small)


def size(file: Path) -> int:
    """Return the bytes a reader loads for `file`: its `.gz` sibling's where there is one."""
    sibling = file.with_name(file.name + ".gz")
    return (sibling if sibling.exists() else file).stat().st_size
