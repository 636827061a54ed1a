"""The author's page in WebKit: opened with the token, an article and a period chosen, closed again."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from .servers import AUTHOR
from .test_hearts import LONG
from .test_webkit import driver, until, visit

__all__ = ["driver", "visit"]


def test_the_author_gives_the_token_and_looks_at_an_article(
    driver: WebDriver, visit: Callable[[str], WebDriver]
) -> None:
    def found(selector: str) -> bool:
        return bool(driver.find_elements(By.CSS_SELECTOR, selector))

    def give(token: str) -> None:
        driver.find_element(By.CSS_SELECTOR, "input[name='token']").send_keys(token + Keys.ENTER)

    def rows() -> int:
        return len(driver.find_elements(By.CSS_SELECTOR, "[role='region'][aria-labelledby='days'] tr"))

    visit(LONG)
    until(driver, lambda: driver.find_element(By.CSS_SELECTOR, "view-count").text[:1].isdigit())
    driver.get(driver.current_url.split("/articles/")[0] + "/api/author")
    until(driver, lambda: found("input[name='token']"))
    give("a-wrong-one-to-begin-with")
    until(driver, lambda: "not the token" in driver.find_element(By.CSS_SELECTOR, "[role='alert']").text)
    give(AUTHOR)
    until(driver, lambda: driver.find_elements(By.LINK_TEXT, "A long article"))[0].click()
    until(driver, lambda: driver.find_element(By.CSS_SELECTOR, "h1").text == "A long article")
    until(driver, lambda: found("[role='img'][aria-label^='Views on each of 30 days, ']"))
    assert rows() == 31
    driver.find_element(By.LINK_TEXT, "7 days").click()
    until(driver, lambda: rows() == 8)
    assert driver.find_element(By.LINK_TEXT, "7 days").get_attribute("aria-current") == "page"
    driver.find_element(By.XPATH, "//button[normalize-space()='Close']").click()
    until(driver, lambda: found("input[name='token']"))
