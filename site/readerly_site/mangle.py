"""Shortens the names of local variables in MicroPython's JavaScript, which its package leaves as they were written.

An eighth of the module's bytes, compressed, are such names: 3.4 KB of each page (Terser 5.51, MicroPython 1.29.0-6).
"""

import tempfile
from pathlib import Path

from readerly_site import node

TERSER = "terser.js"
"""The name under which Terser is handed over."""


def mangled(module: bytes, terser: bytes) -> bytes:
    """Return a JavaScript `module` with short local names; raise ReaderlyError when `terser` fails."""
    with tempfile.TemporaryDirectory() as scratch:
        tool, file = Path(scratch) / TERSER, Path(scratch) / "module.mjs"
        tool.write_bytes(terser)
        file.write_bytes(module)
        node.run("mangle.mjs", str(tool), str(file))
        return file.read_bytes()
