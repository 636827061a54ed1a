"""The loss of a browser whose own process ends during a test: what waits for its answer fails, and the test is told."""

import asyncio
import contextlib
import re
from collections.abc import Iterable
from typing import Any

import pytest
from playwright._impl._sync_base import SyncBase
from playwright.sync_api import Browser, Error

ENDED = "The browser's process has ended"

UNREACHED = re.compile("has been closed|[Cc]onnection closed|Target closed|Target crashed")
"""What Playwright says of whom it cannot reach any more: a browser, or only a page."""

VANISHED = re.compile("no such frame|Browsing Context with id .* not found")
"""What Firefox says of a tab that nobody closed and that is there no more; its own end follows, if only in a while."""


class Watch:
    """Who hears that a browser's process ends, other than by being closed, and lets what waits for it fail then.

    Firefox's driver answers some of what it was asked before never.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser, self.ended = browser, False
        browser.on("disconnected", self._release)

    def stop(self) -> None:
        """Hear that the browser is to be closed."""
        self.browser.remove_listener("disconnected", self._release)

    def _release(self, _browser: Browser) -> None:
        self.ended = True
        for task in asyncio.all_tasks(self.browser._loop):
            if hasattr(task, "__pw_stack__"):  # somebody waits for it outside of Playwright's loop
                task.cancel(ENDED)

    def lost(self, reports: Iterable[pytest.TestReport]) -> bool:
        """Return whether the process has ended or is ending, as far as `reports` of a test under it let one doubt that.

        One that cannot reach something is told before the loss is: then the browser itself is asked.
        """
        said = "\n".join(report.longreprtext for report in reports if report.failed)
        if self.browser.is_connected() and UNREACHED.search(said):
            with contextlib.suppress(Error):  # whether it is there is what its connection says
                context = self.browser.new_context()
                context.new_page().evaluate("1")
                context.close()
        return self.ended or bool(VANISHED.search(said))


_wait = SyncBase._sync


def _wait_or_fail(self: SyncBase, coro: Any) -> Any:
    try:
        return _wait(self, coro)
    except asyncio.CancelledError as cause:
        raise Error(ENDED) from cause


# What is no Exception passes by whoever tears down: pytest would keep a fixture that is half made, or half gone.
SyncBase._sync = _wait_or_fail
