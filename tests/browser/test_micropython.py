"""Samples with `engine="micropython"`: the same buttons, another Python."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .sample import Sample

PAGE = "/articles/micropython/"


def test_it_runs_in_micropython_and_shows_all_kinds(reader: Callable[..., Page]) -> None:
    sample = Sample(reader(PAGE), "light").run().ends()
    expect(sample.output.locator("[data-kind=stdout]")).to_have_text("hello from micropython\n", use_inner_text=False)
    expect(sample.output.locator("[data-kind=stderr]")).to_contain_text("to stderr")
    expect(sample.output.locator("[data-kind=result]")).to_contain_text("42")


def test_nothing_of_the_other_engine_is_fetched(reader: Callable[..., Page]) -> None:
    page = reader("/articles/long/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGE)
    Sample(page, "light").run().ends()
    assert [url for url in asked if url.endswith("/micropython.html")]
    assert not [url for url in asked if re.search(r"/pyodide/|/image\.bin|/sandbox\.", url)]


def test_each_engine_runs_its_own(reader: Callable[..., Page]) -> None:
    page = reader(PAGE)
    Sample(page, "light").run().ends()
    Sample(page, "heavy").run().ends().prints("hello from cpython")
    Sample(page, "light").run().ends().prints("hello from micropython")


def test_a_traceback_shows_the_samples_own_lines(reader: Callable[..., Page]) -> None:
    sample = Sample(reader(PAGE), "light error").run().ends("Error on line 2")
    expect(sample.output).to_contain_text('File "sample-2.py", line 2, in half')
    expect(sample.output).to_contain_text("    return x / 0")
    expect(sample.output).to_contain_text("ZeroDivisionError: divide by zero")


def test_await_at_the_top(reader: Callable[..., Page]) -> None:
    Sample(reader(PAGE), "light await").run().ends().prints("first, second")


def test_stop_ends_an_endless_loop_and_the_next_run_works(reader: Callable[..., Page]) -> None:
    page = reader(PAGE)
    loop = Sample(page, "light loop").run().prints("looping")  # also without the end of its line
    loop.button("Stop").click()
    loop.ends(re.compile("^Stopped"))
    Sample(page, "light").run().ends()


def test_a_flood_is_bounded(reader: Callable[..., Page]) -> None:
    sample = Sample(reader(PAGE), "light flood").run().ends()
    expect(sample.output).to_contain_text("… 190,000 lines more")
    expect(sample.output).to_contain_text("line 9999")
    expect(sample.output).not_to_contain_text("line 10000")


def test_input_says_why_it_cannot_ask(reader: Callable[..., Page]) -> None:
    Sample(reader(PAGE), "light input").run().ends("Error on line 1").prints(r"input\(\) cannot ask the reader")


def test_a_session_keeps_names_and_others_start_empty(reader: Callable[..., Page]) -> None:
    page = reader(PAGE)
    Sample(page, "light one").run().ends()
    Sample(page, "light two").run().ends().prints("kept in MicroPython")
    Sample(page, "light alone").run().ends("Error on line 1").prints("NameError")


def test_its_frame_is_a_sandbox_too(reader: Callable[..., Page]) -> None:
    page = reader(PAGE)
    Sample(page, "light").run().ends()
    frame = next(frame for frame in page.frames if frame.url.endswith("/micropython.html"))
    assert page.locator("iframe[src$='micropython.html']").get_attribute("sandbox") == "allow-scripts"
    assert frame.evaluate("self.origin") == "null"
