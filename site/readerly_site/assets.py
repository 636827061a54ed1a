"""Lays the deployed `readerly/` folder: everything a page loads, under names that change when the contents do.

    readerly/boot.mjs                the one stable name, and the author's only tag
    readerly/widgets-<fingerprint>/  the browser half: main.py, guard.mjs, widgets.css, running.py, later.py,
                                     locales/, what the sandbox is made of and its image
    readerly/runtime-<fingerprint>/  PyScript's core, MicroPython, Pyodide and micropip, with their licences
    readerly/packages-<fingerprint>/ the wheels that samples use, and their table

The same input gives the same bytes. Files that shrink have siblings, `.br` and `.gz`, and large ones `.zst`.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from readerly.code_sample.sandbox import output
from readerly_site import compress, deployed, shipped, snapshot, wheels
from readerly_site.bundle import bundle, later, strip
from readerly_site.lock import Lock
from readerly_site.rich_page import rich_page
from readerly_site.runtime import Runtime, fingerprint
from readerly_site.sandbox_page import sandbox_page
from readerly_site.unpack import MARKUP

FOLDER = "readerly"
"""The deployed folder's name."""


BOUNDS = ("LINES", "LINE", "LIMIT", "MESSAGE", "BURST", "PER_SECOND", "TICK")
"""What bounds the output of both engines, by its names in `output`."""


@dataclass(frozen=True)
class Assets:
    """What was laid; paths are relative to `folder`, with "/" between their parts."""

    folder: Path
    """The folder that `readerly/` stands in."""
    boot: str
    stylesheet: str
    fetched: tuple[str, ...]
    """What `boot` asks for once a page has been painted."""
    runtime: str
    """The runtime's folder."""
    bytes: int
    """What a page loads for its widgets before the first click: bytes, by gzip; Brotli has some 10 % fewer."""


def lay(folder: Path, runtime: Runtime, lock: Lock | None = None) -> Assets:
    """Write `folder`/readerly, with `runtime` and the packages of `lock` in it; tell what a page needs to know."""
    pyscript = deployed.settings()
    files = browser_half(deployed.named_files(pyscript))
    files["markup.html"] = markup_page(runtime.folder).encode()
    image = snapshot.snapshot(runtime, worker(), files["sandbox.json"].decode())
    # The image is made of the runtime too, and lies with the widgets: a new one needs a new address as they do.
    named = {**files, snapshot.NAME: (image / snapshot.NAME).read_bytes()}
    digests = ((name, hashlib.sha256(data).hexdigest()) for name, data in named.items())
    widgets_at, runtime_at = f"widgets-{fingerprint(digests)}", f"runtime-{runtime.fingerprint}"
    home = folder / FOLDER
    left_out = shutil.ignore_patterns("markup")  # which is in the page that runs it
    shutil.copytree(
        runtime.folder, home / runtime_at, copy_function=shutil.copyfile, dirs_exist_ok=True, ignore=left_out
    )
    for name, data in files.items():
        compress.write(home / widgets_at / name, data, once=True)
    shutil.copytree(image, home / widgets_at, copy_function=shutil.copyfile, dirs_exist_ok=True)
    compress.write(home / "NOTICE.txt", shipped.root_file("NOTICE").read_bytes())
    packages_at = wheels.lay(lock, home) if lock else None
    config = deployed.configuration(pyscript, home, widgets_at, runtime_at, packages_at)
    said = json.dumps(config, separators=(",", ":"))
    boot_text = script("boot.mjs").replace('"__CONFIG__"', said, 1)
    compress.write(home / "boot.mjs", boot_text.encode(), once=True)
    preload = config["preload"]
    fetched = tuple(f"{FOLDER}/{path}" for path in (config["core"], *preload["modules"], *preload["fetch"]))
    boot, stylesheet = f"{FOLDER}/boot.mjs", f"{FOLDER}/{config['css']}"
    return Assets(
        folder=folder,
        boot=boot,
        stylesheet=stylesheet,
        fetched=fetched,
        runtime=f"{FOLDER}/{runtime_at}",
        bytes=sum(compress.size(folder / path) for path in (boot, stylesheet, *fetched)),
    )


def browser_half(named: list[str]) -> dict[str, bytes]:
    """Return the files of the browser half by name, the ones that pyscript.toml has `named` among them."""
    package = shipped.widgets()
    texts = {
        "main.py": bundle(package),
        **later(package),
        "widgets.css": compress.css(shipped.text("css/widgets.css")),
        **{name: script(name) for name in ("door.mjs", "carrier.mjs")},
        "sandbox.html": sandbox_page(script("sandbox.js"), worker()),
        "micropython.html": sandbox_page(script("sandbox.js"), light_worker()),
        "rich.html": rich_page(script("rich.js")),
        "sandbox.json": sandbox_modules(),
    }
    texts |= {f"locales/{file.name}": file.read_text("utf-8") for file in (package / "locales").glob("*.json")}
    made = {name: text.encode() for name, text in texts.items()}
    for file in map(shipped.named, named):
        data = file.read_bytes()
        made[file.name] = uncommented(data.decode()).encode() if file.suffix == ".mjs" else data
    return made


def sandbox_modules() -> str:
    """Return the modules that run beside samples in CPython, as JSON: sources by the names of their files."""
    files = (shipped.widgets() / "code_sample/sandbox").glob("[!_]*.py")
    return json.dumps({file.name: file.read_text("utf-8") for file in files}, sort_keys=True, separators=(",", ":"))


def markup_page(runtime: Path) -> str:
    """Return the document that shows Markdown and LaTeX, with what the folder of the `runtime` has for that in it."""
    libraries = [(runtime / f"markup/{pin.name}.js").read_text(encoding="utf-8") for pin in MARKUP]
    own = [script("markup.js"), script("rich.js")]
    return rich_page("\n".join([*libraries, *own]))


def worker() -> str:
    """Return the source of the worker that runs samples in Pyodide."""
    return script("link.js") + script("worker.js")


def light_worker() -> str:
    """Return the source of the worker that runs samples in MicroPython, with the runner and output's bounds in it."""
    runner = strip(shipped.text("code_sample/micropython/runner.py"))
    outlet = script("outlet.js").replace(
        '"__BOUNDS__"', json.dumps({name: getattr(output, name) for name in BOUNDS}), 1
    )
    micro = script("micro.js").replace('"__RUNNER__"', json.dumps(runner), 1)
    return script("link.js") + outlet + micro


def script(name: str) -> str:
    """Return one of our scripts by its name, as it is sent."""
    return uncommented(shipped.text(f"js/{name}"))


def uncommented(script: str) -> str:
    """Return a script of ours with the lines that are comments left empty, so that line numbers stay."""
    return "\n".join("" if line.lstrip().startswith("//") else line for line in script.split("\n"))
