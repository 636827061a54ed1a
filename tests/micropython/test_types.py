"""The browser half, checked against stubs of MicroPython's own modules instead of CPython's.

This finds calls that MicroPython lacks in code that only a browser runs. Its stubs are not complete: what they miss is
left to the unit tests and the browser tests.
"""

import json
import os
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STUBS = Path(str(distribution("micropython-stdlib-stubs").locate_file("")))
"""The folder that holds `stdlib/`, the way pyright wants the standard library's stubs."""


def complaints(folder: Path, checked: Path, leave_out: Path | None = None) -> list[str]:
    """Return what pyright says of the folder `checked`, with its configuration in `folder`."""
    folder = folder.resolve()

    def relative(path: Path) -> str:
        return os.path.relpath(path, folder)

    configuration = {
        "include": [relative(checked)],
        "exclude": [relative(leave_out)] if leave_out else [],
        "extraPaths": [relative(ROOT / "widgets")],
        "stubPath": relative(ROOT / "typings"),
        "typeshedPath": relative(STUBS),
        "typeCheckingMode": "basic",
        "reportMissingModuleSource": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(configuration), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"], done.stdout + done.stderr
    return [
        f"{found['file']}:{found['range']['start']['line'] + 1}: {found['message']}"
        for found in report["generalDiagnostics"]
    ]


def test_the_widgets_use_what_micropython_has(tmp_path):
    widgets = ROOT / "widgets" / "readerly"
    found = complaints(tmp_path, widgets, leave_out=widgets / "code_sample" / "sandbox")
    assert not found, "\n".join(found)


def test_what_micropython_lacks_is_noticed(tmp_path):
    (tmp_path / "module.py").write_text("import json\n\njson.dumps({}, indent=1)\n", encoding="utf-8")
    found = complaints(tmp_path, tmp_path)
    assert len(found) == 1
    assert 'No overloads for "dumps"' in found[0]
