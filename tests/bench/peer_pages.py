"""The two pages Readerly is measured against, and the files they load."""

import html
import json
import shutil
import tarfile
import tempfile
from pathlib import Path

from readerly_site import compress
from readerly_site.download import download
from readerly_site.pins import PYSCRIPT
from readerly_site.runtime import Runtime, cache

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
{head}<script type="module" src="/{runtime}/pyscript/core.js"></script>
</head>
<body>
<script type="{kind}" config='{config}'>
{source}
</script>
</body>
</html>
"""
"""A page as PyScript's manual writes it; without a configuration its interpreters would come from another host."""

LIVE = 'import js\n\njs.performance.mark("readerly-live")'
"""All that the bare page does: say when its Python runs, by the same mark as ours."""


def lay(folder: Path, runtime: Runtime, source: str) -> None:
    """Write both pages below `folder`; the editor's holds `source`.

    Their files lie under the name that a deployed site has for them, so that a server treats them alike: the same
    MicroPython and Pyodide, and the same PyScript with the chunks that Readerly leaves out.
    """
    home = f"readerly/runtime-{runtime.fingerprint}"
    for part in ("micropython", "pyodide"):
        shutil.copytree(runtime.folder / part, folder / home / part)
    shutil.copytree(whole_pyscript(), folder / home / "pyscript")
    css = f'<link rel="stylesheet" href="/{home}/pyscript/core.css">\n'
    for name, head, kind, interpreter, code in (
        ("bare", "", "mpy", "micropython/micropython.mjs", LIVE),
        ("editor", css, "py-editor", "pyodide/pyodide.mjs", source),
    ):
        page = PAGE.format(
            title=name,
            head=head,
            runtime=home,
            kind=kind,
            config=html.escape(json.dumps({"interpreter": f"/{home}/{interpreter}"})),
            source=code,
        )
        compress.write(folder / name / "index.html", page.encode())


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
