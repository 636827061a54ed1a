"""Samples in WebKit on a dark page that is to stand still: axe, motion, and a window 320 pixels wide."""

from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from .engines import missing
from .test_webkit import button, click, editor, part, sample, until, visit
from .webkit import driven, found, screen

__all__ = ["visit"]

MATCHES = """
return ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"].map((each) => matchMedia(each).matches);
"""


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """A browser on a desktop whose owner has chosen so."""
    if not found():
        missing("webkit")
    config = tmp_path_factory.mktemp("config")
    (config / "gtk-3.0").mkdir()
    (config / "gtk-3.0/settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(config))
        patch.setenv("GTK_THEME", "Adwaita:dark")
        with screen() as display, driven(display) as running:
            yield running


def clean(driver: WebDriver) -> None:
    """See that axe finds nothing in the samples of the page."""
    driver.execute_script(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    said = driver.execute_async_script("axe.run('code-sample').then(({ violations }) => arguments[0](violations));")
    assert [(each["id"], each["nodes"][0]["html"]) for each in said] == []


def test_every_state(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    driver.set_window_size(320, 700)
    visit("/articles/exercises/")
    assert driver.execute_script(MATCHES) == [True, True]
    tag, endless = sample(driver, "Bare"), sample(driver, "Endless")
    until(driver, lambda: tag.get_attribute("data-phase") == "idle")
    clean(driver)
    click(driver, button(endless, "Run"))
    until(driver, lambda: part(endless, "status") == "Checking…")
    assert driver.execute_script("return document.getAnimations().filter((e) => e.playState === 'running').length") == 0
    clean(driver)
    click(driver, button(endless, "Stop"))
    click(driver, button(tag, "Edit"))
    _, box = editor(driver, tag)
    box.send_keys("1 / 0 #")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status") == "Error on line 1")
    clean(driver)
    width = driver.execute_script("return innerWidth")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    shown = [each for each in tag.find_elements(By.TAG_NAME, "button") if each.is_displayed()]
    assert [each.text for each in shown if each.rect["x"] + each.rect["width"] > width] == []
