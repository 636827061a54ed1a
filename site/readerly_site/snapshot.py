"""The images of memory that Python boots from in the sandbox: made once for a runtime and a sandbox, tried, and kept.

They are made by the very worker that readers' browsers run, in Node, and laid only if that worker then boots from them
and runs a sample. See docs/decisions/0015.
"""

import hashlib
import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from readerly_site import cache, compress, node
from readerly_site.errors import ReaderlyError
from readerly_site.runtime import Runtime
from readerly_site.unpack import PYODIDE_FILES

IMAGES = {"suspending": "image.bin", "plain": "plain.bin"}
"""The images' names in the deployed folder, for browsers that can suspend WebAssembly (JSPI) and for those that cannot.

They stand among the widgets, since the modules of the widgets' sandbox are in them.
"""

SAID = {
    "suspending": [["stdout", "[42, true]"], ["stdout", "\n"]],
    "plain": [["stdout", "[42, false]"], ["stdout", "\n"]],
}
"""What the sample that is tried in each of them prints."""


def snapshot(runtime: Runtime, worker: str, modules: str) -> Path:
    """Return a folder that holds `IMAGES` and their compressed siblings.

    `worker` is the worker's source and `modules` the JSON of the sandbox's modules, by name. The same input gives the
    same bytes. Raises ReaderlyError when no image can be made, or when Python does not boot from one.
    """
    driver = node.script("image.mjs").read_text(encoding="utf-8")
    made_of = "\n".join([runtime.fingerprint, worker, modules, driver])
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
        for kind, name in IMAGES.items():
            node.run("image.mjs", scratch, "make", name)
            said = [json.loads(line) for line in node.run("image.mjs", scratch, "try", name).splitlines()]
            if [line for line in said if line[0] not in ("ready", "needs", "done")] != SAID[kind]:
                raise ReaderlyError(f"Python does not boot from the image of memory that was made for it: {said}")
        with ThreadPoolExecutor() as pool:
            files = [(made / name, (folder / name).read_bytes()) for name in IMAGES.values()]
            for job in [pool.submit(compress.write, file, data, once=True) for file, data in files]:
                job.result()
