"""Errors where they stand, in WebKit: lines lead to the editor, mistakes are marked, and who closes Python is told."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from .test_webkit import button, click, driver, editor, part, sample, until, visit

__all__ = ["driver", "visit"]

HERE = "/articles/syntax/"


def test_lines_of_a_traceback_lead_to_the_editor(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(HERE)
    tag = sample(driver, "trace")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status").startswith("Error on line 2"))
    going = tag.find_elements(By.CSS_SELECTOR, "[role=log] button")
    assert [each.accessible_name for each in going] == ["Go to line 5", "Go to line 2"]
    going[0].send_keys(Keys.ENTER)
    _, box = editor(driver, tag)
    box.send_keys("here = ")
    until(driver, lambda: "here = half(1)" in box.text)


def test_a_mistake_is_marked_while_one_writes(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(HERE)
    first, tag = sample(driver, "trace"), sample(driver, "written")
    click(driver, button(first, "Run"))
    until(driver, lambda: part(first, "status").startswith("Error on line 2"))
    click(driver, button(tag, "Edit"))
    host, box = editor(driver, tag)
    box.send_keys("if True" + Keys.ENTER)
    until(driver, lambda: part(tag, "status") == "Line 1: SyntaxError: expected ':'")
    failing = host.shadow_root.find_element(By.CSS_SELECTOR, ".readerly-failing")
    assert failing.text == "if True"


def test_an_interpreter_that_ends_itself_ends_its_run(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(HERE)
    tag = sample(driver, "closes")
    click(driver, button(tag, "Run"))
    until(driver, lambda: "closed its own Python. Run starts another Python." in part(tag, "status"))
