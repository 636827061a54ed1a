"""The runtime that pages are served with: PyScript's core, MicroPython, Pyodide and micropip, pinned and kept per user.

They are fetched once, through npm and pip, checked by hash, and kept in the cache. A full cache needs no network.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from readerly_site import cache, compress
from readerly_site.download import download
from readerly_site.mangle import TERSER, mangled
from readerly_site.pins import PINS, Pin
from readerly_site.unpack import unpack

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the steps done and the steps in all."""

LAYOUT = "7"
"""Changed when the same packages, or what is made of them, are laid differently."""

MICROPYTHON_MODULE = "micropython/micropython.mjs"
"""What Terser makes shorter."""

SIBLINGS = tuple(compress.SIBLINGS.values())
"""Endings that count for no fingerprint: they say nothing that the files themselves do not."""


@dataclass(frozen=True)
class Runtime:
    """The runtime as it lies in the cache: `folder` holds pyscript/, micropython/, pyodide/, licences/ and a wheel."""

    folder: Path
    fingerprint: str
    """The first 12 hex digits of the SHA-256 over names and contents."""


def fetch(progress: Progress | None = None) -> Runtime:
    """Return the runtime, from the cache when it is whole there; raise ReaderlyError when a part cannot be had."""
    pins = "\n".join([LAYOUT, *map(repr, PINS)])
    place = f"runtime/{hashlib.sha256(pins.encode()).hexdigest()[:12]}"
    folder, digests = cache.kept(place, lambda empty: _make(empty, progress or (lambda what, done, total: None)))
    return Runtime(folder, fingerprint(digests.items()))


def fingerprint(digests: Iterable[tuple[str, str]]) -> str:
    """Return the first 12 hex digits of the SHA-256 over names and the digests of contents."""
    lines = "".join(f"{digest} {name}\n" for name, digest in sorted(digests) if not name.endswith(SIBLINGS))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _make(made: Path, progress: Progress) -> None:
    """Fetch, check and lay out the runtime in the empty folder `made`."""
    done, total = 0, len(PINS) + 2
    files: dict[str, bytes] = {}

    def step(what: str) -> None:
        nonlocal done
        progress(what, done, total)
        done += 1

    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(len(PINS)) as pool:
        jobs = {pool.submit(_fetched, pin, Path(scratch)): pin for pin in PINS}
        step("Fetching the runtime")
        for job in as_completed(jobs):
            files |= unpack(jobs[job], job.result())
            step(f"Fetched {jobs[job]}")
    files[MICROPYTHON_MODULE] = mangled(files[MICROPYTHON_MODULE], files.pop(TERSER))
    step("Compressing the runtime")
    with ThreadPoolExecutor() as pool:
        for job in [pool.submit(compress.write, made / name, data, once=True) for name, data in files.items()]:
            job.result()
    progress("The runtime is ready", total, total)


def _fetched(pin: Pin, scratch: Path) -> Path:
    folder = Path(tempfile.mkdtemp(dir=scratch))
    return download(pin, folder)
