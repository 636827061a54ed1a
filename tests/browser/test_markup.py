"""Markdown and LaTeX that values show of themselves, set as text and formulas, and no more able to act than HTML."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import violations
from .sample import FIRST, Sample
from .servers import Witness
from .test_rich_attacks import WATCH, frame

pytestmark = pytest.mark.both_ways("chromium")


@pytest.fixture(scope="module")
def opened(reader: Callable[..., Page]) -> Page:
    """One page for all tests of this module, whose Python boots once."""
    page = reader("/articles/markup/", script=WATCH)
    page.set_default_timeout(FIRST)
    return page


def test_markdown_is_set(opened: Page) -> None:
    sample = Sample(opened, "markdown").run().ends()
    shown = frame(sample)
    expect(shown.get_by_role("heading", name="Teas")).to_be_visible()
    expect(shown.get_by_role("cell", name="Assam")).to_be_visible()
    expect(shown.locator("em")).to_have_text("slowly")
    expect(shown.locator("code")).to_have_text("$5")
    expect(shown.locator("math")).to_have_count(2)
    expect(shown.locator("math mfrac")).to_be_visible()
    expect(shown.get_by_text("5 $ and 6 $")).to_be_visible()
    expect(sample.output.locator("iframe")).to_have_attribute("title", "Output: a note on tea")
    assert violations(opened) == []


def test_formulas_are_set_and_other_text_is_text(opened: Page) -> None:
    sample = Sample(opened, "latex").run().ends()
    expect(frame(sample).locator("math mfrac")).to_be_visible()
    expect(frame(sample).locator("body")).to_contain_text("& more, <b> too")


def test_a_wrong_formula_is_shown_as_it_is(opened: Page) -> None:
    sample = Sample(opened, "wrong").run().ends()
    expect(frame(sample).locator("body")).to_contain_text("stays")
    expect(frame(sample).locator("body")).to_contain_text("frac")


def test_nothing_in_it_acts(opened: Page, witness: Witness) -> None:
    sample = Sample(opened, "attack").run().ends()
    shown = frame(sample)
    expect(shown.get_by_text("survived")).to_be_visible()
    for link in shown.locator("a, [href]").all():
        assert not str(link.get_attribute("href") or "").startswith("javascript:")
    for name in ("scripted", "go"):
        for part in shown.get_by_text(name, exact=True).all():
            part.click(force=True)
    assert shown.locator("script, iframe, img").count() <= 2
    assert "forged" not in opened.evaluate("heard")
    assert witness.asked == []
