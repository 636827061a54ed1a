"""The lock file of a site's packages: what it holds, what it refuses, and what the page is told of it."""

import json
import re
import sys
import zipfile
from pathlib import Path

import pytest

from readerly.code_sample.attributes import named
from readerly_site import cli, export, lock, resolve, wheels
from readerly_site.errors import ReaderlyError

from .conftest import MakeSite

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


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """An empty cache, and no network; what is looked for all the same."""
    asked: list[str] = []

    def pip(command: str, arguments: list[str]) -> str:
        asked.append(command)
        return "No matching distribution found for tea-pot (from versions: none)"

    monkeypatch.setenv("READERLY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(resolve, "pip", pip)
    monkeypatch.setattr(resolve, "_run", lambda command: "no network")
    monkeypatch.setattr(resolve, "DISTRIBUTION", (tmp_path / "absent/").as_uri())
    return asked


@pytest.fixture
def locked(tmp_path: Path) -> lock.Lock:
    """A lock file in a folder `site`, of the one wheel there is."""
    spec = lock.describe(wheel(tmp_path))
    (tmp_path / "site").mkdir()
    lock.write(lock.Lock(tmp_path / "site" / lock.NAME, {spec.name: spec}))
    return lock.load(tmp_path / "site")


def test_a_package_that_cannot_be_had_is_named_and_the_lock_stays(
    make_site: MakeSite, offline: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site({"a.md": "```python run packages=tea-pot\nimport kettle\n```\n"})
    file = site.source / lock.NAME
    monkeypatch.setattr(sys, "argv", ["readerly", "lock", str(site.source)])
    with pytest.raises(SystemExit, match="2"):
        cli.main()
    said = capsys.readouterr().err
    assert "articles/a.md:6: the package tea-pot cannot run in the browser: the index has no wheel of it" in said
    assert "Pyodide's distribution could not be asked" in said
    assert "Traceback" not in said
    assert not file.exists()
    lock.write(lock.Lock(file))
    before = file.read_bytes()
    with pytest.raises(SystemExit, match="2"):
        cli.main()
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("pip", "index", "says"),
    [
        (" (from kettle)", [], "the package tea-pot, which kettle needs, cannot run in the browser: the index has no"),
        (
            "",
            ["tea_pot-2-cp314-win32.whl"],
            "it has native code, as in tea_pot-2-cp314-win32.whl, and no wheel for Web",
        ),
    ],
)
def test_why_a_package_cannot_be_had(
    offline: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pip: str, index: list[str], says: str
) -> None:
    """By what the index has for this machine, and whose dependency it is."""

    def this_machines(command: list[str]) -> str:
        for name in index:
            (Path(command[command.index("--dest") + 1]) / name).write_text("")
        return "" if index else "no"

    monkeypatch.setattr(resolve, "pip", lambda *_: f"No matching distribution found for tea-pot>=1{pip}")
    monkeypatch.setattr(resolve, "_run", this_machines)
    with pytest.raises(resolve.Unavailable, match=re.escape(says)) as caught:
        resolve.resolve(["tea-pot"], tmp_path)
    assert caught.value.packages == (("tea-pot", "kettle") if pip else ("tea-pot",))


def test_a_conflict_over_what_there_is_not_is_about_that_and_the_distribution_is_asked_for_it(
    offline: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clash = "Cannot install kettle; kettle 2 depends on tea-pot==2; kettle 1 depends on tea-pot==1"
    needed: list[str] = []

    def sandbox(command: str, arguments: list[str]) -> str:
        if arguments[-1].startswith("tea-pot"):
            return f"No matching distribution found for {arguments[-1]}"
        return "" if needed else clash

    def distribution(name: str, folder: Path, address: str) -> str:
        needed.append(name)
        return ""

    monkeypatch.setattr(resolve, "pip", sandbox)
    with pytest.raises(resolve.Unavailable, match="the package tea-pot, which kettle needs, cannot run"):
        resolve.resolve(["kettle"], tmp_path)
    monkeypatch.setattr(resolve, "from_distribution", distribution)
    resolve.resolve(["kettle"], tmp_path)
    assert needed == ["tea-pot"]


def test_a_version_that_there_is_not_is_told_with_one_that_there_is(
    offline: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def sandbox(command: str, arguments: list[str]) -> str:
        if arguments[-1] != "tea-pot":
            return "No matching distribution found for tea-pot==9"
        (Path(arguments[arguments.index("--dest") + 1]) / "tea_pot-1-py3-none-any.whl").write_text("")
        return ""

    monkeypatch.setattr(resolve, "pip", sandbox)
    with pytest.raises(ReaderlyError, match=r"the index has tea_pot-1-py3-none-any\.whl, and no version ==9 of it"):
        resolve.resolve(["tea-pot==9"], tmp_path)


def test_wheels_that_are_kept_need_no_network(locked: lock.Lock, offline: list[str], tmp_path: Path) -> None:
    wheels.keep(wheel(tmp_path))
    assert export._locked(locked.file.parent, ["tea-pot>=1"]) == locked
    name = wheels.lay(locked, tmp_path / "home")
    assert name
    assert (tmp_path / "home" / name / "Tea_Pot-1.0-py3-none-any.whl").is_file()
    assert offline == []


def test_an_export_without_network_says_which_wheel_is_missing_and_leaves_the_last_one(
    locked: lock.Lock, offline: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = locked.file.parent / "readerly/boot.mjs"
    old.parent.mkdir()
    old.write_text("// the last export", encoding="utf-8")
    monkeypatch.setattr(export, "fetch", lambda progress: None)
    monkeypatch.setattr(export, "lay", lambda folder, runtime, found: wheels.lay(found, folder / "readerly"))
    with pytest.raises(
        ReaderlyError, match=r"Tea_Pot-1\.0-py3-none-any\.whl could not be fetched: .*; go online, or pin"
    ):
        export.export(locked.file.parent, packages=["tea-pot"])
    with pytest.raises(ReaderlyError, match="the package tea-pot cannot run in the browser"):
        export.export(locked.file.parent, packages=["tea-pot>=2"])
    assert offline == ["download", "download"]
    assert old.read_text(encoding="utf-8") == "// the last export"
    assert sorted(each.name for each in locked.file.parent.iterdir()) == ["readerly", lock.NAME]
