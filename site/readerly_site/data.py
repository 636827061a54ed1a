"""The data files that samples name: found beside the article, laid under addresses that change with their contents."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from readerly.code_sample.attributes import LARGEST
from readerly_site import compress
from readerly_site.links import Links


@dataclass(frozen=True)
class DataFile:
    """One file of one sample."""

    name: str
    """Its path in the folder the sample works in, percent-encoded."""
    file: Path
    digest: str
    """12 hex digits for its contents."""

    @property
    def place(self) -> str:
        """Where it lies in a built site, relative to its root and percent-encoded."""
        return f"readerly/files-{self.digest}/{quote(self.file.name)}"


def found(wanted: Sequence[Sequence[str]], links: Links) -> tuple[DataFile, ...]:
    """Return the files that `wanted` names for a sample of the article of `links`; a folder stands for all in it.

    Each of `wanted` is a name and an address. ValueError ends a sentence that begins with "files".
    """
    files: dict[str, Path] = {}
    for name, address in wanted:
        path = links.local(address)
        if path is None or not path.is_relative_to(links.file.parent.resolve()):
            raise ValueError(f"names {address}, which is outside the article's folder; copy it there")
        inside = {name: path}
        if name.endswith("/"):
            inside = {f"{name}{quote(each.relative_to(path).as_posix())}": each for each in _below(path)}
            if not inside:
                raise ValueError(f"names a folder that is not there, or has no file in it, {address}; correct the name")
        for each, file in inside.items():
            if not file.is_file():
                why = "is a folder; end its name with a slash" if file.is_dir() else "is not there; correct the name"
                raise ValueError(f"names {address}, which {why}")
            if each in files:
                raise ValueError(f"names {unquote(each)} twice; leave one out")
            files[each] = file
    size = sum(file.stat().st_size for file in files.values())
    if size > LARGEST:
        raise ValueError(f"has {size / 1e6:.1f} MB, and a sample may have {LARGEST / 1e6:g} MB; make the data smaller")
    return tuple(DataFile(name, file, _digest(file)) for name, file in files.items())


def given(files: Sequence[Path], folder: Path) -> tuple[DataFile, ...]:
    """Return `files` of `folder` as data files, by their paths from there."""
    return tuple(DataFile(quote(file.relative_to(folder).as_posix()), file, _digest(file)) for file in files)


def together(files: Sequence[DataFile], others: Sequence[DataFile]) -> tuple[DataFile, ...]:
    """Return `files` and `others`, each once; ValueError where two of them have one name."""
    for file in files:
        if any(file.name == other.name and file.file != other.file for other in others):
            raise ValueError(f"gives the name {unquote(file.name)} to another file than src does; give it another")
    return tuple(dict.fromkeys((*files, *others)))


def said(files: Sequence[DataFile]) -> str:
    """Return what a sample's tag says of `files`, on an article's page."""
    return " ".join(f"{each.name}=../../{each.place}" for each in files)


def lay(files: Sequence[DataFile], folder: Path) -> None:
    """Write `files` into the site in `folder`, each once."""
    for each in files:
        compress.write(folder / unquote(each.place), each.file.read_bytes())


def _below(folder: Path) -> list[Path]:
    """Return the files in `folder` and in the folders there, but for hidden ones."""
    all_there = sorted(file for file in folder.rglob("*") if file.is_file())
    return [file for file in all_there if not any(part.startswith(".") for part in file.relative_to(folder).parts)]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
