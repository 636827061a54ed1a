"""A browser that ends is lost, and only such a one: the test under which it did then runs again."""

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
        self.alive, self.connected, self.asked, self.tell = alive, True, 0, lambda _: None
        self._loop = object()  # nobody waits in it

    def on(self, _event: str, tell: Callable[[Any], None]) -> None:
        self.tell = tell

    def end(self) -> None:
        self.connected = False
        self.tell(self)

    def is_connected(self) -> bool:
        return self.connected

    def new_context(self) -> Any:
        self.asked += 1
        if not self.alive:
            self.end()
            raise Error("Target page, context or browser has been closed")
        return SimpleNamespace(close=lambda: None, new_page=lambda: SimpleNamespace(evaluate=lambda _: 1))


def reports(text: str) -> Any:
    return [SimpleNamespace(failed=False, longreprtext=CLOSED), SimpleNamespace(failed=bool(text), longreprtext=text)]


@pytest.mark.parametrize("alive", [True, False])
def test_a_browser_that_cannot_be_reached_is_asked(alive: bool) -> None:
    browser: Any = Told(alive)
    assert loss.Watch(browser).lost(reports(CLOSED)) is not alive
    assert browser.asked == 1


@pytest.mark.parametrize("said", ["", "AssertionError: 1 is not 2", "TimeoutError: Timeout 5000ms exceeded."])
def test_other_failures_are_the_tests_own(said: str) -> None:
    browser: Any = Told(alive=False)
    watch = loss.Watch(browser)
    assert not watch.lost(reports(said))
    assert not browser.asked
    browser.end()
    assert watch.lost(reports(said))


def test_one_whose_tab_vanished_is_ending() -> None:
    browser: Any = Told(alive=True)
    said = "Error: Protocol error (input.performActions): no such frame\nMessage: Browsing Context with id 1 not found"
    assert loss.Watch(browser).lost(reports(said))


def test_one_that_was_closed_is_not_lost(launch_browser: Callable[..., Browser]) -> None:
    browser = launch_browser()
    watch = loss.Watch(browser)
    watch.stop()
    browser.close()
    assert not watch.lost(reports(CLOSED))


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
    watch = loss.Watch(browser)
    page = browser.new_page()
    os.kill(int(number.read_text()), signal.SIGKILL)
    with pytest.raises(Error):
        page.close()
    assert watch.ended
