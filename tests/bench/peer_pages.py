"""The pages Readerly is measured against, and the files they load."""

import html
import json
import re
import shutil
import tarfile
import tempfile
from pathlib import Path

from readerly_site import compress
from readerly_site.build import build
from readerly_site.download import download
from readerly_site.pins import PYSCRIPT
from readerly_site.runtime import cache

BARE, PLAIN, EDITOR = "/bare/", "/articles/plain/", "/editor/"
"""Where the pages stand; the second one is as deep as an article is, for the addresses in it."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
{head}</head>
<body>
{body}</body>
</html>
"""

LIVE = 'import js\n\njs.performance.mark("readerly-live")'
"""All the Python of the bare page: it says that it runs, by the mark that our widgets set."""

OURS = re.compile(
    r'<link rel="(?:modulepreload|preload)"[^>]*>|<script[^>]*>\s*</script>|'
    r'<meta http-equiv="Content-Security-Policy"[^>]*>'
)
"""What Readerly's build puts into an article's page so that its widgets start."""


def lay(folder: Path, site: Path, essay: str, source: str) -> None:
    """Build `site` into `folder`, and put the other pages there; the editor's holds `source`.

    So all load the very same MicroPython, Pyodide and PyScript; PyScript gets the chunks back that Readerly leaves out.
    """
    dist = build(site, folder).dist
    runtime = next((dist / "readerly").glob("runtime-*"))
    shutil.copytree(whole_pyscript(), runtime / "pyscript", dirs_exist_ok=True)
    at = f"/{runtime.relative_to(dist).as_posix()}"
    core = f'<script type="module" src="{at}/pyscript/core.js"></script>\n'
    styles = f'<link rel="stylesheet" href="{at}/pyscript/core.css">\n'
    live = python("mpy", f"{at}/micropython/micropython.mjs", LIVE)
    editor = python("py-editor", f"{at}/pyodide/pyodide.mjs", source)
    article = (dist / essay.strip("/") / "index.html").read_text(encoding="utf-8")
    write(dist, BARE, PAGE.format(title="Bare PyScript", head=core, body=live))
    write(dist, EDITOR, PAGE.format(title="PyScript's editor", head=styles + core, body=editor))
    write(dist, PLAIN, plain(article).replace("</head>", f"{core}</head>").replace("</body>", f"{live}</body>"))


def python(kind: str, interpreter: str, source: str) -> str:
    """Return PyScript's tag; without a configuration its interpreter would come from another host."""
    config = html.escape(json.dumps({"interpreter": interpreter}))
    return f"<script type=\"{kind}\" config='{config}'>\n{source}\n</script>\n"


def plain(article: str) -> str:
    """Return the page of an article without anything that starts Readerly's widgets."""
    without = OURS.sub("", article)
    assert "boot.mjs" not in without, "the page starts Readerly in a way that tests/bench/peer_pages.py does not know"
    return without


def write(dist: Path, path: str, page: str) -> None:
    """Write a page, compressed as the build compresses its own."""
    compress.write(dist / path.strip("/") / "index.html", page.encode())


def whole_pyscript() -> Path:
    """Return a folder with all that PyScript's package is served from: fetched and compressed once, then kept."""
    home = cache() / "bench" / f"pyscript-{PYSCRIPT.version}"
    if home.is_dir():
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=home.parent) as scratch:
        (made := Path(scratch) / "made").mkdir()
        with tarfile.open(download(PYSCRIPT, Path(scratch))) as archive:
            for member in archive:
                name = Path(member.name)
                data = archive.extractfile(member)
                if data and name.parent == Path("package/dist") and name.suffix in (".js", ".css"):
                    compress.write(made / name.name, data.read(), once=True)
        made.rename(home)
    return home
