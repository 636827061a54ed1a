"""Names and signatures from a live Python, in WebKit."""

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from .test_webkit import button, click, driver, editor, ran, sample, until, visit
from .test_webkit_reader import CHORD, press

__all__ = ["driver", "visit"]


def test_a_session_is_completed(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/completion/")
    tag = sample(driver, "guest")
    ran(driver, "kitchen")
    click(driver, button(tag, "Edit"))
    host, box = editor(driver, tag)

    def shown(selector: str) -> list[str]:
        return [each.text for each in host.shadow_root.find_elements(By.CSS_SELECTOR, selector)]

    press(driver, CHORD, "a")
    box.send_keys("kettle.")
    until(driver, lambda: shown("[role=listbox] [role=option]") == ["boil", "litres_left", "pour", "steam"])
    box.send_keys("boil(")
    boil = "boil(degrees: int = 100, *, whistle=True)"
    until(driver, lambda: shown(".readerly-signature code") == [boil])
    assert shown(".readerly-signature p + p") == ["Boil what is in it."]
    assert shown(".readerly-signature b") == ["degrees: int = 100"]
    box.send_keys(Keys.ESCAPE)
    until(driver, lambda: not shown(".readerly-signature"))
    box.send_keys("1)" + Keys.ENTER + 'shelf["top"][0].boil(')
    until(driver, lambda: shown(".readerly-signature code") == [boil])
    box.send_keys(")" + Keys.ENTER + "Kettle(1).pour().dr")
    until(driver, lambda: shown("[role=listbox] [role=option]") == ["drink"])
    until(driver, lambda: shown("[role=option][aria-selected=true]") == ["drink"])
    box.send_keys(Keys.TAB)
    until(driver, lambda: box.text.endswith("Kettle(1).pour().drink"))
    box.send_keys(Keys.ENTER + "kett")
    until(driver, lambda: "kettle" in shown("[role=listbox] [role=option]"))
    box.send_keys(Keys.ESCAPE)
    until(driver, lambda: not shown("[role=listbox]"))
