"""The deployed folder: whole, the same each time, and named by its contents."""

import base64
import gzip
import hashlib
import json
import re
import shutil

import brotli
import html5lib
import pytest

from readerly_site import shipped, snapshot
from readerly_site.assets import Assets, lay
from readerly_site.compress import SIBLINGS, zstd
from readerly_site.errors import ReaderlyError
from readerly_site.sandbox_page import sandbox_page


@pytest.fixture(scope="module")
def assets(tmp_path_factory, runtime) -> Assets:
    return lay(tmp_path_factory.mktemp("dist"), runtime)


@pytest.fixture(scope="module")
def config(assets):
    boot = (assets.folder / assets.boot).read_text(encoding="utf-8")
    found = re.search(r"^const config = (\{.*\});$", boot, re.M)
    assert found, boot
    return json.loads(found[1])


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """A copy of the browser half that a test may change."""
    copy = tmp_path / "readerly"
    shutil.copytree(shipped.widgets(), copy)
    monkeypatch.setattr(shipped, "widgets", lambda: copy)
    return copy


def addresses(value: object) -> set[str]:
    """Return every address in boot.mjs's configuration."""
    match value:
        case dict():
            return {found for pair in value.items() for each in pair for found in addresses(each)}
        case list():
            return {found for each in value for found in addresses(each)}
        case str() if value.startswith(("runtime-", "widgets-")):
            return {value}
        case _:
            return set()


def test_two_builds_are_the_same(assets, tmp_path, runtime, tree):
    again = lay(tmp_path, runtime)
    assert tree(again.folder) == tree(assets.folder)
    assert again.fetched == assets.fetched


def test_boot_is_told_only_of_files_that_are_there(assets, config):
    named = addresses(config)
    assert len(named) > 10
    assert not [address for address in named if not (assets.folder / "readerly" / address).is_file()]


def test_a_page_is_told_only_of_files_that_are_there(assets):
    paths = [assets.boot, assets.stylesheet, *assets.fetched]
    assert not [path for path in paths if not (assets.folder / path).is_file()]
    assert (assets.folder / assets.runtime).is_dir()
    assert len(paths) == len(set(paths))


