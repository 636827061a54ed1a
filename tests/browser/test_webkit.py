"""WebKit, by WebKitGTK and Selenium (on macOS, Safari): the main path of each widget, under the strict policy.

Playwright's own WebKit, where it is installed, runs all the other tests as well; Debian has no such build.
"""

import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from .attempts import BODIES, HEARD, LEFT, LISTEN, NETWORK, NOT_EVERYWHERE, PAGE_ONLY, script
from .engines import missing
from .servers import Readerly, Witness
from .webkit import driven, found, screen, spent

SLOW = 90
"""Seconds for a first run: WebKit boots Python in five on two free cores."""


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    if sys.platform == "darwin":
        running = webdriver.Safari()
        yield running
        running.quit()
        return
    if not found():
        missing("webkit")
    with screen() as display, driven(display) as running:
        yield running


@pytest.fixture
def visit(driver: WebDriver, server: Readerly) -> Callable[[str], WebDriver]:
    """Open an article and wait until its widgets are live."""

    def go(path: str) -> WebDriver:
        driver.get(server.url + path)
        until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "hearts-button[live]"))
        return driver

    return go


def until(driver: WebDriver, condition: Callable[[], Any]) -> Any:
    """Wait until `condition()` is true, and return it; what it looked at may be drawn anew while it does."""
    wait = WebDriverWait(driver, SLOW, poll_frequency=0.1, ignored_exceptions=[StaleElementReferenceException])
    return wait.until(lambda _: condition())


def sample(driver: WebDriver, label: str) -> WebElement:
    """Return the sample of that label."""
    return driver.find_element(By.XPATH, f"//code-sample[.//*[@role='group' and @aria-label='{label}']]")


def button(tag: WebElement, name: str) -> WebElement:
    """Return the button whose accessible name is `name`."""
    return next(
        each
        for each in tag.find_elements(By.CSS_SELECTOR, "button")
        if each.is_displayed() and each.accessible_name == name
    )


def part(tag: WebElement, role: str) -> str:
    """Return the text of the element in `tag` that has `role`."""
    return tag.find_element(By.CSS_SELECTOR, f"[role='{role}']").text


REST = """
const [element, done] = arguments;
element.scrollIntoView({ block: "center" });
let last = "";
(function look() {
  const { x, y, width, height } = element.getBoundingClientRect(), now = [x, y, width, height].join();
  if (now === last) done();
  else requestAnimationFrame(look);
  last = now;
})();
"""


def click(driver: WebDriver, element: WebElement) -> None:
    """Bring an element to the middle of the window, and click it once it stands still for a frame.

    That is where a person looks, and Playwright; this driver clicks where the element stood when it was asked to.
    """
    driver.execute_async_script(REST, element)
    element.click()


def ran(driver: WebDriver, label: str, ends: str = "Finished") -> str:
    """Run a sample until its status begins with `ends`, and return its output."""
    tag = sample(driver, label)
    click(driver, button(tag, "Run"))
    try:
        until(driver, lambda: part(tag, "status").startswith(ends))
    except TimeoutException:
        pytest.fail(f"{label}: its status is {part(tag, 'status')!r} after {SLOW} seconds")
    return part(tag, "log")


