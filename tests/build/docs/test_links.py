"""What pages of the documentation refer to is there."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from .documentation import ROOT, each_page, named, prose, read


def anchors(page: Path) -> set[str]:
    """Return the fragments of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for address in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match("https?:", address):
            continue
        path, _, fragment = address.partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page
        assert target.exists(), address
        assert target.is_relative_to(ROOT), address
        assert not fragment or fragment in anchors(target), address


@each_page
def test_files_that_are_named_are_there(page: Path) -> None:
    """What looks like a path of the repository is one."""
    for word in named(prose(page)):
        if re.fullmatch(r"(docs|site|tests|widgets)/[\w./-]+", word):
            assert (ROOT / word).exists(), word


@each_page
def test_no_machine_is_named(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(home|root|tmp|Users|work)/", page.read_text(encoding="utf-8"))


RECORDS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))


def test_decisions_are_numbered_and_listed() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))
    titles = [record.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for record in RECORDS]
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", read("docs/decisions/README.md"), re.M)
    assert listed == list(zip(titles, [record.name for record in RECORDS], strict=True))


@pytest.mark.parametrize("record", RECORDS, ids=[record.name for record in RECORDS])
def test_a_decision_says_why_and_fits_a_screen(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    wanted = ("**Decision.**", "**Why", "**Measured.**", "**What follows.**")
    assert [part for part in wanted if part not in text] == []
    assert len(text.splitlines()) <= 45
