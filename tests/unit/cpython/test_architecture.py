"""Who may import whom: the contracts in pyproject.toml hold, and each would notice what it forbids."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = {"readerly": ROOT / "widgets", "readerly_site": ROOT / "site"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts on the packages in `folder`."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "widgets"), str(folder / "site")])}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_contracts_hold():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: " in done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("widgets/readerly/page/dom.py", "import readerly_site", "the browser half never imports the host half"),
        ("widgets/readerly/hearts/heart.py", "from readerly.page import service", "logic and views are pure"),
        ("widgets/readerly/hearts/view.py", "from readerly.page import dom", "logic and views are pure"),
        ("widgets/readerly/read_time/reading.py", "import time", "logic and views are pure"),
        ("widgets/readerly/hearts/tag.py", "from polyscript import config", "PyScript stays behind one module"),
        ("widgets/readerly/page/dom.py", "import js", "PyScript stays behind one module"),
        ("site/readerly_site/article.py", "from readerly.page import browser", "the host half takes only pure modules"),
        (
            "widgets/readerly/code_sample/sandbox/runner.py",
            "from readerly.page import markup",
            "what runs in the sandbox",
        ),
        ("site/readerly_site/service/store.py", "from readerly_site import article", "the service knows nothing"),
    ],
)
def test_a_forbidden_import_is_noticed(tmp_path, module, line, contract):
    for name, parent in PACKAGES.items():
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(parent / name, tmp_path / parent.name / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file = tmp_path / module
    file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract}" in done.stdout.split("Broken contracts")[1]
