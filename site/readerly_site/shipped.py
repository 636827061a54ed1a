"""The files that travel with the distribution: the browser half, pyscript.toml and the notices."""

from importlib.resources import files
from pathlib import Path

from readerly_site.errors import ReaderlyError


def widgets() -> Path:
    """Return the folder of `readerly`, the browser half: the checkout's, or the installed one."""
    return Path(str(files("readerly")))


def root_file(name: str) -> Path:
    """Return a file of the repository's root; an installed distribution has it beside this module."""
    checkout = Path(__file__).parents[2]
    return checkout / name if (checkout / "pyproject.toml").is_file() else Path(__file__).with_name(name)


def named(path: str) -> Path:
    """Return the file that pyscript.toml names, such as "./widgets/readerly/js/guard.mjs"."""
    file = widgets() / path.removeprefix("./").removeprefix("widgets/readerly/")
    if not file.is_file():
        raise ReaderlyError(f"names {path}, which is not there", root_file("pyscript.toml"))
    return file


def text(path: str) -> str:
    """Return a text of the browser half, by its path inside `readerly`."""
    return (widgets() / path).read_text(encoding="utf-8")
