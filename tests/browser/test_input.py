"""A sample asks its reader, and says what a sandbox cannot do."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium", "firefox")


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for all tests of this module, whose Python boots once."""
    page = reader("/articles/input/")
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Page:
    shared.bring_to_front()
    return shared


def field(sample: Sample, name: str) -> Locator:
    """Return the field that asks `name`, once it is there."""
    found = sample.output.get_by_label(name, exact=True)
    expect(found).to_be_visible(timeout=FIRST)
    return found


def test_the_question_has_the_focus_and_enter_answers(opened: Page) -> None:
    sample = Sample(opened, "name").run()
    expect(field(sample, "Your name?")).to_be_focused()
    expect(sample.status).to_have_text("Waiting for your answer")
    opened.keyboard.type("<b>Ada</b>")
    opened.keyboard.press("Enter")
    sample.ends()
    expect(sample.output.locator("pre")).to_have_text(["Your name? ", "<b>Ada</b>\n", "Hello <b>Ada</b>\n"])
    expect(sample.output.get_by_role("textbox")).to_have_count(0)
    prompt, echo = (sample.output.locator("pre").nth(at).bounding_box() for at in (0, 1))
    assert prompt
    assert echo
    assert abs(prompt["y"] - echo["y"]) < prompt["height"] / 2, "the answer stands beside the question"


def test_several_questions_in_a_loop_by_keys_alone(opened: Page) -> None:
    sample = Sample(opened, "loop").run()
    for answer in ("2", "40", ""):
        expect(sample.output.locator("[data-kind=stdin]")).to_have_count(["2", "40", ""].index(answer))
        expect(field(sample, "Number, or nothing:")).to_be_focused()
        opened.keyboard.type(answer)
        opened.keyboard.press("Enter")
    sample.ends().prints("total 42")


def test_the_end_of_input_by_button_and_by_ctrl_d(opened: Page) -> None:
    sample = Sample(opened, "lines").run()
    field(sample, "Input").fill("one two")
    sample.button("Answer").click()
    expect(sample.output.locator("[data-kind=stdin]")).to_have_count(1)
    field(sample, "Input")
    sample.button("End of input").click()
    sample.ends().prints("2 words")
    sample = Sample(opened, "name").run()
    expect(field(sample, "Your name?")).to_be_focused()
    opened.keyboard.press("Control+d")
    sample.ends("Error on line 1").prints("EOFError")


def test_stop_while_it_waits_and_run_again(opened: Page) -> None:
    sample = Sample(opened, "name").run()
    field(sample, "Your name?")
    sample.button("Stop").click()
    expect(sample.status).to_have_text("Stopped")
    expect(sample.output.get_by_role("textbox")).to_have_count(0)
    sample.run()
    field(sample, "Your name?").fill("Bo")
    sample.button("Answer").click()
    sample.ends().prints("Hello Bo")


def test_the_focus_is_not_taken_from_a_reader_who_went_on(opened: Page) -> None:
    sample = Sample(opened, "name").run()
    elsewhere = Sample(opened, "given").button("Copy")
    elsewhere.focus()
    field(sample, "Your name?")
    expect(elsewhere).to_be_focused()
    sample.button("Stop").click()


def test_a_secret_is_neither_shown_nor_echoed(opened: Page) -> None:
    sample = Sample(opened, "secret").run()
    expect(field(sample, "Key:")).to_have_attribute("type", "password")
    opened.keyboard.type("hidden")
    opened.keyboard.press("Enter")
    sample.ends().prints("6 characters")
    expect(sample.output).not_to_contain_text("hidden")


def test_the_authors_lines_are_read_and_echoed(opened: Page) -> None:
    sample = Sample(opened, "given").run().ends()
    expect(sample.output.locator("[data-kind=stdin]")).to_have_text(["Ada\n", "36\n"])
    expect(sample.output).to_contain_text("Ada 37")


def test_sleep_shows_what_was_printed_first_and_asyncio_run_waits(opened: Page) -> None:
    Sample(opened, "sleeps").run().prints("before").ends(re.compile(r"^Finished in (0\.[2-9]|[1-9])")).prints("after")
    Sample(opened, "asyncio").run().ends().prints("^ran")


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("thread", "RuntimeError: A sample cannot start a thread.*asyncio"),
        ("process", "OSError: A sample cannot run a command.*pathlib"),
        ("meant", "Did you mean: 'print'"),
        ("keyword", "Did you mean 'while'"),
    ],
)
def test_errors_say_what_to_do_instead(opened: Page, label: str, says: str) -> None:
    Sample(opened, label).run().ends(re.compile("^Error on line")).prints(says)
