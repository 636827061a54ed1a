"""A reader's way through code samples in WebKit: keys, buttons, values, errors, what is kept, what goes by a link."""

from collections.abc import Callable

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from .test_links import COPIED
from .test_webkit import button, click, driver, editor, part, ran, sample, until, visit

__all__ = ["driver", "visit"]

CHORD = Keys.CONTROL
SAMPLES, EDITOR, LINKS = "/articles/samples/", "/articles/editor/", "/articles/links/"


def press(driver: WebDriver, *keys: str) -> None:
    """Press keys together, wherever the focus is."""
    chain = ActionChains(driver)
    for key in keys:
        chain.key_down(key)
    for key in reversed(keys):
        chain.key_up(key)
    chain.perform()


def focused(driver: WebDriver) -> str:
    """Return the accessible name of what has the focus in the page."""
    return driver.switch_to.active_element.accessible_name


def reset(driver: WebDriver, tag: WebElement) -> None:
    """Click Reset, which says whether there is an edit to forget."""
    assert tag.get_attribute("edited") is not None
    click(driver, button(tag, "Reset (edited)"))
    until(driver, lambda: tag.get_attribute("edited") is None)


def write(driver: WebDriver, tag: WebElement, text: str) -> WebElement:
    """Make `text` the source, as a reader does, and return the box it stands in."""
    click(driver, button(tag, "Edit"))
    _, box = editor(driver, tag)
    press(driver, CHORD, "a")
    box.send_keys(text)
    return box


