"""Runs the scripts beside this module in the Node that came with the distribution: some of Pyodide needs Pyodide."""

import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from readerly_site.download import node
from readerly_site.errors import ReaderlyError

SUSPENDING = "--experimental-wasm-jspi"
"""What lets Node 24 suspend WebAssembly; newer ones do so without being told, and do not know it."""

UNABLE = 3
"""The exit status of a script that needs that, in a Node without it."""


def script(name: str) -> Path:
    """Return the script `name` beside this module."""
    return Path(str(files(__name__))) / name


def start(name: str, arguments: Sequence[str], folders: Sequence[Path]) -> subprocess.Popen[str]:
    """Start the script `name`, which may read from `folders` and nothing else, and talk to it through pipes.

    What it runs is an author's, or a package's: it may not write, and start nothing.
    """
    flags = [] if suspends() else [SUSPENDING]
    allowed = [f"--allow-fs-read={folder}" for folder in (script(name).parent, *folders)]
    command = [str(node()), *flags, "--permission", *allowed, str(script(name)), *arguments]
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8", errors="replace")
    except OSError as error:
        raise ReaderlyError(f"Node, which came with Readerly, cannot be started: {error.strerror}", node()) from error


@cache
def suspends() -> bool:
    """Return whether Node suspends WebAssembly without being told."""
    asked = [str(node()), "-e", 'process.exit("Suspending" in WebAssembly ? 0 : 3)']
    try:
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0
    except OSError as error:
        raise ReaderlyError(f"Node, which came with Readerly, cannot be started: {error.strerror}", node()) from error


def run(name: str, *arguments: str) -> str:
    """Run the script `name` and return what it printed; raise ReaderlyError when it fails."""
    for flags in ([], [SUSPENDING]):
        command = [str(node()), *flags, str(script(name)), *arguments]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            raise ReaderlyError(
                f"Node, which came with Readerly, cannot be started: {error.strerror}", node()
            ) from error
        if done.returncode != UNABLE:
            break
    if done.returncode:
        said = [*done.stderr.splitlines(), *done.stdout.splitlines(), "it said nothing"]
        why = next((line for line in said if "Error" in line), said[0])  # what Node says of itself stands around it
        raise ReaderlyError(f"Node could not run {name}, status {done.returncode}: {why.strip()}", script(name))
    return done.stdout
