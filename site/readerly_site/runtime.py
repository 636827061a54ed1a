"""The runtime that pages are served with: PyScript's core, MicroPython, Pyodide and micropip, pinned and kept per user.

They are fetched once, through npm and pip, checked by hash, and kept in the user's cache folder (READERLY_CACHE names
another). A full cache needs no network. Two commands may fill it at the same time: each works in a folder of its own,
and the first to be done puts it in place.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from readerly_site import compress
from readerly_site.download import download
from readerly_site.errors import ReaderlyError
from readerly_site.pins import PINS, Pin
from readerly_site.unpack import unpack

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the steps done and the steps in all."""

LAYOUT = "3"
"""Changed when the same packages are laid differently."""


@dataclass(frozen=True)
class Runtime:
    """The runtime as it lies in the cache: `folder` holds pyscript/, micropython/, pyodide/, licences/ and a wheel."""

    folder: Path
    fingerprint: str
    """The first 12 hex digits of the SHA-256 over names and contents."""


def cache() -> Path:
    """Return the folder that keeps what was fetched: READERLY_CACHE, or the user's cache folder."""
    return Path(os.environ.get("READERLY_CACHE") or platformdirs.user_cache_dir("readerly", appauthor=False))


def fetch(progress: Progress | None = None) -> Runtime:
    """Return the runtime, from the cache when it is whole there; raise ReaderlyError when a part cannot be had."""
    pins = "\n".join([LAYOUT, *map(repr, PINS)])
    home = cache() / "runtime" / hashlib.sha256(pins.encode()).hexdigest()[:12]
    if found := _read(home):
        return found
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="new-", dir=home.parent) as scratch:
            _make(Path(scratch), progress or (lambda what, done, total: None))
            _settle(Path(scratch), home)
    except OSError as error:
        raise ReaderlyError(
            f"the runtime cannot be kept there: {error.strerror or error}; name another folder in READERLY_CACHE",
            cache(),
        ) from error
    found = _read(home)
    if found is None:
        raise ReaderlyError("the runtime just put there cannot be read back; remove the folder and try again", home)
    return found


def fingerprint(digests: Iterable[tuple[str, str]]) -> str:
    """Return the first 12 hex digits of the SHA-256 over names and the digests of contents."""
    lines = "".join(f"{digest} {name}\n" for name, digest in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _make(scratch: Path, progress: Progress) -> None:
    """Fetch, check and lay out the runtime in `scratch`/made, with the list of its files beside them."""
    done, total = 0, len(PINS) + 2
    files: dict[str, bytes] = {}

    def step(what: str) -> None:
        nonlocal done
        progress(what, done, total)
        done += 1

    with ThreadPoolExecutor(len(PINS)) as pool:
        jobs = {pool.submit(_fetched, pin, scratch): pin for pin in PINS}
        step("Fetching the runtime")
        for job in as_completed(jobs):
            files |= unpack(jobs[job], job.result())
            step(f"Fetched {jobs[job]}")
    made = scratch / "made" / "files"
    step("Compressing the runtime")
    with ThreadPoolExecutor() as pool:
        for job in [pool.submit(compress.write, made / name, data, once=True) for name, data in files.items()]:
            job.result()
    listed = {str(file.relative_to(made).as_posix()): _digest(file) for file in made.rglob("*") if file.is_file()}
    (scratch / "made" / "files.json").write_text(json.dumps(listed, indent=1, sort_keys=True), encoding="utf-8")
    progress("The runtime is ready", total, total)


def _fetched(pin: Pin, scratch: Path) -> Path:
    folder = Path(tempfile.mkdtemp(dir=scratch))
    return download(pin, folder)


def _settle(scratch: Path, home: Path) -> None:
    """Put the made runtime in its place, unless another process has just done so; a damaged one is moved away."""
    for _ in range(2):
        try:
            (scratch / "made").rename(home)
        except OSError:
            if not home.exists():
                raise
            if _read(home):
                return
            home.rename(scratch / "damaged")
        else:
            return


def _read(home: Path) -> Runtime | None:
    """Return the runtime kept in `home`, or None when it is absent or any of its files is not as it was put there."""
    try:
        listed: dict[str, str] = json.loads((home / "files.json").read_bytes())
        whole = all(_digest(home / "files" / name) == digest for name, digest in listed.items())
    except (OSError, ValueError):
        return None
    plain = ((name, digest) for name, digest in listed.items() if not name.endswith(".gz"))
    return Runtime(home / "files", fingerprint(plain)) if whole else None


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
