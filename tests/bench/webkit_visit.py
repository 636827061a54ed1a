"""A visit in WebKitGTK, driven by Selenium; each is a browser of its own, which keeps nothing on disk."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any

from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from ..browser.webkit import driven
from ..browser.weight import QUIET
from .conditions import Condition
from .visit import OBSERVER, PATIENCE, Visit

POLL = 0.02
"""Seconds between two looks at the page: WebDriver has no way to be told."""


class WebKitVisit(Visit):
    """A page of a driven browser."""

    def __init__(self, driver: WebDriver, url: str) -> None:
        self.url = url
        self._driver = driver

    def go(self, path: str) -> None:
        self._driver.get(self.url + path)
        self._driver.execute_script(OBSERVER)

    def call(self, function: str, *arguments: object) -> Any:
        return self._driver.execute_script(f"return ({function})(...arguments)", *arguments)

    def click(self, selector: str) -> None:
        self.wait_for(selector)
        self._driver.find_element(By.CSS_SELECTOR, selector).click()
        with suppress(NoAlertPresentException):
            self._driver.switch_to.alert.accept()

    def hover(self, selector: str) -> None:
        ActionChains(self._driver).move_to_element(self._driver.find_element(By.CSS_SELECTOR, selector)).perform()

    def wait_for(self, selector: str) -> None:
        self._until(lambda: self._driver.find_elements(By.CSS_SELECTOR, selector), selector)

    @contextmanager
    def told(self, what: str) -> Generator[None]:
        self.call("(what) => { if (window.bench) bench.told[what] = false; }", what)
        yield
        self._until(lambda: self.see(f"told[{what!r}]"), what)

    def settle(self) -> None:
        loaded, quiet_since = -1, time.monotonic()
        while time.monotonic() - quiet_since < QUIET / 1000:
            self.pause(POLL)
            if (now := self.call("() => performance.getEntriesByType('resource').length")) != loaded:
                loaded, quiet_since = now, time.monotonic()

    def again(self) -> None:
        # The pointer would still be over the sample, and show intent before any click.
        actions = ActionChains(self._driver)
        actions.w3c_actions.pointer_action.move_to_location(0, 0)
        actions.perform()
        self._driver.get("about:blank")

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)

    def _until(self, condition: Callable[[], Any], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"nothing was seen of {what} for {PATIENCE} seconds")
            self.pause(POLL)


@contextmanager
def with_driver(display: str, url: str, condition: Condition) -> Generator[Visit]:
    """Visit in a browser of its own; the condition's network is in the URL, and no other can be had."""
    with driven(display, composited=True) as driver:
        yield WebKitVisit(driver, url)
