"""Writes a file and, where they are smaller, its siblings: hosts that know of their endings send them as they are."""

import gzip
import sys
from functools import lru_cache
from pathlib import Path

import brotli  # pyright: ignore[reportMissingTypeStubs]
import rcssmin  # pyright: ignore[reportMissingTypeStubs]
import zopfli.gzip  # pyright: ignore[reportMissingTypeStubs]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENDINGS = frozenset(
    ".bin .css .csv .geojson .html .js .json .jsonl .mjs .py .svg .tsv .txt .wasm .xml .yaml .zip".split()
)
"""Kinds of file that may shrink, as zip archives do that only store; wheels and pictures are compressed already."""

SIBLINGS = {"zstd": ".zst", "br": ".br", "gzip": ".gz"}
"""What the siblings' names end in, by content coding; where there are several, the earlier ones are better."""

WORTH = 0.95
"""A sibling is kept up to this part of the file's size: a zip archive that is compressed shrinks by 2 % once more."""

ZOPFLI_PATIENCE = 600_000
"""Bytes above which Zopfli, at about 2 seconds a megabyte, is not worth waiting for."""

BROTLI_PATIENCE = 2_000_000
"""Bytes above which Brotli's quality 11, at up to 4 seconds a megabyte, is not worth waiting for.

Pyodide's 9.6 MB take 39 seconds and become 2.77 MB; at quality 9 it is 2 seconds and 3.13 MB. Files of that size get a
`.zst` as well: 2.89 MB in 3 seconds, which browsers unpack three to four times as fast.
"""

WINDOW = 24
"""The base 2 logarithm of the bytes that Brotli looks back over: the most that browsers accept (RFC 7932, 9.1)."""

ZSTANDARD: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 19,  # the last before those that want more memory to unpack
    zstd.CompressionParameter.window_log: 23,  # 8 MB, the most that browsers look back over (RFC 9659, 3)
}
"""How a `.zst` is made."""

REMEMBERED = 1024
"""Small files whose siblings are remembered: most pages are the same in the next build of a running server."""


def write(file: Path, data: bytes, *, once: bool = False) -> None:
    """Write `data` to `file`, making its folders, and its siblings beside it where those are smaller.

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
    """Return where `file` lies in a content coding, one of `SIBLINGS`, if it is there at all."""
    return file.with_name(file.name + SIBLINGS[coding])


def size(file: Path) -> int:
    """Return the bytes a reader loads for `file` at the most from a host that compresses: those of its `.gz`.

    Chromium and Firefox take the smaller `.br` and `.zst` over https and from their own machine only, and not every
    host has them.
    """
    packed = sibling(file, "gzip")
    return (packed if packed.exists() else file).stat().st_size


def css(text: str) -> str:
    """Return a style sheet without its comments and without space that means nothing."""
    return str(rcssmin.cssmin(text))  # pyright: ignore


def _packed(data: bytes, once: bool) -> dict[str, bytes]:
    """Return `data` in each content coding."""
    large = len(data) >= BROTLI_PATIENCE
    quality = 9 if large else 11
    return {
        **({"zstd": zstd.compress(data, options=ZSTANDARD)} if large else {}),
        "br": brotli.compress(data, quality=quality, lgwin=WINDOW),  # pyright: ignore
        "gzip": zopfli.gzip.compress(data, numiterations=5)  # pyright: ignore
        if once and len(data) < ZOPFLI_PATIENCE
        else gzip.compress(data, 9, mtime=0),
    }


_remembered = lru_cache(REMEMBERED)(_packed)
