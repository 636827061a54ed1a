"""The site's lock file: the packages its samples use, each with the hash of its wheel, in pyodide-lock's format.

It lies beside readerly.toml and belongs into version control. It names files, no addresses: pip knows where to look.
"""

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from pydantic import ValidationError
from pyodide_lock import PyodideLockSpec
from pyodide_lock.spec import InfoSpec, PackageSpec

from readerly.code_sample.attributes import named
from readerly_site.article import Article
from readerly_site.errors import ReaderlyError
from readerly_site.resolve import MARKERS, Unavailable, resolve

NAME = "readerly.lock.json"
"""The lock file's name, beside readerly.toml."""

INFO = InfoSpec(platform="emscripten_5_0_3", version="2026_0", python="3.14.2", abi_version="2026_0")
"""The Pyodide that the wheels are for, as its own lock file describes it."""


@dataclass(frozen=True)
class Lock:
    """The packages of a lock file by their normalized names; `file` is where it lies, or would."""

    file: Path
    packages: dict[str, PackageSpec] = field(default_factory=dict[str, PackageSpec])

    def closure(self, names: Iterable[str]) -> list[PackageSpec]:
        """Return the packages `names` and all that they need; KeyError names one that is not locked."""
        found: dict[str, PackageSpec] = {}
        waiting = [named(name) for name in names]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self.packages[name]
                waiting += found[name].depends
        return [found[name] for name in sorted(found)]


def load(folder: Path) -> Lock:
    """Return the lock of the site in `folder`, without packages where there is no file; ReaderlyError: it is broken."""
    return load_file(folder / NAME)


def load_file(file: Path) -> Lock:
    """Return the lock in `file`, without packages where there is none; raise ReaderlyError where it is broken."""
    try:
        spec = PyodideLockSpec.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return Lock(file)
    except OSError as error:
        raise ReaderlyError(f"cannot be read: {error.strerror or error}", file) from error
    except ValidationError as error:
        raise ReaderlyError("is not in pyodide-lock's format; make it anew with `readerly lock`", file) from error
    for name, package in spec.packages.items():
        plain = re.fullmatch(r"[\w.+!-]+\.whl", package.file_name) and re.fullmatch("[0-9a-f]{64}", package.sha256)
        if not plain or any(needed not in spec.packages for needed in package.depends):
            raise ReaderlyError(f"does not say all of {name}; make it anew with `readerly lock`", file)
    return Lock(file, spec.packages)


def requirement(said: str) -> Requirement:
    """Read a requirement such as "pydantic>=2"; raise ReaderlyError where it is none."""
    try:
        return Requirement(said)
    except InvalidRequirement:
        raise ReaderlyError(f"{said!r} is no package; write names as on PyPI, such as pydantic") from None


def fits(lock: Lock, said: str) -> bool:
    """Return whether `lock` has what the requirement `said` asks for."""
    package = lock.packages.get(named(said))
    return package is not None and requirement(said).specifier.contains(package.version, prereleases=True)


def wanted(articles: Sequence[Article]) -> list[str]:
    """Return the requirements that the samples of `articles` name, each once."""
    found: set[str] = set()
    for article in articles:
        for sample in article.samples:
            for said in sample.fence.attributes.get("packages", "").split():
                try:
                    Requirement(said)
                except InvalidRequirement:
                    raise ReaderlyError(
                        f"packages names {said!r}, which is no package; write names as on PyPI, such as pydantic",
                        article.file,
                        sample.line,
                    ) from None
                found.add(said)
    return sorted(found)


def check(articles: Sequence[Article], lock: Lock) -> None:
    """Raise ReaderlyError, with file and line, where a sample names a package that `lock` lacks."""
    for article in articles:
        for sample in article.samples:
            for said in sample.fence.attributes.get("packages", "").split():
                if not fits(lock, said):
                    has = lock.packages.get(named(said))
                    but = f"has {has.name} {has.version}" if has else "does not have it"
                    raise ReaderlyError(
                        f"the sample asks for the package {said}, and {lock.file.name} {but}; run `readerly lock SRC`",
                        article.file,
                        sample.line,
                    )


