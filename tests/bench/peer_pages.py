"""The pages Readerly is measured against, each as its author's manual says, and the files they load."""

import html
import json
import re
import shutil
import urllib.parse
from pathlib import Path
from string import Template

from readerly_site import compress
from readerly_site.build import build
from readerly_site.pins import PYODIDE, PYSCRIPT

from .pinned import KATEX, MARIMO, THEBE, served

PAGES = Path(__file__).parent / "pages"

BARE, EDITOR, FLOOR, ISLANDS, CELLS = "/bare/", "/editor/", "/floor/", "/marimo/", "/thebe/"
EDITOR_PYDANTIC = "/editor-pydantic/"
PLAIN, TEXT = "/articles/plain/", "/articles/text/"
"""Where the pages stand; the last two are as deep as an article is, for the addresses in it."""

LIVE = """<script type="mpy" config='{{"interpreter": "{interpreter}"}}'>
import js

js.performance.mark("readerly-live")
</script>
"""
"""PyScript's tag, which without a configuration would get its interpreter from another host. The Python says that it
runs, by the mark that our widgets set."""

OURS = re.compile(
    r"<script[^>]*>\s*</script>|"
    r'<meta http-equiv="Content-Security-Policy"[^>]*>'
)
"""What Readerly's build puts into an article's page so that its widgets start."""

PYDANTIC = "/articles/pydantic/"
"""Where our own page of a sample with a package stands, in the site that `with_packages` makes."""

LOCKED = Path(__file__).parents[1] / "browser/site/readerly.lock.json"
"""What `readerly lock` found for pydantic, in the format of Pyodide's own lock file."""

SAMPLE = re.compile(r"<code-sample\b.*?<pre\b[^>]*>(.*?)</pre>", re.DOTALL)


def with_packages(site: Path, folder: Path) -> Path:
    """Copy `site` to `folder`, with an article more, whose sample needs pydantic; return `folder`."""
    shutil.copytree(site, folder)
    shutil.copy(PAGES / "pydantic.md", folder / "articles")
    shutil.copy(LOCKED, folder)
    return folder


def lay(folder: Path, site: Path, essay: str) -> None:
    """Build `site` into `folder`, and put the other pages there; they hold the source of the essay's first sample.

    So all load the very same MicroPython, PyScript and Pyodide, the latter two whole, as their packages have them, and
    the very same wheels, which Pyodide's lock file names as its own: no index is asked what pydantic needs.
    """
    dist = build(site, folder).dist
    runtime = next((dist / "readerly").glob("runtime-*"))
    wheels = [*runtime.rglob("micropip-*.whl*"), *(dist / "readerly").glob("packages-*/*.whl*")]
    laid = {wheel.name: wheel.read_bytes() for wheel in wheels}
    locks = [runtime / "pyodide/pyodide-lock.json", LOCKED]
    packages = {k: v for lock in locks for k, v in json.loads(lock.read_bytes())["packages"].items()}
    for name, files in {"pyscript": served(PYSCRIPT, "dist"), "pyodide": served(PYODIDE, "")}.items():
        shutil.rmtree(runtime / name)
        shutil.copytree(files, runtime / name)
    for name, data in laid.items():
        (runtime / "pyodide" / name).write_bytes(data)
    lock = json.loads((runtime / "pyodide/pyodide-lock.json").read_bytes())
    compress.write(runtime / "pyodide/pyodide-lock.json", json.dumps({**lock, "packages": packages}).encode())
    at = f"/{runtime.relative_to(dist).as_posix()}"
    article = (dist / essay.strip("/") / "index.html").read_text(encoding="utf-8")
    source = first_sample(article)
    packaged = first_sample((dist / PYDANTIC.strip("/") / "index.html").read_text(encoding="utf-8"))
    known = {
        "start": f'<script type="module" src="{at}/pyscript/core.js"></script>\n',
        "live": LIVE.format(interpreter=f"{at}/micropython/micropython.mjs"),
        "pyscript": f"{at}/pyscript",
        "pyodide": f"{at}/pyodide/pyodide.mjs",
        "raw": source,
        "source": html.escape(source),
        "quoted": urllib.parse.quote(source),
        "marimo": MARIMO.version,
        "katex": KATEX.version,
        "thebe": THEBE.version,
    }
    editor = {"interpreter": known["pyodide"]}
    packages_too = {**editor, "packages": ["pydantic"]}
    for path, name, own in (
        (BARE, "bare", {}),
        (EDITOR, "editor", {"configuration": json.dumps(editor)}),
        (
            EDITOR_PYDANTIC,
            "editor",
            {"configuration": json.dumps(packages_too), "raw": packaged},
        ),
        (FLOOR, "floor", {}),
        (ISLANDS, "marimo", {}),
        (CELLS, "thebe", {}),
    ):
        compress.write(dist / path.strip("/") / "index.html", filled(f"{name}.html", {**known, **own}))
    compress.write(dist / FLOOR.strip("/") / "worker.mjs", filled("worker.mjs", known))
    text = plain(article)
    page = text.replace("</head>", f"{known['start']}</head>").replace("</body>", f"{known['live']}</body>")
    compress.write(dist / TEXT.strip("/") / "index.html", text.encode())
    compress.write(dist / PLAIN.strip("/") / "index.html", page.encode())


def filled(name: str, known: dict[str, str]) -> bytes:
    """Return a file of pages/ with what is known in its places."""
    return Template((PAGES / name).read_text(encoding="utf-8")).substitute(known).encode()


def first_sample(article: str) -> str:
    """Return the source of the first sample in an article's page."""
    found = SAMPLE.search(article)
    assert found, "the essay's page has no sample, or one that tests/bench/peer_pages.py does not know"
    return html.unescape(re.sub("<[^>]*>", "", found[1])).strip()


def plain(article: str) -> str:
    """Return the page of an article without anything that starts Readerly's widgets."""
    without = OURS.sub("", article)
    assert "boot.mjs" not in without, "the page starts Readerly in a way that tests/bench/peer_pages.py does not know"
    return without
