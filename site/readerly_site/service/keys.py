"""The secret keys that sign readers' tokens."""

import logging
import os
import secrets
from pathlib import Path

from readerly_site.errors import ReaderlyError

log = logging.getLogger(__name__)

SHORTEST = 16
"""Characters; a shorter key is taken for a mistake."""


def load_keys(file: Path | None, given: str | None) -> list[str]:
    """Return the keys, oldest first: those ``given`` (READERLY_SECRET), or those in ``file``, made if it is absent.

    Keys are separated by white space. The last one signs and all are accepted, so a key is changed by adding a line.
    Raises `ReaderlyError` when there is no usable key.
    """
    if given:
        return _checked(given.split(), None)
    if file is None:
        raise ReaderlyError("No place for the signing key: set READERLY_SECRET, or READERLY_SECRET_FILE.")
    try:
        if not file.exists():
            _create(file)
        if os.name == "posix" and file.stat().st_mode & 0o077:
            log.warning("Others can read the signing key %s: run chmod 600 on it.", file)
        return _checked(file.read_text("ascii").split(), file)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ReaderlyError(f"The signing key cannot be read or made: {reason}.", file) from None


def _checked(keys: list[str], file: Path | None) -> list[str]:
    if not keys or min(map(len, keys)) < SHORTEST:
        place = "the file" if file else "READERLY_SECRET"
        raise ReaderlyError(f"A signing key has at least {SHORTEST} characters; put a longer one into {place}.", file)
    return keys


def _create(file: Path) -> None:
    """Make the file with mode 600, complete from the moment it exists, even if two services start at once."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(32) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(draft, file)  # unlike a rename it never replaces: the service that is first makes the key
        except OSError:
            if not file.exists():  # a file system without links
                draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
