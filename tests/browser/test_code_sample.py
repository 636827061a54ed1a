"""`<code-sample>`: read it, run it, stop it, edit it, reset it, copy it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium", "firefox")


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for all tests of this module, whose Python boots once."""
    page = reader("/articles/samples/")
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Page:
    """The shared page, in front of those that other tests have opened since."""
    shared.bring_to_front()
    return shared


def test_source_is_highlighted_and_readable(opened: Page) -> None:
    source = Sample(opened, "error").tag.locator("pre code").first
    expect(source).to_contain_text("def half(x):")
    assert source.locator("span").count() > 3


def test_status_tells_what_goes_on_while_python_loads(opened: Page) -> None:
    """Bytes so far of bytes in all, then starting, then running, in this order."""
    sample = Sample(opened, "hello")
    opened.evaluate(
        """(status) => {
        window.told = [];
        const note = () => window.told.push(status.textContent);
        new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
    }""",
        sample.status.element_handle(),
    )
    sample.run().prints("hello from Python").ends()
    told = opened.evaluate("window.told")
    kinds = [next((k for k in ("Fetching", "Starting", "Running", "Finished") if t.startswith(k)), t) for t in told]
    seen = [kind for i, kind in enumerate(kinds) if kind not in kinds[:i]]
    assert [kind for kind in seen if kind in ("Fetching", "Starting", "Running", "Finished")] == [
        "Fetching",
        "Starting",
        "Running",
        "Finished",
    ]
    amounts = [re.fullmatch(r"Fetching Python: ([\d.]+) of ([\d.]+) MB", t) for t in told if t.startswith("Fetching")]
    assert all(amounts)
    numbers = [float(found[1]) for found in amounts if found]
    assert numbers == sorted(numbers)
    assert numbers[-1] == float(amounts[-1][2]) if amounts[-1] else False


def test_output_error_stream_and_value(opened: Page) -> None:
    sample = Sample(opened, "three kinds").run().ends()
    blocks = sample.output.locator("pre")
    expect(blocks).to_have_text(["to stdout\n", "Printed to stderr: to stderr\n", "Value: 42"])


def test_falsy_value_is_shown(opened: Page) -> None:
    expect(Sample(opened, "falsy").run().ends().output).to_have_text("Value: 0")


def test_error_points_to_the_samples_own_lines(opened: Page) -> None:
    sample = Sample(opened, "error").run().ends("Error on line 2")
    sample.prints(r"line 5, in <module>.*line 2, in half.*ZeroDivisionError: division by zero")
    assert "readerly" not in sample.output.inner_text()


def test_syntax_error(opened: Page) -> None:
    Sample(opened, "syntax").run().ends("Error on line 1").prints(r"SyntaxError: '\(' was never closed")


def test_await_at_the_top(opened: Page) -> None:
    Sample(opened, "await").run().ends().prints("^waited")


def test_markup_is_text(opened: Page) -> None:
    sample = Sample(opened, "markup").run().ends()
    expect(sample.output).to_have_text("<b>bold</b><img src=x onerror=alert(1)>\n")
    assert sample.output.locator("b, img").count() == 0


def test_flood_is_capped_and_the_page_stays_alive(opened: Page) -> None:
    sample = Sample(opened, "flood").run().ends()
    expect(sample.output.locator("[data-kind=capped]")).to_have_text("Note: … 190,000 lines more")
    text = str(sample.output.locator("[data-kind=stdout]").text_content())
    assert text == "".join(f"line {number}\n" for number in range(10_000))


def test_samples_of_one_session_share_and_others_do_not(opened: Page) -> None:
    Sample(opened, "first").run().ends()
    Sample(opened, "second").run().ends().prints("^kept")
    Sample(opened, "alone").run().ends("Error on line 1").prints("NameError")


def test_stop_ends_an_endless_loop(opened: Page) -> None:
    """The page answers throughout; other samples run beside it; after Stop it runs again."""
    loop = Sample(opened, "loop").run().prints("looping")
    expect(loop.status).to_have_text("Running…")
    Sample(opened, "await").run().ends().prints("^waited")
    assert opened.evaluate("new Promise((done) => requestAnimationFrame(() => done(true)))")
    expect(loop.status).to_have_text("Running…")
    loop.button("Stop").click()
    expect(loop.status).to_have_text("Stopped")
    expect(loop.button("Stop")).to_be_disabled()
    loop.run().prints("looping").button("Stop").click()
    expect(loop.status).to_have_text("Stopped")