def test_by_keys_alone(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    """Enter edits, both chords run, Escape leaves, and Tab holds nobody who came in by it."""
    visit(SAMPLES)
    tag = sample(driver, "hello")
    until(driver, lambda: tag.get_attribute("live") is not None)
    tag.find_element(By.TAG_NAME, "pre").send_keys(Keys.ENTER)
    _, box = editor(driver, tag)
    press(driver, CHORD, "a")
    box.send_keys("print('edited', 2 + 2)")
    press(driver, CHORD, Keys.ENTER)
    until(driver, lambda: part(tag, "log") == "edited 4")
    until(driver, lambda: part(tag, "status").startswith("Finished"))
    box.send_keys("#")
    press(driver, Keys.HOME)
    press(driver, Keys.TAB)
    until(driver, lambda: str(box.get_property("textContent")) == "    print('edited', 2 + 2)#")
    press(driver, Keys.SHIFT, Keys.TAB)
    until(driver, lambda: str(box.get_property("textContent")) == "print('edited', 2 + 2)#")
    box.send_keys(Keys.END + Keys.ENTER + "print('again')")
    press(driver, Keys.SHIFT, Keys.ENTER)
    until(driver, lambda: part(tag, "log") == "edited 4\nagain")
    press(driver, Keys.ESCAPE)
    until(driver, lambda: focused(driver) == "Run")
    press(driver, Keys.SHIFT, Keys.TAB)
    editor(driver, tag)
    press(driver, Keys.TAB)
    until(driver, lambda: focused(driver) == "Run")
    reset(driver, tag)
    assert box.text == 'print("hello from", "Python")'
    assert not tag.find_element(By.CSS_SELECTOR, "[role=log]").is_displayed()


def test_values_text_and_errors(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(SAMPLES)
    assert ran(driver, "falsy") == "Value: 0"
    assert ran(driver, "await") == "waited"
    assert ran(driver, "markup") == "<b>bold</b><img src=x onerror=alert(1)>"
    assert "SyntaxError: '(' was never closed" in ran(driver, "syntax", ends="Error on line 1")
    failing = sample(driver, "syntax").find_element(By.CSS_SELECTOR, "pre code")
    assert failing.get_attribute("data-error") == "← SyntaxError: '(' was never closed"
    visit("/articles/input/")
    assert ran(driver, "given") == "Name? Ada\nAge? 36\nAda 37"
    assert ran(driver, "sleeps") == "before\nafter"
    assert "A sample cannot start a thread" in ran(driver, "thread", ends="Error on line 3")
    assert "A sample cannot run a command" in ran(driver, "process", ends="Error on line 3")
    assert "Did you mean: 'print'" in ran(driver, "meant", ends="Error on line 1")
    assert "Did you mean 'while'" in ran(driver, "keyword", ends="Error on line 1")


def test_packages(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    """A native core and pure ones; what is missing says whether it can be had; a fetch can be stopped."""
    visit("/articles/packages/")
    assert 'add packages="attrs"' in ran(driver, "locked", ends="Error on line 1")
    assert "tkinter is a part of Python that cannot work" in ran(driver, "left out", ends="Error on line 1")
    assert "neither in Python's standard library" in ran(driver, "unknown", ends="Error on line 1")
    driver.execute_script(FETCH, r"\.whl$", "hangs")
    tag = sample(driver, "pure")
    click(driver, button(tag, "Run"))
    until(driver, lambda: part(tag, "status").startswith("Fetching attrs"))
    click(driver, button(tag, "Stop"))
    until(driver, lambda: part(tag, "status") == "Stopped")
    driver.execute_script("fetched()")
    assert ran(driver, "pure") == "attr rich"
    assert ran(driver, "native") == "4"


FETCH = """
window.fetch = ((as, what, fault) => {
  window.fetched = () => { window.fetch = as; };
  const never = ({ signal }) => new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason)));
  return (address, options) => !new RegExp(what).test(address) ? as(address, options)
    : fault === "hangs" ? never(options) : Promise.resolve(new Response("", { status: 503 }));
})(window.fetch, ...arguments);
// What a worker of the page fetches is fetched here, too, where the driver can reach it. Its script has come by then.
Worker.prototype.postMessage = async (data, ports) => {
  const [{ name }] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/carrier.mjs"));
  (await import(name)).serve({ data, ports });
};
"""
"""Has requests for some files fail or hang until `fetched()` is called: this driver cannot do it by itself."""


def test_a_download_is_announced_shown_and_may_fail(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(EDITOR)
    driver.execute_script("localStorage.clear()")
    visit(EDITOR)
    tag = sample(driver, "fixed")
    until(driver, lambda: part(tag, "status").endswith("MB, once"))
    assert part(tag, "status").startswith("Python, ")
    driver.execute_script(FETCH, r"asm\.wasm", "hangs")
    click(driver, button(tag, "Run"))
    bar = until(driver, lambda: tag.find_elements(By.CSS_SELECTOR, "progress:not([hidden])"))[0]
    assert bar.accessible_name == "Fetching Python"
    until(driver, lambda: 0 < float(bar.get_property("value")) < 1)
    click(driver, button(tag, "Stop"))
    until(driver, lambda: part(tag, "status") == "Stopped")
    driver.execute_script("fetched()")
    driver.execute_script(FETCH, r"asm\.wasm", "fails")
    click(driver, button(tag, "Run"))
    until(driver, lambda: "answered 503. Run tries again." in part(tag, "status"))
    driver.execute_script("fetched()")
    click(driver, button(tag, "Retry"))
    until(driver, lambda: part(tag, "log") == "fixed")
    until(driver, lambda: not tag.find_element(By.CSS_SELECTOR, "[data-part=retry]").is_displayed())


def test_a_page_without_its_network_goes_on(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    """After the first run, and after a Stop in another Python too."""
    visit(SAMPLES)
    ran(driver, "hello")
    ran(driver, "await")  # an import: the library has come
    driver.execute_script(FETCH, ".", "fails")
    loop = sample(driver, "loop")
    for _ in range(2):
        click(driver, button(loop, "Run"))
        until(driver, lambda: "looping" in part(loop, "log"))
        click(driver, button(loop, "Stop"))
        until(driver, lambda: part(loop, "status") == "Stopped")
    assert ran(driver, "three kinds").endswith("Value: 42")


def test_an_edit_is_kept_and_goes_by_a_link(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    visit(LINKS)
    driver.execute_script(COPIED)
    tag = sample(driver, "tea")
    write(driver, tag, "minutes = 5")
    click(driver, button(tag, "Copy"))
    until(driver, lambda: part(tag, "status") == "Copied")
    click(driver, until(driver, lambda: button(tag, "Link")))
    until(driver, lambda: part(tag, "status") == "Link to your edit copied")
    source, link = driver.execute_script("return copied")
    assert source == "minutes = 5"
    driver.refresh()
    tag = sample(driver, "tea")
    until(driver, lambda: part(tag, "status") == "Your edit of an earlier visit; Reset brings the author’s back")
    assert tag.find_element(By.CSS_SELECTOR, "pre").text == "minutes = 5"
    reset(driver, tag)
    driver.refresh()
    tag = sample(driver, "tea")
    until(driver, lambda: tag.get_attribute("live") is not None)
    assert tag.find_element(By.CSS_SELECTOR, "pre").text.startswith("leaves = 2")
    driver.get(link)
    driver.refresh()  # the address differs by its fragment alone
    tag = sample(driver, "tea")
    until(driver, lambda: part(tag, "status") == "From a link, not run yet; Reset brings the author’s back")
    host = until(driver, lambda: tag.find_elements(By.CSS_SELECTOR, "[data-part=editor]"))[0]
    box = until(driver, lambda: host.shadow_root.find_elements(By.CSS_SELECTOR, "[role=textbox]"))[0]
    assert box.text == "minutes = 5"
    changes = tag.find_element(By.CSS_SELECTOR, "[data-part=shared] pre").text.splitlines()
    assert [line for line in changes if line][:2] == ["Line 1", "− Removed: leaves = 2"]
    assert not tag.find_element(By.CSS_SELECTOR, "[role=log]").is_displayed()
    reset(driver, tag)


def test_the_editor(driver: WebDriver, visit: Callable[[str], WebDriver]) -> None:
    """It is as high as what it holds, or as `rows` says; it numbers lines on demand and shows which brackets match."""
    visit(EDITOR)
    low, fails = sample(driver, "low"), sample(driver, "fails")
    until(driver, lambda: low.get_attribute("live") is not None and fails.get_attribute("live") is not None)
    click(driver, button(low, "Edit"))
    host, _ = editor(driver, low)
    line = driver.execute_script("return parseFloat(getComputedStyle(arguments[0]).lineHeight)", host)
    inner = host.shadow_root.find_element(By.CSS_SELECTOR, ".cm-editor")
    assert abs(inner.size["height"] - 3 * line) <= 2
    click(driver, button(fails, "Edit"))
    host, box = editor(driver, fails)
    assert host.shadow_root.find_elements(By.CSS_SELECTOR, ".cm-lineNumbers .cm-gutterElement")[-1].text == "5"
    inner = host.shadow_root.find_element(By.CSS_SELECTOR, ".cm-editor")
    before = inner.size["height"]
    press(driver, CHORD, Keys.END)
    until(driver, lambda: host.shadow_root.find_elements(By.CSS_SELECTOR, ".cm-matchingBracket"))
    box.send_keys(Keys.ENTER * 2)
    until(driver, lambda: abs(inner.size["height"] - before - 2 * line) <= 2)
    reset(driver, fails)
