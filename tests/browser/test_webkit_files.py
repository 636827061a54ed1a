"""Data files in WebKit: the page hands them over as it does elsewhere."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from .test_webkit import driver, ran, until, visit

__all__ = ["driver", "visit"]


def test_a_sample_finds_its_files_and_no_other_does(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/files/")
    assert ran(driver, "reads") == "2 rows, 88 °C ['data']"
    assert ran(driver, "without") == "has []"


def test_a_source_that_html_names_is_fetched(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/files/")
    until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "[src='data/brew.py#pour'] [data-part='bar']"))
    assert ran(driver, "written as html") == "poured 2"
