"""Sessions in WebKit, where WebAssembly cannot be suspended and Python boots its own way: Stop, and what comes back."""

from collections.abc import Callable

from selenium.webdriver.remote.webdriver import WebDriver

from .test_webkit import button, click, driver, part, ran, sample, until, visit

__all__ = ["driver", "visit"]


def test_stop_gives_state_back(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/sessions/")
    three, four = sample(driver, "three"), sample(driver, "four")
    click(driver, button(three, "Run"))
    until(driver, lambda: part(three, "status").endswith("ran 2 earlier samples first"))
    click(driver, button(four, "Run"))
    until(driver, lambda: "four loops with 42" in part(four, "log"))
    click(driver, button(four, "Stop"))
    until(driver, lambda: part(four, "status").startswith("Stopped. The next run brings back"))
    click(driver, button(three, "Run"))
    until(driver, lambda: part(three, "status").endswith("ran 3 samples again first"))
    assert part(three, "log") == "three has 42"


def test_stop_while_python_starts(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/sessions/")
    one = sample(driver, "one")
    click(driver, button(one, "Run"))
    until(driver, lambda: part(one, "status") in ("Starting Python…", "Running…") or "Fetching" in part(one, "status"))
    click(driver, button(one, "Stop"))
    until(driver, lambda: part(one, "status") == "Stopped")
    ran(driver, "one")


def test_a_run_ends_at_its_authors_limit(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/sessions/")
    tag = sample(driver, "limited")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status").startswith("Stopped: it took longer than 0.5 seconds"))
