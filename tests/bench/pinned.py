"""npm packages whose files are served or counted: pinned like our own runtime, fetched once, kept unpacked."""

import hashlib
import tarfile
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from readerly_site import compress
from readerly_site.cache import kept
from readerly_site.download import download
from readerly_site.pins import Pin

MARIMO = Pin(
    "npm",
    "@marimo-team/islands",
    "0.23.15",
    "sha512-+2C7lxfDeAEJ2CXbR0X7ctHcTUuEYW0jT6PBnp7MLRdA5GQURUT6ci5OCCjUHflfsgKUw23GYi254F1/YazxMg==",
)
MARIMO_PYODIDE = Pin(
    "npm",
    "pyodide",
    "314.0.0",
    "sha512-WIofRQehY78IC9n3+p9COjKUZGCCHfrvtR5dXKm0BHIWUun2B8DBf17rXytMF/KYkrsDQRa+BDGhi8UKwzaU3w==",
)
KATEX = Pin(
    "npm",
    "katex",
    "0.16.10",
    "sha512-ZiqaC04tp2O5utMsl2TEZTXxa6WSC4yo0fv5ML++D3QZv/vx2Mct0mTlRx3O+uUkjfuAgOkzsCmq5MiUEsDDdA==",
)
THEBE = Pin(
    "npm",
    "thebe",
    "0.9.3",
    "sha512-Rb/7kVhtlffXra3kIe7OuIGE7awsm2/fGWxw21DiNfnWLnUQiDl9AWqYdshPwZPG/5DzLpsJRPix2xtCPtJmQQ==",
)


@cache
def unpacked(pin: Pin) -> Path:
    """Return the folder of a package's files as its author packed them; raise ReaderlyError when it cannot be had."""

    def make(folder: Path) -> None:
        for name, data in files(pin, ""):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)

    return kept(f"bench/{pin.name}-{pin.version}", make)[0]


def served(pin: Pin, part: str) -> Path:
    """Return the files of one folder of a package, each compressed as Readerly compresses what it serves."""

    def make(folder: Path) -> None:
        for name, data in files(pin, part):
            compress.write(folder / name, data, once=True)

    way = hashlib.sha256(Path(compress.__file__).read_bytes()).hexdigest()[:8]
    return kept(f"bench/{pin.name}-{pin.version}-{way}", make)[0]


def files(pin: Pin, part: str) -> Iterator[tuple[Path, bytes]]:
    """Fetch a package and yield the names and contents of the files in one folder of it, but no source maps."""
    inside = Path("package") / part
    with tempfile.TemporaryDirectory() as folder, tarfile.open(download(pin, Path(folder))) as archive:
        for member in archive:
            data, name = archive.extractfile(member), Path(member.name)
            if data and name.is_relative_to(inside) and name.suffix != ".map":
                yield name.relative_to(inside), data.read()


def transferred(file: Path) -> int:
    """Return the bytes of a file as a host would send it: the smallest of the ways that Readerly compresses in."""
    with tempfile.TemporaryDirectory() as folder:
        compress.write(Path(folder) / file.name, file.read_bytes())
        return min(way.stat().st_size for way in Path(folder).iterdir())
