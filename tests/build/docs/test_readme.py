"""README has what a stranger needs, in that order."""

import re
import tomllib

from readerly_site import export

from .documentation import FENCES, PAGES, ROOT, name, read

README = read("README.md")
BLOCKS = [fence for fence in FENCES if name(fence.page) == "README.md"]


def test_order() -> None:
    assert re.findall(r"^## (.+)$", README, re.M) == [
        "Two commands",
        "In a page of your own",
        "Write articles",
        "How it works",
        "Where things are",
    ]


def test_the_two_commands_and_no_third() -> None:
    assert [fence.text for fence in BLOCKS if "make" in fence.text] == ["make serve\nmake test\n"]


def test_the_page_that_export_prints() -> None:
    (example,) = [fence.text for fence in BLOCKS if fence.info == "html"]
    assert example == export.EXAMPLE
    assert export.LINE in example


def test_the_requirement_is_the_distributions() -> None:
    wanted = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"]
    assert f"Python {wanted.removeprefix('>=')} or newer" in README


def test_a_picture_of_a_sensible_size() -> None:
    (address,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    picture = (ROOT / address).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert 1200 <= int.from_bytes(picture[16:20], "big") <= 1600  # its width stands in the PNG's header
    assert len(picture) < 300_000


def test_a_link_to_every_page() -> None:
    pages = [name(page) for page in PAGES if page.parent.name == "docs"]
    assert [page for page in pages if f"]({page})" not in README] == []


def test_changes_are_told_for_this_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## \[{re.escape(version)}\] - ", read("CHANGELOG.md"), re.M)