def make(requirements: Sequence[str], folder: Path) -> tuple[dict[str, PackageSpec], list[Path]]:
    """Resolve `requirements` into the empty `folder`; return the packages and their wheels."""
    files = resolve(requirements, folder) if requirements else []
    specs = {str(spec.name): spec for spec in map(describe, files)}
    extras = {canonicalize_name(Requirement(said).name): Requirement(said).extras for said in requirements}
    for file in files:
        name = canonicalize_name(parse_wheel_filename(file.name)[0])
        specs[name].depends = sorted(needs(file, extras.get(name, set())) & specs.keys())
    return specs, files


def write(lock: Lock) -> None:
    """Write `lock` to its file; raise ReaderlyError where that cannot be."""
    said = PyodideLockSpec(info=INFO, packages=dict(sorted(lock.packages.items()))).model_dump()
    try:
        lock.file.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise ReaderlyError(f"cannot be written: {error.strerror or error}", lock.file) from error


def describe(wheel: Path) -> PackageSpec:
    """Return what a lock file says of `wheel`, but for what it needs."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return PackageSpec(
        name=canonicalize_name(name),
        version=str(version),
        file_name=wheel.name,
        install_dir="site",
        sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
        imports=imports(wheel),
    )


def imports(wheel: Path) -> list[str]:
    """Return the names by which what is in `wheel` is imported: from its own record of its files."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    found: set[str] = set()
    for name in names:
        first, _, rest = name.partition("/")
        if first.endswith((".dist-info", ".data")) or not name.endswith((".py", ".so")):
            continue
        top = first if rest else first.partition(".")[0]
        if top.isidentifier():
            found.add(top)
    return sorted(found)


def needs(wheel: Path, extras: Iterable[str] = ()) -> set[str]:
    """Return the names of the packages that `wheel` needs in the sandbox, and with these `extras`."""
    with zipfile.ZipFile(wheel) as archive:
        at = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = HeaderParser().parsestr(archive.read(at).decode("utf-8", "replace"))
    found: set[str] = set()
    for said in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(said)
        for extra in ("", *extras):
            if requirement.marker is None or requirement.marker.evaluate({**MARKERS, "extra": extra}):
                found.add(canonicalize_name(requirement.name))
    return found


def renew(articles: Sequence[Article], lock: Lock, more: Sequence[str] = ()) -> Lock:
    """Resolve what `articles` name, and `more`; write the lock file and keep the wheels; return the lock.

    Raises ReaderlyError, with file and line where a sample names the package, where one cannot be had.
    """
    from readerly_site import wheels

    requirements = sorted({*wanted(articles), *more})
    with tempfile.TemporaryDirectory() as folder:
        try:
            packages, files = make(requirements, Path(folder))
        except Unavailable as error:
            raise ReaderlyError(error.message, *_naming(articles, error.packages)) from error
        made = Lock(lock.file, packages)
        for file in files:
            wheels.keep(file)
    if packages or lock.file.exists():
        write(made)
    return made


def _naming(articles: Sequence[Article], packages: Sequence[str]) -> tuple[Path | None, int | None]:
    """Return file and line of the first sample that names one of `packages`."""
    wanted = {named(package) for package in packages}
    for article in articles:
        for sample in article.samples:
            if wanted & set(map(named, sample.fence.attributes.get("packages", "").split())):
                return article.file, sample.line
    return None, None


def table(lock: Lock, sizes: dict[str, int]) -> dict[str, Any]:
    """Return what the page is told of the packages: by name file, bytes, hash, what it needs and imports."""
    return {
        name: {
            "file": package.file_name,
            "bytes": sizes[package.file_name],
            "sha256": package.sha256,
            "depends": package.depends,
            "imports": package.imports,
        }
        for name, package in sorted(lock.packages.items())
    }
