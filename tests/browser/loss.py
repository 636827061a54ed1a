"""The loss of a browser whose own process ends during a test: what waits for its answer fails, and the test is told."""

import asyncio
import contextlib
import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser, Error

CLOSED = re.compile("has been closed|[Cc]onnection closed|Target closed|Target crashed|CancelledError")
"""What Playwright says of whom it cannot reach any more: a browser, or only a page."""


def watch(browser: Browser) -> None:
    """Let what waits for `browser` fail once its process has ended: Firefox's driver answers some of it never."""
    browser.on("disconnected", _release)


def unwatch(browser: Browser) -> None:
    """Hear that `browser` is to be closed."""
    browser.remove_listener("disconnected", _release)


def _release(_browser: Browser) -> None:
    for task in asyncio.all_tasks():
        if hasattr(task, "__pw_stack__"):  # somebody waits for it outside of Playwright's loop
            task.cancel("The browser's process has ended")


def lost(browser: Browser, reports: Iterable[pytest.TestReport]) -> bool:
    """Return whether the process of `browser` has ended, as far as `reports` of a test under it let one doubt that.

    One that cannot reach something is told before the loss is: then the browser itself is asked.
    """
    said = "\n".join(report.longreprtext for report in reports if report.failed)
    if browser.is_connected() and CLOSED.search(said):
        with contextlib.suppress(Error, asyncio.CancelledError):  # whether it is there is what its connection says
            browser.new_context().close()
    return not browser.is_connected()
