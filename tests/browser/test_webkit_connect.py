"""Other hosts in WebKit, where Python cannot be suspended: `await` works, and what waits without it says so."""

from collections.abc import Callable

from selenium.webdriver.remote.webdriver import WebDriver

from .servers import Api
from .test_webkit import button, click, driver, part, ran, sample, until, visit

__all__ = ["driver", "visit"]


def test_the_page_asks_for_who_awaits(driver: WebDriver, visit: Callable[[str], WebDriver], api: Api) -> None:
    visit("/articles/connect/")
    api.asked.clear()
    assert ran(driver, "awaits").splitlines()[0] == f"200 {api.origin}/tea {{'minutes': 3}}"
    assert [asked for asked, _ in api.asked] == ["GET /tea", "GET /moved", "GET /tea", "GET /nothing"]


def test_what_waits_says_what_to_write(driver: WebDriver, visit: Callable[[str], WebDriver], api: Api) -> None:
    visit("/articles/connect/")
    api.asked.clear()
    tag = sample(driver, "waits")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status") == "Error on line 4")
    assert "This browser cannot suspend Python to wait for an answer." in part(tag, "log")
    assert "response = await pyfetch(url)" in part(tag, "log")
    assert api.asked == []


def test_what_is_not_allowed_is_refused(driver: WebDriver, visit: Callable[[str], WebDriver], api: Api) -> None:
    visit("/articles/connect/")
    api.asked.clear()
    tag = sample(driver, "unnamed")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status") == "Error on line 3")
    assert "it may ask no host. Its author allows one by the attribute connect=" in part(tag, "log")
    assert api.asked == []
