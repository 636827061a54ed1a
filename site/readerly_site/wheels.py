"""The wheels of a lock file: kept per user by their hash, fetched again by pip when missing, laid beside the pages."""

import hashlib
import json
import shutil
from pathlib import Path

from pyodide_lock.spec import PackageSpec

from readerly_site import cache, compress, resolve
from readerly_site.errors import ReaderlyError
from readerly_site.lock import Lock, table

TABLE = "packages.json"
"""The name of the table of all packages, in the folder of the wheels and in the sandbox."""


def keep(wheel: Path) -> None:
    """Put a copy of `wheel` into the cache."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()

    def copy(empty: Path) -> None:
        shutil.copyfile(wheel, empty / wheel.name)

    cache.kept(_place(digest), copy)


def kept(package: PackageSpec) -> Path:
    """Return the wheel of `package` from the cache, fetched again where it is missing; ReaderlyError: it is not had."""
    folder, digests = cache.kept(_place(package.sha256), lambda empty: _fetch(package, empty))
    if digests.get(package.file_name) != package.sha256:
        raise ReaderlyError(f"{package.file_name} is not there; remove the folder and try again", folder)
    return folder / package.file_name


def files(lock: Lock) -> dict[str, Path]:
    """Return every wheel of `lock` by its name."""
    return {package.file_name: kept(package) for package in lock.packages.values()}


def lay(lock: Lock, home: Path) -> str | None:
    """Lay the wheels of `lock` and their table into a folder of `home`, the readerly folder, and return its name.

    Returns None, and lays nothing, where no package is locked.
    """
    if not lock.packages:
        return None
    found = files(lock)
    text = told(lock, found)
    name = f"packages-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    compress.write(home / name / TABLE, text.encode(), once=True)
    for wheel, file in found.items():
        shutil.copyfile(file, home / name / wheel)
    return name


def told(lock: Lock, found: dict[str, Path]) -> str:
    """Return the table of the packages of `lock`, as pages and sandboxes get it; `found` are the wheels by name."""
    return json.dumps(table(lock, {name: file.stat().st_size for name, file in found.items()}), separators=(",", ":"))


def _place(digest: str) -> str:
    return f"wheels/{digest[:24]}"


def _fetch(package: PackageSpec, empty: Path) -> None:
    """Fetch the wheel of `package`, and no other, into the folder `empty`."""
    asked = empty / "requirements.txt"
    asked.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", encoding="utf-8")
    why = resolve.pip("download", ["--no-deps", "--require-hashes", "--dest", str(empty), "-r", str(asked)])
    asked.unlink()
    if why and resolve.from_distribution(package.name, empty, resolve.DISTRIBUTION):
        raise ReaderlyError(
            f"the wheel {package.file_name} could not be fetched: {why}; go online, or pin it anew with `readerly lock`"
        )
    found = empty / package.file_name
    if not found.is_file() or hashlib.sha256(found.read_bytes()).hexdigest() != package.sha256:
        raise ReaderlyError(
            f"the wheel {package.file_name} that was fetched is not the one that is locked; do not use it"
        )
