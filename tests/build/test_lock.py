"""The lock file of a site's packages: what it holds, what it refuses, and what the page is told of it."""

import json
import zipfile
from pathlib import Path

import pytest

from readerly.code_sample.attributes import named
from readerly_site import lock
from readerly_site.errors import ReaderlyError

SITE = Path(__file__).parents[1] / "browser/site"


def wheel(folder: Path, needs: str = "") -> Path:
    """Write a small wheel whose import name is not its own name."""
    file = folder / "Tea_Pot-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kettle/__init__.py", "")
        archive.writestr("lid.py", "")
        archive.writestr("tea_pot-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: Tea-Pot\n{needs}\n")
    return file


def test_a_wheel_is_described_by_its_own_record(tmp_path: Path) -> None:
    spec = lock.describe(wheel(tmp_path))
    assert (spec.name, spec.version, spec.imports) == ("tea-pot", "1.0", ["kettle", "lid"])
    assert len(spec.sha256) == 64


def test_markers_mean_what_they_mean_in_the_browser(tmp_path: Path) -> None:
    needs = "Requires-Dist: a; sys_platform == 'emscripten'\nRequires-Dist: b; sys_platform == 'linux'\n"
    needs += "Requires-Dist: c; python_version < '3.14'\nRequires-Dist: d; extra == 'more'"
    file = wheel(tmp_path, needs)
    assert lock.needs(file) == {"a"}
    assert lock.needs(file, ["more"]) == {"a", "d"}


def test_the_closure_is_all_that_is_needed_and_no_address_is_in_the_file() -> None:
    found = lock.load(SITE)
    names = [package.name for package in found.closure(["Pydantic>=2"])]
    assert names == ["annotated-types", "pydantic", "pydantic-core", "typing-extensions", "typing-inspection"]
    assert "//" not in (SITE / lock.NAME).read_text(encoding="utf-8")
    assert lock.fits(found, "attrs>=20")
    assert not lock.fits(found, "attrs<20")
    assert not lock.fits(found, "numpy")


def test_a_broken_lock_is_told(tmp_path: Path) -> None:
    (tmp_path / lock.NAME).write_text("{}", encoding="utf-8")
    with pytest.raises(ReaderlyError, match="pyodide-lock's format"):
        lock.load(tmp_path)
    said = json.loads((SITE / lock.NAME).read_text(encoding="utf-8"))
    said["packages"]["attrs"]["file_name"] = "../attrs.whl"
    (tmp_path / lock.NAME).write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(ReaderlyError, match="does not say all of attrs"):
        lock.load(tmp_path)


def test_names_are_normalized() -> None:
    said = ("Typing_Extensions>=4", "a.b--c[x]", "attrs")
    assert [named(each) for each in said] == ["typing-extensions", "a-b-c", "attrs"]
