"""A browser that ends is lost, and only such a one: the test under which it did then runs again."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from . import loss

CLOSED = "playwright._impl._errors.TargetClosedError: Target page, context or browser has been closed"


class Told:
    """A browser that has ended or not, of which the driver tells when it is asked."""

    def __init__(self, alive: bool) -> None:
        self.alive, self.connected, self.asked = alive, True, 0

    def is_connected(self) -> bool:
        return self.connected

    def new_context(self) -> Any:
        self.asked += 1
        self.connected = self.alive
        if not self.alive:
            raise Error("Target page, context or browser has been closed")
        return SimpleNamespace(close=lambda: None)


def reports(text: str) -> Any:
    return [SimpleNamespace(failed=False, longreprtext=CLOSED), SimpleNamespace(failed=bool(text), longreprtext=text)]


@pytest.mark.parametrize("alive", [True, False])
def test_a_browser_that_cannot_be_reached_is_asked(alive: bool) -> None:
    browser: Any = Told(alive)
    assert loss.lost(browser, reports(CLOSED)) is not alive
    assert browser.asked == 1


@pytest.mark.parametrize("said", ["", "AssertionError: 1 is not 2", "TimeoutError: Timeout 5000ms exceeded."])
def test_other_failures_are_the_tests_own(said: str) -> None:
    browser: Any = Told(alive=False)
    assert not loss.lost(browser, reports(said))
    assert not browser.asked
    browser.connected = False
    assert loss.lost(browser, reports(said))


@pytest.mark.only_browser("firefox")
def test_what_waits_for_a_browser_that_ends_fails(
    launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> None:
    """Firefox is killed before a page of it is closed: its driver would leave that without an answer."""
    if "executable_path" not in browser_type_launch_args:
        pytest.skip("the process of Playwright's own Firefox is not known")
    program, number = tmp_path / "firefox", tmp_path / "number"
    program.write_text(f'#!/bin/sh\necho $$ > {number}\nexec {browser_type_launch_args["executable_path"]} "$@"\n')
    program.chmod(0o700)
    browser = launch_browser(executable_path=program)
    loss.watch(browser)
    page = browser.new_page()
    os.kill(int(number.read_text()), signal.SIGKILL)
    with pytest.raises((Error, asyncio.CancelledError)):
        page.close()
    assert not browser.is_connected()
