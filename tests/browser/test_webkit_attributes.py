"""What authors say of samples, in WebKit: packages, lines that are not shown, and docstrings for samples."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from .test_webkit import button, click, driver, part, ran, sample, until, visit

__all__ = ["driver", "visit"]


def test_packages_are_installed_and_missing_ones_are_named(
    driver: WebDriver, visit: Callable[[str], WebDriver]
) -> None:
    """One with a native core, pure ones, and one that the sample's tag does not name."""
    visit("/articles/packages/")
    for label, ends, says in (
        ("native", "Finished", "4"),
        ("pure", "Finished", "attr rich"),
        ("locked", "Error on line 1", 'in the package attrs; add packages="attrs"'),
    ):
        assert says in ran(driver, label, ends)


def test_what_is_hidden_is_run(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/parts/")
    tag = sample(driver, "parts")
    shown = tag.find_element(By.TAG_NAME, "pre").text
    assert "a helper" in shown
    assert "secret = 6" not in shown
    assert ran(driver, "parts") == "42"


def test_a_docstring_is_its_own_record(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/recorded/")
    tag = sample(driver, "docstring")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status") == "Error on line 6; same as the author’s")
    assert "'88 °C'\n'75 °C'\n'88 °C'\n" in part(tag, "log")


def test_setups_run_first_and_are_not_seen(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/sessions/")
    setups = driver.find_elements(By.CSS_SELECTOR, "code-sample[setup]")
    assert [each.is_displayed() for each in setups] == [False] * 3
    assert ran(driver, "no session").startswith("from the page's setup")


def test_lines_that_the_author_gives_are_read(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/input/")
    log = ran(driver, "given")
    read = sample(driver, "given").find_elements(By.CSS_SELECTOR, "[data-kind=stdin]")
    assert [each.text for each in read] == ["Ada", "36"]
    assert "Ada 37" in log


def test_sources_stand_as_their_author_wants(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    """One with numbers, one of three rows, and one that nobody edits."""
    visit("/articles/editor/")
    height = "return arguments[0].clientHeight / parseFloat(getComputedStyle(arguments[0].firstChild).lineHeight)"
    numbered, low, fixed = [
        sample(driver, label).find_element(By.TAG_NAME, "pre") for label in ("fails", "low", "fixed")
    ]
    assert numbered.get_attribute("data-numbers") == "1\n2\n3\n4\n5"
    assert driver.execute_script(height, low) < 5.5
    tag = sample(driver, "fixed")
    assert fixed.text
    assert not [each for each in tag.find_elements(By.TAG_NAME, "button") if each.text == "Edit"]
    ran(driver, "fixed")
