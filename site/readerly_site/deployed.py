"""What the deployed boot.mjs is told: the configuration in pyscript.toml, with deployed addresses in place of paths."""

import tomllib
from pathlib import Path
from typing import Any

from readerly_site import compress, library, shipped, snapshot, wheels
from readerly_site.bundle import LATER
from readerly_site.errors import ReaderlyError
from readerly_site.languages import LANGUAGES
from readerly_site.unpack import PYODIDE_FILES

LIGHT = ("micropython.mjs", "micropython.wasm")
"""What MicroPython boots from, in the runtime's folder `micropython`."""


def settings() -> dict[str, Any]:
    """Return what pyscript.toml says."""
    file = shipped.root_file("pyscript.toml")
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ReaderlyError(f"cannot be read as TOML: {error}", file) from error


def named_files(pyscript: dict[str, Any]) -> list[str]:
    """Return the paths of the files that the configuration names and the page loads."""
    return [*pyscript.get("files", {}), *pyscript["js_modules"]["main"]]


def configuration(
    pyscript: dict[str, Any], home: Path, widgets: str, runtime: str, packages: str | None = None
) -> dict[str, Any]:
    """Return the value of boot.mjs's "__CONFIG__"; every address in it is relative to `home`, the readerly folder.

    `widgets`, `runtime` and `packages` are the names of the folders laid there, the last one where there are any.
    """

    def moved(table: dict[str, str]) -> dict[str, str]:
        return {f"{widgets}/{Path(path).name}": name for path, name in table.items()}

    def sized(path: str) -> dict[str, Any]:
        file = home / path
        size = compress.size(file)
        whole = file.stat().st_size
        return {"name": file.name, "url": path, "bytes": whole, "size": size, "packed": size < whole}

    modules = moved(pyscript["js_modules"]["main"])
    further = moved(pyscript.get("files", {}))
    interpreter = f"{runtime}/micropython/micropython.mjs"
    # Core asks for its plugin of errors, whatever a page wants, once it has been evaluated.
    chunks = [next(home.glob(f"{runtime}/pyscript/{name}-*.js")).relative_to(home) for name in ("core", "error")]
    main = f"{widgets}/main.py"
    # The page itself runs on these, so they lie in the browser's cache as they are.
    light = [{**sized(f"{runtime}/micropython/{name}"), "packed": False} for name in LIGHT]
    booted = [name for name in PYODIDE_FILES if name not in library.MADE]
    later = [f"{runtime}/pyodide/{name}" for name in library.MADE]
    later += [f"{packages}/{wheels.TABLE}"] if packages else []
    sandbox = [*(f"{runtime}/pyodide/{name}" for name in booted), f"{widgets}/sandbox.json"]
    return {
        "core": f"{runtime}/pyscript/core.js",
        "css": f"{widgets}/widgets.css",
        "main": main,
        "preload": {
            "modules": [*(chunk.as_posix() for chunk in chunks), interpreter, *modules],
            "fetch": [f"{runtime}/micropython/micropython.wasm", main, *further],
        },
        "pyscript": {**pyscript, "interpreter": interpreter, "files": further, "js_modules": {"main": modules}},
        "later": [f"{widgets}/{name}" for name in LATER],
        "languages": {code: f"{widgets}/locales/{code}.json" for code in LANGUAGES if code != "en"},
        "sandbox": {
            "frame": f"{widgets}/sandbox.html",
            "rich": f"{widgets}/rich.html",
            "markup": f"{widgets}/markup.html",
            "door": f"{widgets}/door.mjs",
            "files": [sized(path) for path in sandbox],
            "image": {
                **sized(f"{widgets}/{snapshot.NAME}"),
                "name": "image",
                "memory": snapshot.memory(home / widgets / snapshot.NAME),
            },
            "later": [sized(path) for path in later],
            "packages": packages,
        },
        "micropython": {
            "frame": f"{widgets}/micropython.html",
            "door": f"{widgets}/door.mjs",
            "files": light,
            "image": None,
            "later": [],
        },
    }
