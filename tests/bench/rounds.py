"""The rounds: each visits the three pages in turn, in one browser."""

import sys
import time

from playwright.sync_api import Browser

from . import journeys, machine
from .book import Book

LIMIT = 480
"""Seconds after which no further round begins, so that the whole stays below ten minutes."""


def measure(browser: Browser, ours: str, others: str, runs: int) -> tuple[Book, list[float | None]]:
    """Return what `runs` rounds gave, and how busy others kept the machine before each (0 to 1).

    A round before them warms the servers and the browser up, and is not counted.
    """
    began = time.monotonic()
    book = Book(journeys.NAMES)
    busy: list[float | None] = []
    for number in range(runs + 1):
        if time.monotonic() - began > LIMIT:
            tell(f"Out of time after {number - 1} of {runs} rounds")
            break
        tell(f"Round {number} of {runs}" if number else "A round to warm up, not counted")
        kept = book if number else Book(journeys.NAMES)
        if number:
            busy.append(machine.busy())
        kept.take(journeys.READERLY, journeys.readerly(browser, ours))
        kept.take(journeys.BARE, journeys.bare(browser, others))
        kept.take(journeys.EDITOR, journeys.editor(browser, others))
    return book, busy


def first_sample(browser: Browser, url: str) -> str:
    """Return the source of the essay's first sample, which py-editor is given too."""
    with browser.new_context(base_url=url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(journeys.ESSAY)
        return page.locator("code-sample pre").first.inner_text()


def tell(text: str) -> None:
    """Tell the person who waits; standard output is for the table."""
    print(text, file=sys.stderr, flush=True)
