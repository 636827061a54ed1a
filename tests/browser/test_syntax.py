"""Errors where they stand: lines of a traceback, syntax while one writes, and an interpreter that ends itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .sample import FIRST, SAVE_DATA, Sample

pytestmark = pytest.mark.both_ways("chromium")

HERE = "/articles/syntax/"


@pytest.fixture(scope="module")
def page(reader: Callable[..., Page]) -> Page:
    return reader(HERE)


def test_lines_of_a_traceback_lead_to_the_editors(page: Page) -> None:
    sample = Sample(page, "trace")
    sample.run().ends("Error on line 2")
    going = sample.output.get_by_role("button")
    expect(going).to_have_count(2)
    sample.output.focus()
    page.keyboard.press("Tab")
    expect(going.first).to_be_focused()
    expect(going.first).to_have_accessible_name("Go to line 5")
    page.keyboard.press("Enter")
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("here = ")
    expect(sample.tag.get_by_role("textbox")).to_contain_text("here = half(1)")
    going.last.click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("  # there")
    expect(sample.tag.get_by_role("textbox")).to_contain_text("return x / 0  # there")
    expect(sample.output).to_contain_text('File "sample-1.py", line 2, in half')


def test_a_sample_that_is_only_read_has_no_such_buttons(page: Page) -> None:
    sample = Sample(page, "kept closed")
    sample.run().ends(re.compile("^Error on line 1"))
    expect(sample.output.get_by_role("button")).to_have_count(0)


def test_a_mistake_is_marked_while_one_writes_and_goes_when_mended(page: Page) -> None:
    Sample(page, "kept closed").run().ends(re.compile("^Error on line 1"))  # so that Python is there
    sample = Sample(page, "written")
    sample.button("Edit").click()
    box = sample.tag.get_by_role("textbox")
    expect(box).to_be_focused()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nif True\n    1")
    expect(sample.status).to_have_text("Line 2: SyntaxError: expected ':'")
    failing = box.locator(".readerly-failing")
    expect(failing).to_have_text("if True")
    expect(failing).to_have_attribute("data-error", "← SyntaxError: expected ':'")
    expect(sample.output).to_be_hidden()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.type(":")
    expect(failing).to_have_count(0)
    expect(sample.status).not_to_contain_text("SyntaxError")


def test_no_python_is_started_to_look_at_a_source(reader: Callable[..., Page]) -> None:
    """A reader who saves data has none ahead of the first run."""
    page = reader(HERE, SAVE_DATA)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sample = Sample(page, "written")
    page.clock.install()
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("print(")
    expect(sample.button("Link")).to_be_visible()
    page.clock.fast_forward(5000)
    assert not [url for url in asked if "pyodide" in url or "image" in url]
    expect(sample.tag.locator(".readerly-failing")).to_have_count(0)
    sample.run().ends("Error on line 1")
    assert [url for url in asked if "pyodide" in url or "image" in url]


@pytest.mark.parametrize("label", ["closes", "light closes"])
def test_an_interpreter_that_ends_itself_ends_its_run(page: Page, label: str) -> None:
    sample = Sample(page, label)
    sample.run()
    expect(sample.status).to_contain_text("The sample closed its own Python. Run starts another Python.", timeout=FIRST)
    expect(sample.button("Stop")).to_be_disabled()