def test_stop_while_python_loads(reader: Callable[..., Page]) -> None:
    page = reader("/articles/samples/")
    held = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    sample = Sample(page, "hello").run()
    expect(sample.status).to_have_text(re.compile("^Fetching Python"))
    sample.button("Stop").click()
    expect(sample.status).to_have_text("Stopped")
    page.unroute("**/pyodide.asm.wasm")
    sample.run().prints("hello from Python").ends()


def test_failed_download_says_so_and_run_tries_again(reader: Callable[..., Page]) -> None:
    page = reader("/articles/samples/")
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=503))
    sample = Sample(page, "hello").run()
    expect(sample.status).to_have_text(
        re.compile("^Python could not be fetched: .*503.*Run tries again"), timeout=FIRST
    )
    page.unroute("**/pyodide.asm.wasm")
    sample.run().prints("hello from Python").ends()


def test_edit_run_and_reset(opened: Page) -> None:
    sample = Sample(opened, "hello")
    sample.button("Edit").click()
    editor = sample.tag.get_by_role("textbox")
    expect(editor).to_be_focused()
    opened.keyboard.press("ControlOrMeta+a")
    opened.keyboard.type("print('edited', 2 + 2)")
    opened.keyboard.press("Control+Enter")
    sample.prints("^edited 4").ends()
    opened.keyboard.type("#")
    opened.keyboard.press("Shift+Enter")
    sample.ends()
    expect(sample.tag).to_have_attribute("edited", "")
    sample.button("Reset").click()
    expect(editor).to_have_text('print("hello from", "Python")')
    expect(sample.output).to_be_hidden()
    expect(sample.tag).not_to_have_attribute("edited", "")


def test_the_editor_never_traps_the_keyboard(opened: Page) -> None:
    """Into the source and out of it by keys alone: Enter edits, Escape leaves, and from then on Tab goes on."""
    sample = Sample(opened, "three kinds")
    sample.tag.locator("pre").first.focus()
    opened.keyboard.press("Enter")
    editor = sample.tag.get_by_role("textbox")
    expect(editor).to_be_focused()
    opened.keyboard.press("Escape")
    expect(sample.button("Run")).to_be_focused()
    editor.focus()
    opened.keyboard.press("Tab")
    expect(editor).not_to_be_focused()


def test_run_by_keyboard_from_the_source(opened: Page) -> None:
    sample = Sample(opened, "falsy")
    sample.button("Reset").click()
    sample.tag.locator("pre").first.focus()
    opened.keyboard.press("Control+Enter")
    sample.ends().prints("Value: 0")


def test_copy(opened: Page, browser_name: str) -> None:
    if browser_name == "chromium":
        opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sample = Sample(opened, "markup")
    sample.button("Copy").click()
    expect(sample.status).to_have_text("Copied")
    if browser_name == "chromium":
        assert opened.evaluate("navigator.clipboard.readText()").startswith('print("<b>bold</b>')


def test_what_is_fetched_later_may_fail_and_is_asked_for_again(reader: Callable[..., Page]) -> None:
    """What runs samples, then what edits them, cannot be had: the sample says so, and the next press tries again."""
    page = reader("/404.html")
    for file in ("running", "later"):
        page.route(f"**/{file}.py", lambda route: route.abort())
    page.goto("/articles/samples/")
    sample = Sample(page, "hello").run()
    expect(sample.status).to_contain_text("A part of Readerly could not be fetched")
    expect(sample.button("Stop")).to_be_disabled()
    page.unroute("**/running.py")
    sample.run().ends()
    sample.button("Edit").click()
    expect(sample.status).to_contain_text("A part of Readerly could not be fetched")
    page.unroute("**/later.py")
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()


def test_a_sample_links_to_itself(opened: Page) -> None:
    """The line with the label is a link, which the keyboard reaches too."""
    tag = Sample(opened, "three kinds").tag
    link = tag.get_by_role("link", name="Link to three kinds")
    link.press("Enter")
    assert opened.url.endswith("#three-kinds")
    expect(opened.locator("code-sample:target")).to_have_attribute("label", "three kinds")
