"""Finds the wheels that some packages need in the sandbox's Python, by pip's own resolution.

Taken are pure wheels and those for Pyodide's platform (PEP 783) from the index that pip is set up for; what it lacks is
looked for in Pyodide's own distribution, where that can be reached.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from readerly_site.errors import ReaderlyError
from readerly_site.pins import PYODIDE

PYTHON = "3.14"
"""The sandbox's Python: that of the pinned Pyodide."""

PLATFORMS = ("pyemscripten_2026_0_wasm32", "pyodide_2026_0_wasm32")
"""Its platform tags (PEP 783): what PyPI takes, and what Pyodide's own distribution has."""

MARKERS = {
    "implementation_name": "cpython",
    "implementation_version": "3.14.2",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_release": "5.0.3",
    "platform_system": "Emscripten",
    "platform_version": "#1",
    "python_full_version": "3.14.2",
    "python_version": PYTHON,
    "sys_platform": "emscripten",
}
"""What the markers of dependencies mean there (PEP 508)."""

DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE.version}/full/"
"""Where the packages of Pyodide's own distribution lie, with their lock file; authors ask it, readers never."""

MOST = 20
"""Clauses of a conflict that are told."""

QUIET = ["--progress-bar=off", "--no-color", "--disable-pip-version-check", "--retries=1", "--only-binary=:all:"]
TARGET = ["--python-version", PYTHON, "--implementation", "cp", "--abi", "cp314", "--abi", "abi3", "--abi", "none"]


class Unavailable(ReaderlyError):
    """A package cannot be had for the sandbox; `packages` are its name and that of the one that needs it, if any."""

    def __init__(self, message: str, *packages: str) -> None:
        """Hold the sentence and the names."""
        super().__init__(message)
        self.packages = packages


def resolve(wanted: Sequence[str], folder: Path, distribution: str = DISTRIBUTION) -> list[Path]:
    """Put the wheels that the requirements `wanted` need into the empty `folder` and return them.

    `distribution` is the address of Pyodide's. Raises Unavailable, naming the package, where one cannot be had, and
    ReaderlyError for what else pip says.
    """
    with tempfile.TemporaryDirectory() as more:
        tried: set[str] = set()
        while why := pip("download", ["--dest", str(folder), "--find-links", more, *wanted]):
            missing = _missing(why, more)
            if not missing:
                raise ReaderlyError(f"the packages {' '.join(wanted)} cannot be had: {why}")
            name, version, parent = missing
            if name in tried:
                raise Unavailable(f"the package {name} cannot be had: {why}", name)
            tried.add(name)
            asked = from_distribution(name, Path(more), distribution)
            if asked:
                package = f"{name}, which {parent} needs," if parent else name
                why = f"the package {package} cannot run in the browser: {_lacking(name, version)}; {asked}"
                raise Unavailable(why, name, *[parent] * bool(parent))
    return sorted(folder.glob("*.whl"))


def pip(command: str, arguments: Sequence[str]) -> str:
    """Run pip for the sandbox's Python; return "" or the reason why it failed."""
    platforms = [part for platform in PLATFORMS for part in ("--platform", platform)]
    script = str(Path(__file__).with_name("pip_for_pyodide.py"))
    return _run([sys.executable, script, json.dumps(MARKERS), command, *QUIET, *TARGET, *platforms, *arguments])


def _run(command: Sequence[str]) -> str:
    with tempfile.TemporaryDirectory() as elsewhere:
        done = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    errors = [line.removeprefix("ERROR: ") for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
    named = [line for line in errors if "No matching distribution" in line]
    needs = [found[0] for line in errors if (found := re.search(r" \(from [\w.-]+\)(?= \(from versions)", line))]
    if named:
        return "".join([named[0], *needs[:1]])
    clash = [line.strip() for line in done.stdout.splitlines() if re.match(r"    \S+ \S+ depends on ", line)]
    return "; ".join([*errors[:1], *clash[:MOST]]) or f"pip ended with status {done.returncode}"


def _missing(why: str, more: str) -> tuple[str, str, str] | None:
    """Return name, version and who needs it, "" for nobody, of the package that pip found nowhere; None: it found all.

    Where several versions of a package need it, pip speaks of a conflict between these. `more` is a folder of wheels.
    """
    if said := re.search(r"No matching distribution found for ([\w.-]+)(\[[^]]*\])?([^\s(;]*)", why):
        needs = re.search(r" \(from ([\w.-]+)\)$", why)
        return said[1], said[3], needs[1] if needs else ""
    asked: dict[str, tuple[str, str]] = {}
    for parent, name, version in re.findall(r"(\S+) \S+ depends on ([\w.-]+)(?:\[[^]]*\])?([^\s;]*)", why):
        asked.setdefault(name, (version, parent))  # the newest stands first
    for name, (version, parent) in asked.items():
        with tempfile.TemporaryDirectory() as other:
            if "No matching" in pip("download", ["--no-deps", "--dest", other, "--find-links", more, name + version]):
                return name, version, parent
    return None


def _lacking(name: str, version: str) -> str:
    """Return why the index has no wheel of `name` for the sandbox, by what it has for this machine."""
    with tempfile.TemporaryDirectory() as other:
        command = [sys.executable, "-m", "pip", "download", *QUIET, "--no-deps", "--dest", other, name + version]
        if not _run(command):
            file = next(Path(other).glob("*.whl")).name
            return (
                f"it has native code, as in {file}, and no wheel for WebAssembly ({PLATFORMS[0]}); take one in its "
                "place that is pure Python"
            )
        if version and not pip("download", ["--no-deps", "--dest", other, name]):
            file = next(Path(other).glob("*.whl")).name
            return f"the index has {file}, and no version {version} of it; ask for another version"
    return "the index has no wheel of it that is pure Python or for WebAssembly; look whether the name is right"


def from_distribution(name: str, folder: Path, distribution: str) -> str:
    """Put the wheel of `name` from Pyodide's distribution into `folder`; return "" or the reason why there is none."""
    try:
        packages: dict[str, Any] = json.loads(_read(distribution + "pyodide-lock.json"))["packages"]
        entry = packages.get(re.sub(r"[-_.]+", "-", name).lower())
        if not entry or not entry["file_name"].endswith(".whl"):
            return "Pyodide's distribution does not have it either"
        native = [each for each in entry["depends"] if packages[each]["package_type"] == "shared_library"]
        if native:
            return f"Pyodide's distribution has it with the shared library {native[0]}, which Readerly does not carry"
        data = _read(distribution + entry["file_name"])
    except (OSError, ValueError, KeyError) as error:
        return f"Pyodide's distribution could not be asked ({getattr(error, 'reason', error)})"
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        return "Pyodide's distribution has another file of it than its lock names; do not use it"
    (folder / Path(entry["file_name"]).name).write_bytes(data)
    return ""


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read()
