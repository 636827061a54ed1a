"""The editor of `<code-sample>`: its keys, the failing line, line numbers, rows, and what a first run fetches."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from .conftest import EMULATED, emulate, violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium")


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for the tests of this module, whose Python boots once."""
    page = reader("/articles/editor/")
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Iterator[Page]:
    """The shared page, with its samples as their author left them."""
    shared.bring_to_front()
    yield shared
    for label in ("fails", "low", "fixed"):
        Sample(shared, label).button("Reset").click()


def edit(sample: Sample) -> Locator:
    sample.button("Edit").click()
    editor = sample.tag.get_by_role("textbox")
    expect(editor).to_be_focused()
    return editor


def test_says_what_a_first_run_fetches(reader: Callable[..., Page]) -> None:
    sample = Sample(reader("/articles/editor/"), "fails")
    expect(sample.status).to_have_text(re.compile(r"^Python, \d+\.\d MB, once$"))


def test_failed_download_offers_retry(reader: Callable[..., Page]) -> None:
    page = reader("/articles/editor/")
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=503))
    sample = Sample(page, "fixed")
    expect(sample.button("Retry")).to_have_count(0)
    sample.run()
    expect(sample.button("Retry")).to_be_visible(timeout=FIRST)
    page.unroute("**/pyodide.asm.wasm")
    sample.button("Retry").click()
    sample.prints("fixed").ends()
    expect(sample.button("Retry")).to_have_count(0)


def test_progress_is_shown_while_python_is_fetched(reader: Callable[..., Page]) -> None:
    page = reader("/articles/editor/")
    held = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    sample = Sample(page, "fixed").run()
    expect(sample.tag.get_by_role("progressbar", name="Fetching Python")).to_be_visible()
    sample.button("Stop").click()
    expect(sample.tag.get_by_role("progressbar")).to_have_count(0)


def test_the_failing_line_is_marked_until_the_next_run(opened: Page) -> None:
    sample = Sample(opened, "fails").run().ends("Error on line 2")
    code = sample.tag.locator("pre code").first
    expect(code).to_have_attribute("data-error", "← ZeroDivisionError: division by zero")
    assert code.evaluate("(code) => code.style.getPropertyValue('--_line')") == "1"
    sample.button("Reset").click()
    expect(code).not_to_have_attribute("data-error", re.compile(""))


def test_the_failing_line_is_marked_in_the_editor_until_it_is_edited(opened: Page) -> None:
    sample = Sample(opened, "fails")
    editor = edit(sample)
    opened.keyboard.press("ControlOrMeta+Enter")
    sample.ends("Error on line 2")
    marked = editor.locator(".readerly-failing")
    expect(marked).to_have_text("    return x / 0")
    opened.keyboard.press("ControlOrMeta+Home")
    opened.keyboard.type("# above\n")
    expect(marked).to_have_text("    return x / 0")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("End")
    opened.keyboard.type("0")
    expect(marked).to_have_count(0)


def test_tab_indents_for_who_chose_to_edit_and_holds_nobody_else(opened: Page) -> None:
    sample = Sample(opened, "low")
    editor = edit(sample)
    expect(sample.tag.get_by_text("Tab indents, Escape leaves")).to_be_visible()
    opened.keyboard.press("ControlOrMeta+Home")
    opened.keyboard.press("Tab")
    line = editor.locator(".cm-line").first
    expect(line).to_have_text("    one = 1")
    opened.keyboard.press("Shift+Tab")
    expect(line).to_have_text("one = 1")
    opened.keyboard.press("Escape")
    expect(sample.button("Run")).to_be_focused()
    editor.focus()
    opened.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    expect(line).to_have_text("one = 1")
    line.click()
    opened.keyboard.press("Tab")
    expect(editor).not_to_be_focused()


def test_names_are_completed(opened: Page) -> None:
    sample = Sample(opened, "fails")
    edit(sample)
    opened.keyboard.press("ControlOrMeta+End")
    opened.keyboard.type("\nhal")
    opened.keyboard.press("Control+ ")
    options = sample.tag.get_by_role("listbox")
    expect(options.get_by_role("option").filter(has_text="half")).to_be_visible()
    opened.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(sample.tag.get_by_role("textbox")).to_be_focused()


def test_numbers_are_shown_and_no_text(opened: Page) -> None:
    sample = Sample(opened, "fails")
    pre = sample.tag.locator("pre").first
    expect(pre).to_have_attribute("data-numbers", "1\n2\n3\n4\n5")
    assert pre.evaluate("(pre) => getComputedStyle(pre, '::before').content") != "none"
    assert (pre.text_content() or "").startswith("def half")
    edit(sample)
    expect(sample.tag.locator(".cm-lineNumbers .cm-gutterElement").last).to_have_text("5")


def test_rows_fix_the_height_in_source_and_editor(opened: Page) -> None:
    sample = Sample(opened, "low")
    code = sample.tag.locator("pre code").first
    line = float(code.evaluate("(code) => parseFloat(getComputedStyle(code).lineHeight)"))
    assert sample.tag.locator("pre").first.evaluate("(pre) => pre.clientHeight") < 5.5 * line
    edit(sample)
    assert sample.tag.locator(".cm-editor").evaluate("(editor) => editor.clientHeight") == pytest.approx(
        3 * line, abs=2
    )


def test_it_grows_with_what_it_holds_and_shows_which_brackets_match(opened: Page) -> None:
    sample = Sample(opened, "fails")
    box = edit(sample)
    editor = sample.tag.locator(".cm-editor")
    before = editor.evaluate("(editor) => editor.clientHeight")
    opened.keyboard.press("ControlOrMeta+End")
    expect(box.locator(".cm-matchingBracket")).to_have_text(["(", ")"])
    opened.keyboard.type("\n\n")
    line = editor.evaluate("(editor) => parseFloat(getComputedStyle(editor).lineHeight)")
    assert editor.evaluate("(editor) => editor.clientHeight") == pytest.approx(before + 2 * line, abs=2)


def test_readonly_runs_and_has_no_edit(opened: Page) -> None:
    sample = Sample(opened, "fixed")
    expect(sample.button("Edit")).to_have_count(0)
    sample.tag.locator("pre").first.press("Enter")
    sample.run().ends()
    expect(sample.tag.get_by_role("textbox")).to_have_count(0)


@pytest.mark.parametrize("scheme", EMULATED)
def test_axe_finds_nothing(opened: Page, scheme: str) -> None:
    """Idle, with output, with an error, and while editing with a marked line."""
    emulate(opened, scheme)
    Sample(opened, "fixed").run().ends()
    sample = Sample(opened, "fails").run().ends("Error on line 2")
    assert _found(opened) == []
    edit(sample)
    expect(sample.tag.locator(".readerly-failing")).to_be_visible()
    assert _found(opened) == []


def _found(page: Page) -> list[str]:
    # The tool's own script is evaluated, which the page's policy does not concern.
    found = Axe().run(page, context="code-sample").response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary')}" for each in found for node in each["nodes"]
    ]
