"""The image of memory that Python boots from in the sandbox: made once for a runtime and a sandbox, tried, and kept.

It is made by the very worker that readers' browsers run, in Node, and laid only if that worker then boots from it
and runs a sample. See docs/decisions/0015.
"""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from readerly_site import cache, compress, node
from readerly_site.errors import ReaderlyError
from readerly_site.runtime import LAYOUT, Runtime
from readerly_site.unpack import PYODIDE_FILES

NAME = "image.bin"
"""The image's name in the deployed folder; it stands among the widgets, since their sandbox's modules are in it."""

SAID = [["stdout", "[42]"], ["stdout", "\n"]]
"""What the sample that is tried in it prints."""


def snapshot(runtime: Runtime, worker: str, modules: str) -> Path:
    """Return a folder that holds the image, `NAME`, and its compressed siblings.

    `worker` is the worker's source and `modules` the JSON of the sandbox's modules, by name. The same input gives the
    same bytes. Raises ReaderlyError when no image can be made, or when Python does not boot from the one that was.
    """
    driver = node.script("image.mjs").read_text(encoding="utf-8")
    made_of = "\n".join([LAYOUT, runtime.fingerprint, worker, modules, driver])
    place = f"image/{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    return cache.kept(place, lambda empty: _make(empty, runtime, worker, modules))[0]


def memory(image: Path) -> int:
    """Return the bytes of memory that Python has once it has booted from `image`, which says so in its head."""
    with image.open("rb") as data:
        return int(json.loads(data.read(int.from_bytes(data.read(4), "little")))["memory"])


def _make(made: Path, runtime: Runtime, worker: str, modules: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in PYODIDE_FILES:
            shutil.copyfile(runtime.folder / "pyodide" / name, folder / name)
        (folder / "worker.js").write_text(worker, encoding="utf-8")
        (folder / "sandbox.json").write_text(modules, encoding="utf-8")
        node.run("image.mjs", scratch, "make", NAME)
        said = [json.loads(line) for line in node.run("image.mjs", scratch, "try", NAME).splitlines()]
        if [line for line in said if line[0] not in ("ready", "needs", "done")] != SAID:
            raise ReaderlyError(f"Python does not boot from the image of memory that was made for it: {said}")
        compress.write(made / NAME, (folder / NAME).read_bytes(), once=True)
