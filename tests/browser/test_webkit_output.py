"""Floods and bombs in WebKit: the output is capped, what happened is said, and the next run works."""

from collections.abc import Callable

from selenium.webdriver.remote.webdriver import WebDriver

from .test_output import NO_MEMORY
from .test_webkit import button, click, driver, part, ran, sample, until, visit

__all__ = ["driver", "visit"]


def test_ten_million_lines_are_counted(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/output/")
    ran(driver, "lines")
    assert "… 9,990,000 lines more" in sample(driver, "lines").find_element("css selector", "[data-kind=capped]").text
    _fine(driver)


def test_memory_that_is_used_up_is_said(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/output/")
    tag = sample(driver, "memory")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status") == NO_MEMORY)
    assert "MemoryError" in part(tag, "log")
    _fine(driver)


def _fine(driver: WebDriver) -> None:
    fine = sample(driver, "fine")
    click(driver, button(fine, "Run"))
    until(driver, lambda: part(fine, "log") == "fine")
