"""The pages of the documentation, and what stands in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[3]
ABOVE = tuple(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
PAGES = sorted([*ABOVE, *(ROOT / "docs").rglob("*.md")])


def name(page: Path) -> str:
    """Return what a test says when it is about `page`."""
    return page.relative_to(ROOT).as_posix()


def read(path: str) -> str:
    """Return the text of a file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Fence:
    """A fence of a page: its language with what follows it, and what stands in it."""

    page: Path
    line: int
    info: str
    text: str


def fences(page: Path) -> Iterator[Fence]:
    """Yield the fences of `page`, those inside a list too."""
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type == "fence" and token.map:
            yield Fence(page, token.map[0] + 1, token.info.strip(), token.content)


FENCES = [fence for page in PAGES for fence in fences(page)]

each_page = pytest.mark.parametrize("page", PAGES, ids=map(name, PAGES))


def each_fence(language: str) -> pytest.MarkDecorator:
    """Run a test for each fence in `language`, of which there has to be one."""
    found = [fence for fence in FENCES if fence.info == language]
    assert found, language
    return pytest.mark.parametrize("fence", found, ids=[f"{name(fence.page)}:{fence.line}" for fence in found])


def prose(page: Path) -> str:
    """Return the text of `page` without its fences."""
    return re.sub(r"^(`{3,}).*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def section(path: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of its rank or a higher one."""
    text = prose(ROOT / path)
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.M)
    assert found, f"{path} has no heading {heading!r}"
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def named(text: str) -> set[str]:
    """Return what stands between backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


def first_cells(text: str) -> set[str]:
    """Return what stands between backticks in the first column of the tables in `text`."""
    return {word for line in text.splitlines() if line.startswith("| `") for word in named(line.split(" | ")[0])}
