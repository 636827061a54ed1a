"""Rich output and colours in WebKit: frames are filled, colours can be read, control sequences are gone."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from .test_colours import CONTRASTS, TEXT
from .test_webkit import button, click, driver, part, sample, until, visit

__all__ = ["driver", "visit"]


def enter_frame(driver: WebDriver, tag: WebElement, least: int) -> None:
    """Run a sample and go into the frame of its output, once that is higher than `least` pixels."""
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status").startswith("Finished"))
    frame = until(driver, lambda: tag.find_elements(By.TAG_NAME, "iframe"))[0]
    until(driver, lambda: frame.size["height"] > least)
    driver.switch_to.frame(frame)


def test_html_is_shown_in_a_frame(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/rich/")
    tag = sample(driver, "table")
    enter_frame(driver, tag, 40)
    assert "Assam" in driver.find_element(By.TAG_NAME, "body").text
    driver.switch_to.default_content()


def test_markdown_and_formulas_are_set(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/markup/")
    tag = sample(driver, "markdown")
    enter_frame(driver, tag, 150)
    assert driver.find_element(By.TAG_NAME, "h1").text == "Teas"
    assert driver.find_element(By.TAG_NAME, "mfrac").is_displayed()
    driver.switch_to.default_content()


def test_colours_can_be_read(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/colours/")
    tag = sample(driver, "colours")
    log = tag.find_element(By.CSS_SELECTOR, "[role=log]")
    assert driver.execute_script("return arguments[0].textContent", log) == TEXT
    click(driver, button(tag, "Run"))
    until(driver, lambda: "same as the author" in part(tag, "status"))
    contrasts = driver.execute_script(f"return ({CONTRASTS})(arguments[0])", log)
    assert len(contrasts) == 8
    assert min(contrasts) >= 4.5
