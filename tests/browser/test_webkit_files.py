"""Data files in WebKit: the page hands them over as it does elsewhere."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from .test_webkit import button, click, driver, part, sample, until, visit

__all__ = ["driver", "visit"]


def test_a_sample_finds_its_files_and_no_other_does(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/files/")
    reads, without = sample(driver, "reads"), sample(driver, "without")
    click(driver, button(reads, "Run"))
    until(driver, lambda: part(reads, "status").startswith("Finished"))
    assert part(reads, "log") == "2 rows, 88 °C ['data']"
    click(driver, button(without, "Run"))
    until(driver, lambda: part(without, "status").startswith("Finished"))
    assert part(without, "log") == "has []"


def test_a_source_that_html_names_is_fetched(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/files/")
    until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "[src='data/brew.py#pour'] [data-part='bar']"))
    tag = sample(driver, "written as html")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status").startswith("Finished"))
    assert part(tag, "log") == "poured 2"
