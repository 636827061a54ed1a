"""Exercises in WebKit: a check judges there as it does elsewhere, and its run can be stopped."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from .test_webkit import button, click, driver, part, sample, until, visit

__all__ = ["driver", "visit"]

PATH = "/articles/exercises/"


def says(tag: WebElement) -> str:
    """Return what is said of the last attempt."""
    return tag.find_element(By.CSS_SELECTOR, "[data-part='verdict']").text


def unfold(driver: WebDriver, tag: WebElement, name: str) -> WebElement:
    """Open the hint or the solution of a sample, and return it."""
    summary = next(each for each in tag.find_elements(By.CSS_SELECTOR, "summary") if each.text == name)
    click(driver, summary)
    return summary.find_element(By.XPATH, "..")


def test_an_attempt_is_judged_and_the_solution_passes(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(PATH)
    tag = sample(driver, "Pour")
    until(driver, lambda: says(tag) == "An exercise: Run checks it.")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status").startswith("Finished"))
    assert says(tag) == "Not yet: Four cups for each of them, not for all. There is a hint below."
    assert "Multiply cups by people." in unfold(driver, tag, "Hint").text
    unfold(driver, tag, "Solution")
    click(driver, button(tag, "Use the solution"))
    until(driver, lambda: tag.get_attribute("edited") is not None)
    click(driver, button(tag, "Run"))
    until(driver, lambda: says(tag) == "This is the author’s solution, and it passes.")
    assert tag.get_attribute("solved") is None
    click(driver, button(tag, "Bring my answer back"))
    until(driver, lambda: tag.get_attribute("edited") is None)
    click(driver, button(tag, "Reset"))
    assert says(tag) == "An exercise: Run checks it."


def test_an_endless_check_is_stopped(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(PATH)
    tag, bare = sample(driver, "Endless"), sample(driver, "Bare")
    until(driver, lambda: says(tag) == "An exercise: Run checks it.")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status") == "Checking…")
    click(driver, button(tag, "Stop"))
    until(driver, lambda: part(tag, "status").startswith("Stopped"))
    click(driver, button(bare, "Run"))
    until(driver, lambda: says(bare) == "Not yet: total should be 6 but is 5.")
