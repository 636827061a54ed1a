"""The sandbox in WebKit, beside the attempts in `test_webkit`: what samples do by Python's own hands, and by links."""

import json
import re
from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as ec

from .attempts import link
from .servers import Witness
from .test_sandbox import PAGE
from .test_webkit import button, click, driver, listen, part, ran, sample, until, visit

__all__ = ["driver", "visit"]

Visit = Callable[[str], WebDriver]

ASKED = "return performance.getEntriesByType('resource').map(({ name }) => name)"


def test_python_gets_nowhere(driver: WebDriver, visit: Visit, witness: Witness) -> None:
    """Its own `fetch` and code from text; forged words; kept edits; and what it can, it can."""
    before = list(witness.asked)
    visit(PAGE)
    listen(driver)
    kept = json.dumps({"/articles/other/": {"sample-1": [1, 2, 3, "a kept secret"]}})
    driver.execute_script(
        "window.errors = []; onerror = (said) => { errors.push(said); };"
        "localStorage.setItem('readerly:edits', arguments[0])",
        kept,
    )
    own = ran(driver, "own")
    assert len(re.findall(" refused: ", own)) == 8, own
    assert "REACHED" not in own
    assert "origin null" in own
    for name in ("run_js", "eval", "Function"):
        assert f"{name} refused: JsException" in own
    forged = ran(driver, "forger")
    assert "<img src=" in forged
    assert "spoken" in forged
    assert driver.find_elements(By.CSS_SELECTOR, "code-sample img") == []
    assert ran(driver, "searcher") == "found 0"
    assert "library 3.5\nfiles kept" in ran(driver, "able")
    assert ran(driver, "starter") == "worker 42"
    assert ran(driver, "leaver") == "left"
    asked = [url for url in driver.execute_script(ASKED) if re.search("asked-for|pages.json|path=/$", url)]
    assert asked == []
    assert driver.execute_script("return errors") == []
    assert driver.execute_script("return heard") == []
    assert driver.execute_script("return localStorage.getItem('readerly:edits')") == kept
    driver.execute_script("localStorage.removeItem('readerly:edits')")
    assert witness.asked == before


def test_the_page_answers_while_a_sample_loops_and_stop_ends_it(
    driver: WebDriver, visit: Visit, witness: Witness
) -> None:
    before = list(witness.asked)
    visit(PAGE)
    tag = sample(driver, "outliver")
    click(driver, button(tag, "Run"))
    until(driver, lambda: "started" in part(tag, "log"))
    heart = driver.find_element(By.CSS_SELECTOR, "hearts-button")
    was = button(heart, "Heart").get_attribute("aria-pressed")
    click(driver, button(heart, "Heart"))
    until(driver, lambda: button(heart, "Heart").get_attribute("aria-pressed") != was)
    click(driver, button(tag, "Stop"))
    until(driver, lambda: part(tag, "status").startswith("Stopped"))
    assert ran(driver, "leaver") == "left"
    assert witness.asked == before


def test_the_frame_opens_nothing(driver: WebDriver, visit: Visit, witness: Witness) -> None:
    """Dialogs, downloads, the page's own address and the frame's, from the frame's own document."""
    before = list(witness.asked)
    visit(PAGE)
    ran(driver, "leaver")
    address, windows = driver.current_url, driver.window_handles
    driver.switch_to.frame(driver.find_element(By.CSS_SELECTOR, "iframe[src$='sandbox.html']"))
    driver.execute_script(
        """
        for (const ask of [alert, confirm, prompt]) try { ask("taken"); } catch {}
        const a = document.createElement("a");
        a.href = arguments[0] + "download";
        a.download = "x";
        document.body.append(a);
        a.click();
        try { top.location.href = arguments[0] + "top"; } catch {}
        try { parent.location.replace(arguments[0] + "parent"); } catch {}
        setTimeout((at) => { location.href = at; }, 0, arguments[0] + "away");
        """,
        witness.url,
    )
    driver.switch_to.default_content()
    assert not ec.alert_is_present()(driver)
    assert (driver.current_url, driver.window_handles) == (address, windows)
    driver.execute_async_script("setTimeout(arguments[0], 500)")
    assert driver.current_url == address
    assert witness.asked == before


def test_rich_attacks_reach_nothing(driver: WebDriver, visit: Visit, witness: Witness) -> None:
    before = list(witness.asked)
    visit("/articles/rich/")
    driver.execute_script(
        "window.heard = []; addEventListener('message', ({ data }) => heard.push(String(data?.kind ?? data)))"
    )
    title, address, windows = driver.title, driver.current_url, driver.window_handles
    for label in ("attack", "attack by drawing"):
        tag = sample(driver, label)
        ran(driver, label)
        driver.switch_to.frame(until(driver, lambda tag=tag: tag.find_elements(By.TAG_NAME, "iframe"))[0])
        until(driver, lambda: "survived" in driver.find_element(By.TAG_NAME, "body").text)
        for name in ("scripted", "data", "svg link"):
            for found in driver.find_elements(By.XPATH, f"//*[local-name()='a' and normalize-space()='{name}']"):
                driver.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", found)
        acting = "script, iframe, object, embed, meta, base, link, form, input, video, audio, template, foreignObject"
        assert driver.execute_script("return document.body.querySelectorAll(arguments[0]).length", acting) == 0
        assert driver.execute_script("return self.origin") == "null"
        driver.switch_to.default_content()
    ran(driver, "picture")  # what was to come has come by then
    assert not ec.alert_is_present()(driver)
    assert (driver.title, driver.current_url, driver.window_handles) == (title, address, windows)
    assert "forged" not in driver.execute_script("return heard")
    assert witness.asked == before


def test_what_a_link_brings_does_not_run_by_itself(driver: WebDriver, visit: Visit) -> None:
    visit("/articles/links/" + link("tea", "print('LINKED')\nminutes = 1\n# <img src=x onerror=alert(1)>"))
    tea = sample(driver, "tea")
    until(driver, lambda: "From a link, not run yet" in part(tea, "status"))
    assert "after 4" in ran(driver, "after")
    assert all("LINKED" not in log.text for log in driver.find_elements(By.CSS_SELECTOR, "[role=log]"))
    assert driver.find_elements(By.CSS_SELECTOR, "code-sample img") == []
    assert "LINKED" in ran(driver, "tea")  # so that it could have run
