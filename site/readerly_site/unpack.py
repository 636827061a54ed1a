"""Takes out of a fetched package what pages are served with, and leaves the rest."""

import json
import tarfile
import zipfile
from pathlib import Path

from readerly_site import library, mangle, modules
from readerly_site.pins import MARKED, MICROPIP, MICROPYTHON, PYODIDE, TEMML, TERSER, Pin

PYODIDE_FILES = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "pyodide-lock.json", *library.MADE)
"""What Pyodide boots from, and what it may ask for later."""

MARKUP = {MARKED: "lib/marked.umd.js", TEMML: "dist/temml.min.js"}
"""What shows Markdown and LaTeX, in the order in which the frame that does so runs it."""


def unpack(pin: Pin, file: Path) -> dict[str, bytes]:
    """Return what of a package pages are served with, by its name in the runtime's folder; of Terser, itself."""
    if pin == MICROPIP:
        with zipfile.ZipFile(file) as wheel:
            licence = wheel.read(f"{pin.name}-{pin.version}.dist-info/licenses/LICENSE")
        return {file.name: file.read_bytes(), "licences/micropip.txt": licence}
    # Only the members asked for by name are ever read, and none decides where it is written.
    with tarfile.open(file) as archive:
        members = [member for member in archive if member.isfile()]
        inside = {member.name.removeprefix("package/"): archive.extractfile(member) for member in members}
        read = {name: data.read() for name, data in inside.items() if data}
    if pin == MICROPYTHON:
        return {f"micropython/{name}": read[name] for name in ("micropython.mjs", "micropython.wasm")}
    if pin == TERSER:
        return {mangle.TERSER: read["dist/bundle.min.js"]}
    if pin in MARKUP:
        return {f"markup/{pin.name}.js": read[MARKUP[pin]], f"licences/{pin.name}.txt": read["LICENSE"]}
    if pin == PYODIDE:
        files = {name: read[name] for name in library.COMPILER}
        files |= library.compiled(files) | {"pyodide-lock.json": _lock(read["pyodide-lock.json"])}
        return {f"pyodide/{name}": files[name] for name in PYODIDE_FILES}
    chunks = {Path(name).name: data for name, data in read.items() if name.startswith("dist/") and name.endswith(".js")}
    # The error plugin cannot be left out; what else core could load is excluded in pyscript.toml or never asked for.
    roots = ["core.js", *(name for name in chunks if name.startswith(("error-", "codemirror")))]
    laid = {f"pyscript/{name}": chunks[name] for name in modules.closure(roots, chunks)}
    texts = {name: data for name, data in read.items() if "3rd-party-licenses/codemirror" in name}
    laid |= {f"licences/{Path(name).name.replace('.license', '')}": data for name, data in texts.items()}
    return laid | {"licences/pyscript.txt": read["LICENSE"]}


def _lock(lock: bytes) -> bytes:
    """Return Pyodide's lock file with what is laid here, which is micropip: nothing else could be loaded."""
    stated = json.loads(lock)
    wheel = {**stated["packages"][MICROPIP.name], "sha256": MICROPIP.digest.removeprefix("sha256-")}
    return json.dumps({"info": stated["info"], "packages": {MICROPIP.name: wheel}}).encode()