def test_runs_and_streams(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/samples/")
    said = ran(driver, "three kinds")
    assert "to stdout" in said
    assert "Printed to stderr" in said
    assert "Value: 42" in said
    error = sample(driver, "error")
    click(driver, button(error, "Run"))
    until(driver, lambda: part(error, "status") == "Error on line 2")
    assert "ZeroDivisionError" in part(error, "log")


def test_stop_ends_an_endless_loop(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/samples/")
    tag = sample(driver, "loop")
    click(driver, button(tag, "Run"))
    until(driver, lambda: "looping" in part(tag, "log"))
    assert part(tag, "status") == "Running…"
    click(driver, button(tag, "Stop"))
    until(driver, lambda: part(tag, "status") == "Stopped")
    other = sample(driver, "hello")
    click(driver, button(other, "Run"))
    until(driver, lambda: "hello from Python" in part(other, "log"))


@pytest.mark.skipif(sys.platform == "darwin", reason="Safari is no child of its driver's")
def test_a_stopped_loop_keeps_no_core_busy(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/samples/")
    tag = sample(driver, "loop")
    click(driver, button(tag, "Run"))
    until(driver, lambda: "looping" in part(tag, "log"))
    click(driver, button(tag, "Stop"))
    seconds = [-math.inf]

    def rests(_driver: WebDriver) -> bool:
        seconds.append(spent(driver))
        return seconds[-1] - seconds[-2] < 0.3

    WebDriverWait(driver, SLOW, poll_frequency=1).until(rests)


def test_editor_opens(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/samples/")
    tag = sample(driver, "hello")
    click(driver, button(tag, "Edit"))
    host = until(driver, lambda: tag.find_elements(By.CSS_SELECTOR, "[data-part='editor']"))[0]
    assert 'print("hello from", "Python")' in host.shadow_root.find_element(By.CSS_SELECTOR, ".cm-content").text


@pytest.mark.parametrize("label", ["attempts", "light attempts"])
def test_sandboxed_code_reaches_nothing(
    driver: WebDriver, visit: Callable[[str], WebDriver], witness: Witness, label: str
) -> None:
    before = list(witness.asked)
    visit("/articles/attempts/")
    listen(driver)
    found = json.loads(ran(driver, label).partition("found ")[2])
    assert set(found) == set(BODIES)
    assert [name for name, came in found.items() if came == "REACHED"] == []
    assert witness.asked == before


def test_the_sandboxed_frame_reaches_nothing(
    driver: WebDriver, visit: Callable[[str], WebDriver], witness: Witness
) -> None:
    """As if the worker's wall had fallen."""
    before = list(witness.asked)
    visit("/articles/attempts/")
    ran(driver, "leaver")
    driver.switch_to.frame(driver.find_element(By.CSS_SELECTOR, "iframe[src$='sandbox.html']"))
    try:
        found = driver.execute_async_script(
            script(witness.url) + "attempts(arguments[0]).then(arguments[arguments.length - 1]);", list(LEFT)
        )
    finally:
        driver.switch_to.default_content()
    assert found.keys() == BODIES.keys() - set(LEFT)
    assert [name for name, came in found.items() if came == "REACHED"] == []
    assert witness.asked == before


def test_another_sample_finds_nothing(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/attempts/")
    for label, said in (("leaver", "left"), ("finder", "found False"), ("leaver", "left")):
        assert said in ran(driver, label)


def test_the_same_attempts_succeed_outside(driver: WebDriver) -> None:
    """In an ordinary page they come through, but for what this browser has not, or lets nobody do without a click."""
    ordinary = Witness()
    try:
        driver.get(ordinary.url + "ordinary")
        listen(driver)
        found = driver.execute_async_script(script(ordinary.url) + "attempts().then(arguments[arguments.length - 1]);")
        heard = {name for name in NETWORK if any(re.match(f"/{name}", path) for path in ordinary.asked)}
    finally:
        ordinary.stop()
    missing = {name for name in BODIES if found[name] != "REACHED"} - heard
    absent = {"importScripts", "files", "serviceWorker", "cookieStore", "transport"}
    assert missing <= {*PAGE_ONLY, *NOT_EVERYWHERE, *HEARD, *absent}


def test_micropython_runs(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/micropython/")
    log = ran(driver, "light")
    assert "hello from micropython" in log
    assert "Value: 42" in log
    loop = sample(driver, "light loop")
    click(driver, button(loop, "Run"))
    until(driver, lambda: "looping" in part(loop, "log"))
    click(driver, button(loop, "Stop"))
    until(driver, lambda: part(loop, "status").startswith("Stopped"))


def listen(driver: WebDriver) -> None:
    """Give the page its secrets."""
    driver.execute_async_script(LISTEN + "listening.then(arguments[arguments.length - 1]);")


def editor(driver: WebDriver, tag: WebElement) -> tuple[WebElement, WebElement]:
    """Wait until the editor of a sample has the focus; return what holds it, and the box to write in."""
    host = until(driver, lambda: tag.find_elements(By.CSS_SELECTOR, "[data-part=editor]"))[0]
    box = until(driver, lambda: host.shadow_root.find_elements(By.CSS_SELECTOR, "[role=textbox]"))[0]
    until(driver, lambda: driver.execute_script("return arguments[0].getRootNode().activeElement", box) == box)
    return host, box


def test_heart_is_kept(driver: WebDriver, visit: Callable[[str], WebDriver], server: Readerly) -> None:
    visit("/articles/long/")
    tag = driver.find_element(By.CSS_SELECTOR, "hearts-button")
    shown = tag.find_element(By.CSS_SELECTOR, "[data-part='count']")
    before = int(until(driver, lambda: shown.text[:1].isdigit() and shown.text.split()[0]))
    click(driver, button(tag, "Heart"))
    until(driver, lambda: shown.text.startswith(f"{before + 1} heart"))
    assert button(tag, "Heart").get_attribute("aria-pressed") == "true"
    until(driver, lambda: server.hearts("/articles/long/") == before + 1)
    visit("/articles/long/")
    tag = driver.find_element(By.CSS_SELECTOR, "hearts-button")
    until(driver, lambda: button(tag, "Heart").get_attribute("aria-pressed") == "true")


def test_read_time_falls_and_ends(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit("/articles/long/")
    tag = driver.find_element(By.CSS_SELECTOR, ".meta read-time")
    until(driver, lambda: tag.text.endswith("min read"))
    whole = int(tag.text.split()[0])
    driver.execute_script("scrollTo(0, document.body.scrollHeight / 2)")
    until(driver, lambda: tag.text.endswith("min left") and int(tag.text.split()[0]) < whole)
    driver.execute_script("scrollTo(0, document.body.scrollHeight)")
    until(driver, lambda: tag.text == "Finished")


def test_policy_is_not_violated(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    """A violation is reported when it happens: listen first, then use the widgets."""
    visit("/articles/samples/")
    driver.execute_script(
        "window.violations = [];"
        "document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective))"
    )
    tag = sample(driver, "hello")
    click(driver, button(tag, "Edit"))
    until(driver, lambda: tag.find_elements(By.CSS_SELECTOR, "[data-part='editor']"))
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status").startswith("Finished"))
    click(driver, button(driver.find_element(By.CSS_SELECTOR, "hearts-button"), "Heart"))
    assert driver.execute_script("return window.violations") == []


def test_answers_are_asked_for_before_the_run(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    """WebKit cannot suspend Python: the sample asks for all answers first, and `asyncio.run` waits all the same."""
    visit("/articles/input/")
    tag = sample(driver, "name")
    click(driver, button(tag, "Run"))
    field = until(driver, lambda: tag.find_elements(By.CSS_SELECTOR, "textarea"))[0]
    assert field.accessible_name == "Answers, one on each line"
    field.send_keys("Ada")
    click(driver, button(tag, "Go on"))
    until(driver, lambda: part(tag, "status").startswith("Finished"))
    assert "Hello Ada" in part(tag, "log")
    waits = sample(driver, "asyncio")
    click(driver, button(waits, "Run"))
    until(driver, lambda: part(waits, "log") == "ran")
