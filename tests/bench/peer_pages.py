"""The pages Readerly is measured against, each as its author's manual says, and the files they load."""

import html
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
PLAIN = "/articles/plain/"
"""Where the pages stand; the last one is as deep as an article is, for the addresses in it."""

LIVE = """<script type="mpy" config='{{"interpreter": "{interpreter}"}}'>
import js

js.performance.mark("readerly-live")
</script>
"""
"""PyScript's tag, which without a configuration would get its interpreter from another host. The Python says that it
runs, by the mark that our widgets set."""

OURS = re.compile(
    r'<link rel="(?:modulepreload|preload)"[^>]*>|<script[^>]*>\s*</script>|'
    r'<meta http-equiv="Content-Security-Policy"[^>]*>'
)
"""What Readerly's build puts into an article's page so that its widgets start."""

SAMPLE = re.compile(r"<code-sample\b.*?<pre\b[^>]*>(.*?)</pre>", re.DOTALL)


def lay(folder: Path, site: Path, essay: str) -> None:
    """Build `site` into `folder`, and put the other pages there; they hold the source of the essay's first sample.

    So all load the very same MicroPython, PyScript and Pyodide, the latter two whole, as their packages have them.
    """
    dist = build(site, folder).dist
    runtime = next((dist / "readerly").glob("runtime-*"))
    for name, files in {"pyscript": served(PYSCRIPT, "dist"), "pyodide": served(PYODIDE, "")}.items():
        shutil.rmtree(runtime / name)
        shutil.copytree(files, runtime / name)
    at = f"/{runtime.relative_to(dist).as_posix()}"
    article = (dist / essay.strip("/") / "index.html").read_text(encoding="utf-8")
    source = first_sample(article)
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
    for path, name in {BARE: "bare", EDITOR: "editor", FLOOR: "floor", ISLANDS: "marimo", CELLS: "thebe"}.items():
        compress.write(dist / path.strip("/") / "index.html", filled(f"{name}.html", known))
    compress.write(dist / FLOOR.strip("/") / "worker.mjs", filled("worker.mjs", known))
    page = plain(article).replace("</head>", f"{known['start']}</head>").replace("</body>", f"{known['live']}</body>")
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
