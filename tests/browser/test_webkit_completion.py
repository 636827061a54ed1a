"""Names and signatures from a live Python, in WebKit."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from .test_webkit import button, click, driver, editor, part, sample, until, visit

__all__ = ["driver", "visit"]


def test_a_session_is_completed(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/completion/")
    first, tag = sample(driver, "kitchen"), sample(driver, "guest")
    click(driver, button(first, "Run"))
    until(driver, lambda: part(first, "status").startswith("Finished"))
    click(driver, button(tag, "Edit"))
    host, box = editor(driver, tag)

    def shown(selector: str) -> list[str]:
        return [each.text for each in host.shadow_root.find_elements(By.CSS_SELECTOR, selector)]

    box.send_keys("kettle.")
    until(driver, lambda: shown("[role=listbox] [role=option]") == ["boil", "litres_left", "pour", "steam"])
    box.send_keys("boil(")
    until(driver, lambda: shown(".readerly-signature code") == ["boil(degrees: int = 100, *, whistle=True)"])
