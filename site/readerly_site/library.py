"""Python's standard library as pages are served with it: byte code, and apart from it the sources.

Measured in docs/decisions/0015: as byte code Python boots four times as fast as from the sources Pyodide comes with.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from readerly_site import node

GIVEN = "python_stdlib.zip"
"""The name of the standard library among Pyodide's files."""

MADE = ("library.zip", "sources.zip")
"""What becomes of it: zip archives that only store, for hosts and browsers to compress as a whole."""

COMPILER = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", GIVEN)
"""The files of Pyodide that compile it."""


def compiled(pyodide: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return `MADE` by name, compiled with the files of `pyodide` by its own Python: byte code fits no other.

    Raises ReaderlyError when that fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in COMPILER:
            (folder / name).write_bytes(pyodide[name])
        node.run("library.mjs", scratch)
        return {name: (folder / name).read_bytes() for name in MADE}
