"""What is made or fetched once and kept per user: folders of files, each with a list of what was put there.

A folder is good while every file in it is as it was put there; else it is made anew. Two commands may do that at the
same time: each works in a folder of its own, and the first to be done puts it in place.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from readerly_site.errors import ReaderlyError


def home() -> Path:
    """Return the folder that keeps all of it: READERLY_CACHE, or the user's cache folder."""
    return Path(os.environ.get("READERLY_CACHE") or platformdirs.user_cache_dir("readerly", appauthor=False))


def kept(place: str, make: Callable[[Path], None]) -> tuple[Path, dict[str, str]]:
    """Return the folder kept at `place` in the cache, and the SHA-256 of its files by name; `make` fills an empty one.

    Raises ReaderlyError when it cannot be kept there, and what `make` raises.
    """
    target = home() / place
    if found := _read(target):
        return found
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="new-", dir=target.parent) as scratch:
            made = Path(scratch) / "made" / "files"
            made.mkdir(parents=True)
            make(made)
            listed = {file.relative_to(made).as_posix(): _digest(file) for file in made.rglob("*") if file.is_file()}
            (made.parent / "files.json").write_text(json.dumps(listed, indent=1, sort_keys=True), encoding="utf-8")
            _settle(made.parent, target)
    except OSError as error:
        raise ReaderlyError(
            f"{Path(place).parts[0]} cannot be kept there: {error.strerror or error}; "
            f"name another folder in READERLY_CACHE",
            home(),
        ) from error
    found = _read(target)
    if found is None:
        raise ReaderlyError("what was just put there cannot be read back; remove the folder and try again", target)
    return found


def _settle(made: Path, target: Path) -> None:
    """Put what was made in its place, unless another process has just done so; a damaged one is moved away."""
    for _ in range(2):
        try:
            made.rename(target)
        except OSError:
            if not target.exists():
                raise
            if _read(target):
                return
            target.rename(made.with_name("damaged"))
        else:
            return


def _read(target: Path) -> tuple[Path, dict[str, str]] | None:
    """Return what is kept at `target`, or None when any of it is not as it was put there."""
    files = target / "files"
    try:
        listed: dict[str, str] = json.loads((target / "files.json").read_bytes())
        whole = all(_digest(files / name) == digest for name, digest in listed.items())
    except (OSError, ValueError):
        return None
    return (files, listed) if whole else None


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
