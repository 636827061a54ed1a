"""Packages of others that are measured against: pinned, fetched with npm or pip, and kept out of this project.

Each gets a folder of its own in the user's cache, with all that it depends on, so that none can disturb another or
our own environment.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from readerly_site.cache import home
from readerly_site.download import node, npms
from readerly_site.errors import ReaderlyError

PIP = ["--quiet", "--disable-pip-version-check", "--prefer-binary", "--retries=1"]
NPM = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
PATIENCE = 300
"""Seconds after which an installation, or a run, is given up."""


@dataclass(frozen=True)
class Package:
    """A package of npm or PyPI, in one version."""

    client: Literal["npm", "pip"]
    name: str
    version: str
    lock: Path | None = None
    """A folder with a package.json and a package-lock.json, for npm to install just that."""

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def install(self) -> Path:
        """Return the folder it is installed in, from the cache when it is there; raise ReaderlyError if it cannot be.

        npm's packages are in node_modules/ there; those of pip are in the folder itself, for PYTHONPATH.
        """
        suits = "" if self.client == "npm" else f"-{sys.implementation.cache_tag}"
        place = home() / "bench-peers" / f"{self.name}-{self.version}{suits}"
        if place.is_dir():
            return place
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix="new-", dir=place.parent) as scratch:
                (made := Path(scratch) / "made").mkdir()
                self._fill(made)
                made.rename(place)
        except ReaderlyError as error:
            raise ReaderlyError(f"{self} could not be installed: {error}") from error
        except OSError as error:
            raise ReaderlyError(f"{self} cannot be kept: {error.strerror or error}") from error
        return place

    def call(self, program: str, data: Any) -> Any:
        """Run `program`, JavaScript or Python that can import the package; `data` and the answer go as JSON."""
        home = self.install()
        command = [str(node()), "-e"] if self.client == "npm" else [sys.executable, "-c"]
        return json.loads(run([*command, program], home, json.dumps(data), {"PYTHONPATH": str(home)}))

    def _fill(self, made: Path) -> None:
        """Install the package into the empty folder `made`."""
        if self.lock:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(self.lock / name, made)
            command = [*next(npms()), "ci", *NPM]
        elif self.client == "npm":
            # Without a package.json of its own, npm would look for one further up.
            (made / "package.json").write_text('{"private": true}\n', encoding="utf-8")
            command = [*next(npms()), "install", f"{self.name}@{self.version}", "--no-package-lock", *NPM]
        else:
            target = ["--target", str(made), f"{self.name}=={self.version}"]
            command = [sys.executable, "-m", "pip", "install", *PIP, *target]
        run(command, made)


def run(command: list[str], folder: Path, said: str = "", environment: dict[str, str] | None = None) -> str:
    """Run `command` in `folder` with `said` on its standard input, and return its output.

    Raises ReaderlyError with its last words if it fails, takes too long or is not there.
    """
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            input=said,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReaderlyError(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()]
        reason = errors[0] if errors else lines[-1] if lines else f"status {done.returncode}"
        raise ReaderlyError(f"{Path(command[0]).name} failed: {reason}")
    return done.stdout
