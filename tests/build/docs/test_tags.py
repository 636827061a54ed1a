"""docs/tags.md names every tag, attribute, part, phase and custom property there is, and none that is not."""

import re
from collections.abc import Iterator

import pytest

from readerly.code_sample import attempts, comparison, sample
from readerly.code_sample import view as code_sample
from readerly.code_sample.sandbox import runner
from readerly.hearts import view as hearts
from readerly.page.markup import Element

from .documentation import ROOT, first_cells, named, read, section
from .registry import CSS, TAGS, attributes

PAGE = "docs/tags.md"


def test_tags() -> None:
    assert set(re.findall(r"^\| \[`<([\w-]+)>`\]", read(PAGE), re.M)) == set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_attributes(tag: str) -> None:
    text = section(PAGE, f"`{tag}`")
    table = first_cells(text.partition("| part")[0])
    assert (table or set(re.findall(r"Attribute: `(\w+)`", text))) == attributes(tag)


@pytest.mark.parametrize("tag", TAGS)
def test_what_stands_there_without_javascript(tag: str) -> None:
    assert re.search(r"without\s+JavaScript", section(PAGE, f"`{tag}`"), re.I)


def parts(node: Element) -> Iterator[str]:
    """Yield the parts in a view."""
    if "data-part" in node.attributes:
        yield node.attributes["data-part"]
    for child in node.children:
        if isinstance(child, Element):
            yield from parts(child)


def test_parts() -> None:
    """Those of the views, and those that Python adds: the editor, and the note of a tag that failed."""
    modules = [file.read_text(encoding="utf-8") for file in (ROOT / "widgets/readerly").rglob("*.py")]
    added = set(re.findall(r'setAttribute\("data-part", "(\w+)"\)', "".join(modules)))
    assert added == {"editor", "failed"}
    assert '`data-part="failed"`' in read(PAGE)
    table = first_cells(section(PAGE, "`code-sample`").partition("| part")[2])
    nodes = (code_sample.sample("", {"id": "a", "session": "any"}), comparison.view([], False))
    nodes += (attempts.view(None, "", ""), attempts.use())
    assert table == {
        "address",
        "editor",
        "hint",
        "older",
        "share",
        "shared",
        *(part for node in nodes for part in parts(node)),
    }
    told = set(re.findall(r'`data-part="(\w+)"`', section(PAGE, "`hearts-button`")))
    assert told == {part for node in hearts.button("", "") for part in parts(node)}


def test_buttons_and_phases() -> None:
    told = named(section(PAGE, "`code-sample`"))
    assert {*code_sample.BUTTONS, code_sample.RESTART, sample.IDLE, *sample.SAID} <= told
    phases = set(re.findall(r'phase, text = "(\w+)"', read("widgets/readerly/read_time/tag.py")))
    assert len(phases) == 3
    assert phases <= named(section(PAGE, "`read-time`"))


def test_kinds_of_output() -> None:
    kinds = re.findall(r'"(\w+)"', (runner.run.__doc__ or "").partition("Kinds: ")[2].partition("and last")[0])
    assert "stdout" in kinds
    assert set(kinds) <= named(section(PAGE, "`code-sample`"))


def test_custom_properties() -> None:
    assert first_cells(section(PAGE, "Custom properties")) == set(re.findall(r"var\((--readerly-[a-z-]+)", CSS))


def test_custom_properties_of_the_theme() -> None:
    theme = set(re.findall(r"(--readerly-[a-z-]+):", read("site/readerly_site/theme/css/properties.css")))
    assert first_cells(section("docs/articles.md", "The look")) == theme
