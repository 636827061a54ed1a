"""A reader's edits, kept for the next visit."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .sample import Sample

pytestmark = pytest.mark.both_ways("chromium")


SEEN = """
window.seen = {};
(function look() {
  for (const run of document.querySelectorAll("code-sample[live] [data-part=run]")) {
    const places = seen[run.closest("[role=group]").ariaLabel] ??= new Set();
    places.add(Math.round(run.getBoundingClientRect().top + scrollY));
  }
  requestAnimationFrame(look);
})();
"""
"""Keeps where in the document each Run stood in the frames in which it was seen."""


def edited(page: Page, label: str = "low", text: str = "print('mine')") -> Sample:
    """Change the sample; leaving the page keeps it."""
    sample = Sample(page, label)
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    return sample


def moved(page: Page) -> list[str]:
    """The samples of which Run has stood in more than one place, once what comes for edits is here."""
    page.wait_for_load_state("networkidle")
    seen = page.evaluate("Object.entries(seen).map(([name, places]) => [name, [...places]])")
    assert len(seen) > 1
    return [name for name, places in seen if len(places) > 1]


def test_an_edit_is_there_again_at_the_next_visit_until_reset(reader: Callable[..., Page]) -> None:
    page = reader("/articles/editor/")
    edited(page)
    page.reload()
    sample = Sample(page, "low")
    source = sample.tag.locator("pre code").first
    expect(source).to_have_text("print('mine')")
    expect(sample.status).to_have_text("Your edit of an earlier visit; Reset brings the author’s back")
    expect(sample.tag).to_have_attribute("edited", "")
    sample.tag.get_by_role("button", name="Edit", exact=True).click()
    expect(sample.tag.get_by_role("textbox")).to_have_text("print('mine')")
    sample.button("Reset").click()
    page.reload()
    expect(page.locator("code-sample:not([live])")).to_have_count(0)
    expect(sample.tag).not_to_have_attribute("edited", "")
    expect(source).to_contain_text("one = 1")
    assert page.evaluate("localStorage.getItem('readerly:edits')") is None


@pytest.mark.parametrize("width", [320, 1024])
def test_an_edit_of_other_lines_moves_no_button_under_a_pointer(reader: Callable[..., Page], width: int) -> None:
    page = reader("/articles/editor/")
    page.set_viewport_size({"width": width, "height": 800})
    sample = edited(page, "fails", "1\n" * 9)
    page.add_init_script(SEEN)
    page.reload()
    expect(sample.button("Link")).to_be_visible()
    assert moved(page) == []


def test_an_edit_is_there_also_where_what_makes_its_link_does_not_come(reader: Callable[..., Page]) -> None:
    page = reader("/articles/editor/")
    sample = edited(page, "fails")
    page.route("**/later.py", lambda route: route.abort())
    page.reload()
    expect(sample.status).to_have_text("Your edit of an earlier visit; Reset brings the author’s back")
    sample.button("Link").click()
    expect(sample.status).to_contain_text("A part of Readerly could not be fetched")
    expect(sample.tag.locator("[data-part=failed]")).to_have_count(0)
    page.unroute("**/later.py")
    sample.button("Link").click()
    expect(sample.status).to_contain_text(re.compile("Link to your edit copied|the link stands below"))


def test_reset_brings_the_authors_colours_back(reader: Callable[..., Page]) -> None:
    page = reader("/articles/editor/")
    edited(page)
    page.reload()
    sample = Sample(page, "low")
    source = sample.tag.locator("pre code").first
    expect(source).to_have_text("print('mine')")
    sample.button("Reset").click()
    expect(source).to_contain_text("six = 6")
    assert source.locator("span").count() > 3


def test_an_edit_of_an_earlier_source_is_offered(reader: Callable[..., Page]) -> None:
    page = reader("/articles/editor/")
    edited(page)
    page.reload()
    sample = Sample(page, "low")
    expect(sample.tag).to_have_attribute("edited", "")
    page.add_init_script(
        "if (self.origin !== 'null') localStorage.setItem('readerly:edits', "
        "JSON.stringify([['/articles/editor/', 'low', '00000000', 'older = 1']]))"
    )
    page.add_init_script(SEEN)
    page.reload()
    source = sample.tag.locator("pre code").first
    expect(sample.tag.get_by_text("You have edited an earlier version")).to_be_visible()
    assert moved(page) == []
    expect(source).to_contain_text("one = 1")
    sample.button("Show my version").click()
    expect(source).to_have_text("older = 1")
    expect(sample.button("Forget it")).to_have_count(0)