def test_boot_is_told_the_size_of_what_the_sandbox_gets(assets, config):
    known = config["sandbox"]
    files = [*known["files"], known["image"], *known["later"]]
    assert {file["name"] for file in files} == {
        *("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "sandbox.json"),
        *("image", "library.zip", "sources.zip"),
    }
    for file in files:
        laid = assets.folder / "readerly" / file["url"]
        packed = laid.with_name(laid.name + ".gz")
        assert file["bytes"] == laid.stat().st_size
        assert file["size"] == (packed if file["packed"] else laid).stat().st_size


def test_the_deployed_configuration_is_pyscripts(config):
    pyscript = config["pyscript"]
    assert pyscript["interpreter"].endswith("/micropython/micropython.mjs")
    assert "!py-editor" in pyscript["plugins"]
    assert list(pyscript["js_modules"]["main"].values()) == ["guard"]


def test_no_placeholder_is_left(assets):
    home = assets.folder / "readerly"
    for file in [home / "boot.mjs", *home.glob("widgets-*/*.html")]:
        assert not re.search(rb'"__(CONFIG|WORKER)__"', file.read_bytes()), file


def test_the_sandbox_allows_its_own_script_and_no_other(assets):
    page = next(assets.folder.glob("readerly/widgets-*/sandbox.html")).read_text(encoding="utf-8")
    document = html5lib.parse(page, namespaceHTMLElements=False)
    (script,) = document.iter("script")
    assert len(script.attrib) == 0
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    (policy,) = [meta.get("content") for meta in document.iter("meta") if meta.get("http-equiv")]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == "'none'"
    assert rules["script-src"].split() == [f"'sha256-{digest}'", "'wasm-unsafe-eval'", "blob:", "data:"]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_worker_that_speaks_of_script_tags_stays_inside(tmp_path):
    page = sandbox_page('run("__WORKER__");', 'say("</script><script>escaped()")')
    (script,) = html5lib.parse(page, namespaceHTMLElements=False).iter("script")
    inside = re.fullmatch(r"run\((.*)\);", script.text)
    assert inside
    assert json.loads(inside[1]) == 'say("</script><script>escaped()")'


def test_the_sandbox_gets_its_modules(assets):
    modules = json.loads(next(assets.folder.glob("readerly/widgets-*/sandbox.json")).read_bytes())
    folder = shipped.widgets() / "code_sample/sandbox"
    assert modules == {
        file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.py") if file.name != "__init__.py"
    }
    assert "runner.py" in modules


@pytest.mark.parametrize(("ending", "unpack"), [(".br", brotli.decompress), (".gz", gzip.decompress)])
def test_what_shrinks_has_a_sibling_that_holds_the_same(assets, ending, unpack):
    files = [file for file in assets.folder.rglob("*") if file.is_file() and file.suffix not in SIBLINGS.values()]
    packed = {file for file in files if file.with_name(file.name + ending).exists()}
    for file in packed:
        assert unpack(file.with_name(file.name + ending).read_bytes()) == file.read_bytes()
    assert {file.suffix for file in files} - {file.suffix for file in packed} == {".whl"}


def test_what_is_large_has_one_more(assets):
    packed = {file.name.removesuffix(".zst"): file for file in assets.folder.rglob("*.zst")}
    assert set(packed) == {"image.bin", "library.zip", "pyodide.asm.wasm", "sources.zip"}
    for name, file in packed.items():
        assert zstd.decompress(file.read_bytes()) == file.with_name(name).read_bytes()


def test_before_the_first_click_a_page_loads_little(assets):
    assert 100_000 < assets.bytes < 300_000


def test_changing_a_deployed_file_leaves_the_cache_alone(tmp_path, runtime):
    laid = lay(tmp_path, runtime)
    (laid.folder / laid.runtime / "micropython/micropython.wasm").write_bytes(b"changed")
    assert (runtime.folder / "micropython/micropython.wasm").stat().st_size > 100_000


@pytest.mark.parametrize("name", ["css/widgets.css", "js/worker.js", "js/guard.mjs", "code_sample/sandbox/runner.py"])
def test_a_changed_widget_gets_a_new_address(assets, changed, tmp_path, runtime, name):
    with (changed / name).open("a", encoding="utf-8") as file:
        file.write("p { color: red }" if name.endswith(".css") else "\n")  # a line's end means nothing in a style sheet
    again = lay(tmp_path / "dist", runtime)
    assert again.stylesheet != assets.stylesheet
    assert again.runtime == assets.runtime


def test_another_image_gets_a_new_address(assets, tmp_path, runtime, monkeypatch):
    """It depends on the runtime as well: under its old name, browsers would go on booting the old one for a year."""
    made = next(assets.folder.glob(f"readerly/widgets-*/{snapshot.NAME}"))
    (tmp_path / "image").mkdir()
    (tmp_path / "image" / snapshot.NAME).write_bytes(made.read_bytes() + bytes(4096))
    monkeypatch.setattr(snapshot, "snapshot", lambda *_: tmp_path / "image")
    again = lay(tmp_path / "dist", runtime)
    assert again.stylesheet != assets.stylesheet
    assert again.runtime == assets.runtime


def test_a_file_that_pyscript_toml_names_must_be_there(changed, tmp_path, runtime):
    (changed / "js/guard.mjs").unlink()
    with pytest.raises(ReaderlyError, match=r"pyscript\.toml: names \./widgets/readerly/js/guard\.mjs"):
        lay(tmp_path / "dist", runtime)


def test_the_notices_travel_along(assets):
    notice = (assets.folder / "readerly/NOTICE.txt").read_text(encoding="utf-8")
    for name in re.findall(r"licences/[\w*]+\.txt", notice):
        assert list((assets.folder / assets.runtime).glob(name)), name


def test_scripts_travel_without_their_comments(assets):
    guard = next(assets.folder.glob("readerly/widgets-*/guard.mjs")).read_text(encoding="utf-8")
    source = shipped.text("js/guard.mjs")
    assert not [line for line in guard.split("\n") if line.strip().startswith("//")]
    assert [line for line in guard.split("\n") if line] == [
        line for line in source.split("\n") if line and not line.strip().startswith("//")
    ]
    assert guard.count("\n") == source.count("\n")
