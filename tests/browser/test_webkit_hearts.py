"""Hearts in WebKit: given, kept over a reload, and delivered from the browser when the service is back."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from .servers import Readerly
from .test_hearts import LONG
from .test_webkit import button, click, driver, part, until, visit

__all__ = ["driver", "visit"]


def hearts(driver: WebDriver) -> WebElement:
    return driver.find_element(By.CSS_SELECTOR, "hearts-button")


def pressed(driver: WebDriver) -> bool:
    return button(hearts(driver), "Heart").get_attribute("aria-pressed") == "true"


def counted(driver: WebDriver, number: int) -> bool:
    return hearts(driver).find_element(By.CSS_SELECTOR, "[data-part='count']").text.startswith(f"{number} ")


def test_a_heart_waits_for_the_service_over_a_reload_and_arrives_once(
    driver: WebDriver, visit: Callable[[str], WebDriver], server: Readerly
) -> None:
    before = server.hearts(LONG)
    visit(LONG)
    until(driver, lambda: counted(driver, before))
    was = pressed(driver)
    wanted = before - 1 if was else before + 1
    server.stop()
    try:
        click(driver, button(hearts(driver), "Heart"))
        until(driver, lambda: part(hearts(driver), "status").startswith("Not sent yet: it waits in this browser"))
        assert pressed(driver) is not was
        assert counted(driver, wanted)
    finally:
        server.start()
    driver.refresh()
    until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "hearts-button[live]"))
    until(driver, lambda: pressed(driver) is not was and part(hearts(driver), "status") == "")
    until(driver, lambda: counted(driver, wanted))
    assert server.hearts(LONG) == wanted
    driver.refresh()
    until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "hearts-button[live]"))
    until(driver, lambda: counted(driver, wanted) and pressed(driver) is not was)


def test_the_count_of_views_explains_itself(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(LONG)
    count = until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "view-count button"))[0]
    until(driver, lambda: count.text[:1].isdigit())
    click(driver, count)
    tip = until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "[role='tooltip']"))[0]
    until(driver, lambda: tip.text.startswith("Each reader counts once a day; robots are left out. Updated "))
