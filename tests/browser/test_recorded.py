"""Recorded output: in the page from the beginning, compared with a reader's own, and back again."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium")

PAGE = "/articles/recorded/"
SAME = re.compile("^Finished in .*; same as the author’s$")

WATCHED = """output => {
    window.places = new Set();
    const look = () => (places.add(output.getBoundingClientRect().top + scrollY), requestAnimationFrame(look));
    look();
}"""
"""Keeps where the top of an output has been, frame by frame."""


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for all tests of this module, whose Python boots once."""
    page = reader(PAGE)
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Page:
    """The shared page, in front of those that other tests have opened since."""
    shared.bring_to_front()
    return shared


def test_output_is_there_without_javascript_and_on_paper(without_javascript: Page) -> None:
    page = without_javascript
    page.goto(PAGE)
    outputs = page.get_by_role("log", name="Output")
    assert outputs.count() == 6  # all of these ask once: Firefox never answers what waits
    assert "one two" in outputs.all_text_contents()[0]
    assert outputs.last.locator("math mfrac").is_visible()
    page.emulate_media(media="print")
    assert outputs.first.get_by_text("Printed to stderr").is_visible()


def test_the_same_output_is_said_to_be_the_same(opened: Page) -> None:
    """Another address in memory is no difference."""
    sample = Sample(opened, "the same")
    sample.run().ends(SAME)
    expect(sample.output).not_to_contain_text("0x1234")
    sample.button("Reset").click()
    expect(sample.output).to_contain_text("0x1234")


@pytest.mark.parametrize("width", [320, 375, 600, 1280], ids="{} px".format)
def test_an_output_stays_where_it_is_while_its_sample_runs(opened: Page, width: int) -> None:
    """The status has room from the start for all that it is going to say."""
    opened.set_viewport_size({"width": width, "height": 720})
    sample = Sample(opened, "the same")
    sample.button("Reset").click()
    sample.output.evaluate(WATCHED)
    sample.run().ends(SAME)
    assert opened.evaluate("places.size") == 1, opened.evaluate("[...places]")


def test_a_formula_is_the_same_in_the_page_and_in_its_frame(opened: Page) -> None:
    sample = Sample(opened, "a formula")
    sample.run().ends(SAME)
    expect(sample.output.frame_locator("iframe").locator("math mfrac")).to_be_visible()
    sample.button("Reset").click()
    expect(sample.output.locator("math mfrac")).to_be_visible()


def test_what_differs_is_shown_line_by_line(opened: Page) -> None:
    sample = Sample(opened, "another")
    sample.run().ends(re.compile("^Finished in .*; differs from the author’s$"))
    details = sample.tag.get_by_role("group").filter(has_text="What differs from the author’s output")
    expect(details.get_by_role("deletion")).to_have_text("Author: 2nd")
    expect(details.get_by_role("insertion")).to_have_text("Now: second")
    assert Axe().run(opened, context="code-sample", options={"runOnly": ["wcag2a", "wcag2aa"]}).violations_count == 0
    sample.button("Reset").click()
    expect(details).to_have_count(0)
    expect(sample.output).to_contain_text("2nd")


def test_an_error_may_be_the_authors_too(opened: Page) -> None:
    Sample(opened, "fails").run().ends("Error on line 1; same as the author’s")


def test_a_docstring_is_its_own_record(opened: Page) -> None:
    """Its examples print their values as at Python's prompt, and its last one may raise."""
    sample = Sample(opened, "docstring")
    expect(sample.output).to_contain_text("'88 ...'")
    sample.run().ends("Error on line 6; same as the author’s")
    expect(sample.output).to_contain_text("'88 °C'\n'75 °C'\n'88 °C'\n")
    sample.button("Reset").click()


def test_what_varies_is_not_compared(opened: Page) -> None:
    sample = Sample(opened, "varies").run().ends(re.compile(r"^Finished in [^;]+$"))
    expect(sample.output).not_to_contain_text("1780000000.5")


def test_a_changed_source_is_compared_on_request(opened: Page) -> None:
    sample = Sample(opened, "another")
    sample.button("Edit").click()
    editor = sample.tag.get_by_role("textbox")
    editor.press("ControlOrMeta+a")
    editor.press_sequentially("print('mine')")
    sample.button("Run").click()
    sample.ends(re.compile(r"^Finished in [^;]+$"))
    details = sample.tag.get_by_role("group").filter(has_text="What differs")
    expect(details.get_by_role("insertion")).to_be_hidden()
    details.get_by_text("What differs").press("Enter")
    expect(details.get_by_role("insertion")).to_have_text("Now: mine")


def test_a_tag_that_is_moved_keeps_the_authors_output(opened: Page) -> None:
    sample = Sample(opened, "varies").run().ends()
    sample.tag.evaluate(
        """async (tag) => {
        const after = tag.nextSibling;
        tag.remove();
        while (tag.hasAttribute("live")) await new Promise(requestAnimationFrame);
        after.before(tag);
    }"""
    )
    expect(sample.tag).to_have_attribute("live", re.compile("."))
    expect(sample.output).to_contain_text("1780000000.5")
