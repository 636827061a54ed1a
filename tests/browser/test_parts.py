"""Lines of a sample that are run and not shown, or folded."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium")


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for all tests of this module, whose Python boots once."""
    page = reader("/articles/parts/")
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Page:
    """The shared page, in front of those that other tests have opened since."""
    shared.bring_to_front()
    return shared


@pytest.mark.parametrize("label", ["parts", "parts by hand"])
def test_what_is_hidden_and_folded_is_run(opened: Page, label: str) -> None:
    sample = Sample(opened, label)
    source = sample.tag.locator("pre").first
    expect(source.get_by_text("a helper")).to_be_visible()
    shown = source.inner_text()
    assert "secret = 6" not in shown
    assert "fold" not in shown
    assert "return number" not in shown
    sample.run().prints("^42").ends()


def test_a_fold_opens_by_keyboard(opened: Page) -> None:
    source = Sample(opened, "parts").tag.locator("pre").first
    source.get_by_text("a helper").press("Enter")
    expect(source.get_by_text("return number")).to_be_visible()
    source.get_by_text("a helper").press("Enter")


def test_an_error_in_a_part_that_is_not_shown_says_where_it_is_seen(opened: Page) -> None:
    sample = Sample(opened, "broken part")
    sample.run().ends("Error on line 3; Edit shows every line")
    expect(sample.output).to_contain_text("line 3, in broken")
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_contain_text("# hide")
    sample.run().ends("Error on line 3")


def test_parts_without_javascript(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/articles/parts/")
    shown = "document.querySelector('code-sample pre').innerText"
    text = page.evaluate(shown)
    assert "a helper" in text
    assert "secret = 6" not in text
    assert "return number" not in text
    # By keyboard: a click waits for frames, which never come in Firefox.
    page.locator("code-sample pre").first.locator("summary", has_text="a helper").focus()
    page.keyboard.press("Enter")
    assert "return number" in page.evaluate(shown)
