"""What a run shows, when there is too much of it: the page answers, the output is capped, and the next run works."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium")

NO_MEMORY = "The sample used up the memory it may have, 1 GB at most. Its Python has ended; Run starts another one."

AT_TOP = "(log) => log.scrollTop < 5"
"""Whether a region has been scrolled to its beginning: browsers take their time."""


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for all tests of this module, whose Python boots once."""
    page = reader("/articles/output/")
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Iterator[Page]:
    """The shared page, in which the next run works, whatever the test has done."""
    shared.bring_to_front()
    yield shared
    Sample(shared, "fine").run().ends().prints("^fine")


def test_ten_million_lines_are_counted_and_ten_thousand_shown(opened: Page) -> None:
    sample = Sample(opened, "lines").run().ends()
    expect(sample.output.locator("[data-kind=capped]")).to_have_text("Note: … 9,990,000 lines more")
    assert 100 <= sample.output.locator(".readerly-lines").count() <= 110
    assert sample.output.locator("[data-kind=stdout]").text_content() == "".join(f"{n}\n" for n in range(10_000))


def test_a_line_of_a_hundred_megabytes_is_cut(opened: Page) -> None:
    sample = Sample(opened, "one line").run().ends()
    expect(sample.output.locator("[data-kind=capped]")).to_have_text("Note: … 99,990,000 characters more")
    assert sample.output.locator("[data-kind=stdout]").text_content() == "x" * 10_000 + "…\nafter\n"


def test_a_recursion_is_shown_by_its_ends(opened: Page) -> None:
    sample = Sample(opened, "recursion").run().ends("Error on line 2").prints("RecursionError")
    assert len(sample.output.inner_text().splitlines()) < 60


def test_a_recursion_that_nothing_ends_can_be_stopped(opened: Page) -> None:
    """Python's own limit was taken away: it may take Python with it, but not the page."""
    sample = Sample(opened, "no end of recursion").run()
    expect(sample.status).not_to_have_text(re.compile("^(|Fetching.*|Starting.*)$"), timeout=FIRST)
    sample.button("Stop").evaluate("(stop) => stop.click()")  # which does nothing where Python has ended by itself
    expect(sample.button("Stop")).to_be_disabled()
    Sample(opened, "memory").run().prints("MemoryError")


def test_memory_that_is_used_up_is_said(opened: Page) -> None:
    sample = Sample(opened, "memory").run()
    sample.ends(NO_MEMORY)
    sample.prints("^(?!.*11 taken).*5 taken.*MemoryError")  # tenths of a GB


def test_a_worker_that_closes_itself_is_told_of(opened: Page) -> None:
    sample = Sample(opened, "dead worker").run()
    sample.ends("The sample closed its own Python. Run starts another Python.")
    Sample(opened, "now and then").run().ends()


def test_a_giant_repr_is_cut(opened: Page) -> None:
    Sample(opened, "giant repr").run().ends().prints(r"^Value: \[0, 1, 2, .*… [\d,]+ characters more$")


def test_a_repr_that_loops_can_be_stopped(opened: Page) -> None:
    sample = Sample(opened, "repr that loops").run().prints("looping")
    sample.button("Stop").click()
    sample.ends("Stopped")


def test_the_newest_is_in_view_unless_the_reader_scrolled_up(opened: Page) -> None:
    sample = Sample(opened, "now and then").run().ends()
    left = "(log) => log.scrollHeight - log.clientHeight - log.scrollTop"
    expect(sample.output.get_by_text("line 59")).to_be_in_viewport()
    assert sample.output.evaluate(left) < 4
    sample.run().prints("^(?!.*line 59).*line 30")  # not what the run before has printed
    sample.output.focus()
    opened.keyboard.press("Home")
    sample.ends()
    opened.wait_for_function(AT_TOP, arg=sample.output.element_handle())
    sample.run().prints("^(?!.*line 59).*line 30").ends()  # a run that nobody scrolled up in
    expect(sample.output.get_by_text("line 59")).to_be_in_viewport()
    assert sample.output.evaluate(left) < 4


def test_a_flood_is_not_read_out(opened: Page) -> None:
    sample = Sample(opened, "fine").run().ends()
    assert sample.output.get_attribute("aria-live") is None
    sample = Sample(opened, "now and then").run().ends()
    expect(sample.output).to_have_attribute("aria-live", "off")
    sample.run().prints("^(?!.*line 29)")  # what the next run says first is
    assert sample.output.get_attribute("aria-live") is None
