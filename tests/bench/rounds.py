"""The rounds: each visits all pages in turn, in one browser."""

import sys
import time

from playwright.sync_api import Browser

from . import journeys, machine
from .book import Book
from .ours import ESSAY

LIMIT = 480
"""Seconds after which no further round begins, so that the whole stays below ten minutes."""


def measure(browser: Browser, ours: str, others: str, rounds: int, patience: float) -> tuple[Book, list[float | None]]:
    """Return what was measured, and the share of the machine that other programs used before each visit.

    A round before the others warms servers and browser up, and is not counted. Before each visit this waits up to
    `patience` seconds for the machine to be quiet.
    """
    began = time.monotonic()
    book = Book(journeys.NAMES)
    busy: list[float | None] = []
    for number in range(rounds + 1):
        if time.monotonic() - began > LIMIT:
            tell(f"Out of time after {number - 1} of {rounds} rounds")
            break
        tell(f"Round {number} of {rounds}" if number else "A round to warm up, not counted")
        kept = book if number else Book(journeys.NAMES)
        for names, journey in {**journeys.OURS, **journeys.THEIRS}.items():
            share = machine.quiet(patience if number else 0)
            kept.take(names, journey(browser, ours if names in journeys.OURS else others))
            busy += [share] if number else []
    return book, busy


def first_sample(browser: Browser, url: str) -> str:
    """Return the source of the essay's first sample, which py-editor is given too."""
    with browser.new_context(base_url=url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(ESSAY)
        return page.locator("code-sample pre").first.inner_text()


def tell(text: str) -> None:
    """Tell the person who waits; standard output is for the table."""
    print(text, file=sys.stderr, flush=True)
