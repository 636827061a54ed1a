"""Samples that share a session: what runs first, what a Stop gives back, and how a session starts anew."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium", "firefox")


@pytest.fixture
def page(reader: Callable[..., Page]) -> Page:
    """A new reader's page."""
    page = reader("/articles/sessions/")
    page.set_default_timeout(FIRST)
    return page


def rewrite(page: Page, sample: Sample, source: str) -> None:
    """Put `source` in the place of the sample's, by keyboard."""
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(source)


def test_earlier_samples_run_first_and_once(page: Page) -> None:
    one, three = Sample(page, "one"), Sample(page, "three")
    three.run().prints("^three has 42").ends(re.compile("^Finished in .*, ran 2 earlier samples first$"))
    expect(three.output).to_have_text("three has 42\n")
    expect(one.status).to_have_text("Ran before a later sample")
    expect(one.output).to_be_hidden()
    three.run().ends(re.compile(r"^Finished in [^,]*$")).prints("^three has 42")
    rewrite(page, one, "one = 100")
    three.run().ends().prints("^three has 42")
    one.run().ends()
    Sample(page, "two").run().ends()
    three.run().ends().prints("^three has 101")
    assert violations(page) == []


def test_an_edited_sample_counts_as_it_stands(page: Page) -> None:
    one = Sample(page, "one")
    rewrite(page, one, "one = 6")
    Sample(page, "three").run().prints("^three has 7").ends()


def test_an_error_in_an_earlier_one_is_told_as_that(page: Page) -> None:
    after = Sample(page, "after wrong").run()
    after.ends("Did not run: error in the earlier sample “wrong”")
    after.prints(r"did not run, since the earlier sample “wrong”.*sample-7\.py\", line 2.*ZeroDivisionError")
    assert "never" not in after.output.inner_text()
    hidden = Sample(page, "behind a broken setup").run()
    hidden.ends("Did not run: error in the hidden setup of this session").prints("SyntaxError")


def test_setups_run_and_nobody_sees_them(page: Page) -> None:
    Sample(page, "no session").run().ends(re.compile(r"^Finished in [^,]*$")).prints("^from the page's setup")
    setups = page.locator("code-sample[setup]")
    assert setups.count() == 3
    assert setups.locator("button").count() == 0
    page.emulate_media(media="print")
    assert [each.is_visible() for each in setups.all()] == [False] * 3


def test_stop_gives_state_back(page: Page) -> None:
    Sample(page, "three").run().ends()
    four = Sample(page, "four").run().prints("four loops with 42")
    four.button("Stop").click()
    expect(four.status).to_have_text("Stopped. The next run brings back what this session had")
    three = Sample(page, "three")
    three.run().ends(re.compile("^Finished in .*, ran 3 samples again first$")).prints("^three has 42")
    expect(three.output).to_have_text("three has 42\n")


def test_what_is_brought_back_can_be_stopped(page: Page) -> None:
    """The earlier sample that never ends runs first, is stopped, and leaves the page as lively as before."""
    loop = Sample(page, "one")
    rewrite(page, loop, "while True: pass")
    three = Sample(page, "three").run()
    expect(three.status).to_have_text("Running 2 earlier samples first…", timeout=FIRST)
    three.button("Stop").click()
    expect(three.status).to_have_text(re.compile("^Stopped"))
    expect(three.button("Stop")).to_be_disabled()
    loop.button("Reset").click()
    three.run().ends().prints("^three has 42")


def test_an_interpreter_that_dies_is_replaced(page: Page) -> None:
    counted = Sample(page, "counted")
    counted.run().ends()
    counted.run().ends().prints("^count is 2")
    dies = Sample(page, "dies").run()
    expect(dies.status).to_have_text(
        re.compile("Run starts another Python. What ran before in this session runs there again"), timeout=FIRST
    )
    counted.run().ends(re.compile("ran 2 samples again first$")).prints("^count is 3")


def test_a_session_starts_anew_on_request(page: Page) -> None:
    counted = Sample(page, "counted")
    counted.run().ends()
    counted.run().ends().prints("^count is 2")
    counted.button("Reset").click()
    counted.run().ends().prints("^count is 3")
    counted.button("Restart session").click()
    expect(counted.status).to_have_text("Restarted: the next run starts with no names")
    counted.run().ends(re.compile(r"^Finished in [^,]*$")).prints("^count is 1")
    four = Sample(page, "four").run().prints("four loops")
    Sample(page, "one").button("Restart session").click()
    expect(four.status).to_have_text("Stopped, since the session was restarted")
    Sample(page, "three").run().ends(re.compile("ran 2 earlier samples first$"))
    assert page.get_by_role("button", name="Restart session").count() == 9


def test_a_run_ends_at_its_authors_limit(page: Page) -> None:
    limited = Sample(page, "limited").run().prints("has begun")
    limited.ends("Stopped: it took longer than 0.5 seconds, the limit its author has set")
    limited.run().ends("Stopped: it took longer than 0.5 seconds, the limit its author has set")


def test_a_sample_finds_itself_in_a_folder_of_its_own(page: Page) -> None:
    where = Sample(page, "where").run().ends()
    number = page.locator("code-sample").count()
    expect(where.output).to_have_text(f"[] ['sample-{number}.py'] sample-{number}.py\n")
