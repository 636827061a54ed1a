"""Code samples for every reader: each state under axe, by keyboard and touch, enlarged, forced colours, no motion."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .sample import FIRST, Sample
from .test_links import CHANGED, COPIED, panel
from .test_rich_attacks import frame

PATH = "/articles/exercises/"
FINGER = 44
"""Pixels that a finger needs each way."""


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Page:
    page = reader(PATH)
    page.set_default_timeout(FIRST)
    return page


@pytest.fixture
def sample(shared: Page) -> Sample:
    """A sample of the shared page, as its author left it."""
    shared.bring_to_front()
    found = Sample(shared, "Bare")
    found.button("Reset").click()
    return found


def clean(page: Page) -> None:
    """See that axe finds nothing in the samples of `page`."""
    found = Axe().run(page, context="code-sample")
    assert found.response["violations"] == []


def write(page: Page, sample: Sample, source: str) -> None:
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)


def test_axe_finds_nothing_while_a_sample_is_idle(shared: Page, sample: Sample) -> None:
    expect(sample.tag).to_have_attribute("data-phase", "idle")
    clean(shared)


def test_axe_finds_nothing_while_a_sample_runs(shared: Page, sample: Sample) -> None:
    endless = Sample(shared, "Endless").run().ends("Checking…")
    clean(shared)
    endless.button("Stop").click()
    endless.ends("Stopped")


def test_axe_finds_nothing_with_output(shared: Page, sample: Sample) -> None:
    write(shared, sample, "total = 6\ntotal")
    sample.run().prints("6")
    sample.ends()
    clean(shared)


def test_axe_finds_nothing_with_an_error(shared: Page, sample: Sample) -> None:
    write(shared, sample, "1 / 0")
    sample.run().ends("Error on line 1")
    clean(shared)


def test_axe_finds_nothing_while_a_reader_edits(shared: Page, sample: Sample) -> None:
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    clean(shared)


def asks(page: Page) -> None:
    Sample(page, "name").run()
    expect(page.get_by_label("Your name?", exact=True)).to_be_focused()


def loads(page: Page) -> None:
    page.route("**/pyodide.asm.wasm", lambda route: None)
    Sample(page, "hello").run()
    expect(page.get_by_role("progressbar", name="Fetching Python")).to_be_visible()


def shows(page: Page) -> None:
    for label in ("table", "drawing"):
        expect(frame(Sample(page, label).run().ends()).locator("table, svg")).to_be_visible()
    expect(Sample(page, "picture").run().ends().output.get_by_role("img", name="one dot")).to_be_visible()


def unfolds(page: Page) -> None:
    sample = Sample(page, "Pour")
    sample.tag.get_by_text("Hint", exact=True).click()
    expect(sample.tag.get_by_text("Multiply")).to_be_visible()
    sample.tag.get_by_text("Solution", exact=True).click()
    expect(sample.button("Use the solution")).to_be_visible()


def differs(page: Page) -> None:
    sample = Sample(page, "tea")
    write(page, sample, CHANGED)
    sample.button("Link").click()
    expect(sample.status).to_have_text("Link to your edit copied")
    page.goto(page.evaluate("copied[0]"))
    page.reload()  # the address differs by its fragment alone
    expect(panel(sample).get_by_label("Changes")).to_be_visible()


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize(
    ("article", "reach"),
    [("input", asks), ("first-run", loads), ("rich", shows), ("exercises", unfolds), ("links", differs)],
)
def test_axe_finds_nothing_in_a_rarer_state(
    reader: Callable[..., Page], article: str, reach: Callable[[Page], None]
) -> None:
    page = reader(f"/articles/{article}/", script=COPIED)
    page.set_default_timeout(FIRST)
    reach(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        clean(page)


def test_tab_passes_through_a_page_of_samples_and_escape_leaves_the_editor(shared: Page, sample: Sample) -> None:
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    shared.keyboard.press("Escape")
    expect(sample.button("Run")).to_be_focused()
    last = Sample(shared, "By hand").button("Run")
    for _ in range(120):
        shared.keyboard.press("Tab")
        if last.evaluate("node => node === document.activeElement"):
            break
    expect(last).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_words_and_borders(system: Callable[..., Page], browser_name: str, scheme: str) -> None:
    if browser_name == "firefox" and scheme == "dark":
        pytest.skip("Firefox takes forced colours from the system's theme, which is light here")
    page = system(PATH, "forced", color_scheme=scheme)
    sample = Sample(page, "Bare").run().ends()
    expect(sample.tag.get_by_text("Not yet: total should be 6 but is 5.")).to_be_visible()
    run = sample.button("Run")
    assert run.evaluate("node => getComputedStyle(node).borderStyle") == "solid"
    run.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert run.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
    clean(page)


@pytest.mark.only_browser("firefox")  # the others' drivers change the scheme of a page that is open
def test_axe_finds_nothing_in_the_dark(system: Callable[..., Page]) -> None:
    """With output, an error, a mark, and an editor."""
    page = system(PATH, "dark")
    page.set_default_timeout(FIRST)
    Sample(page, "Pour").run().ends()
    sample = Sample(page, "Bare")
    write(page, sample, "print(1)\n1 / 0")
    sample.run().ends("Error on line 2")
    clean(page)


def test_nothing_moves_for_who_prefers_reduced_motion(system: Callable[..., Page]) -> None:
    page = system(PATH, "still")
    endless = Sample(page, "Endless").run().ends("Checking…")
    moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
    assert page.evaluate(moving) == 0
    endless.button("Stop").click()
    endless.ends("Stopped")


SMALL = """(least) => [...document.querySelectorAll("#pour :is(button, summary, a)")]
    .filter((each) => each.checkVisibility())
    .map((each) => [each.textContent || each.getAttribute("aria-label"), each.getBoundingClientRect()])
    .filter(([_, box]) => box.width < least || box.height < least).map(([name]) => name)"""
"""What in a sample is smaller than a finger needs."""


def test_a_finger_finds_every_control(system: Callable[..., Page]) -> None:
    page = system(PATH, "touch", viewport={"width": 360, "height": 700})
    sample = Sample(page, "Pour")
    expect(page.locator("#pour[live]")).to_be_visible()
    sample.tag.get_by_text("Solution", exact=True).click()
    expect(sample.button("Use the solution")).to_be_visible()
    assert page.evaluate(SMALL, FINGER) == []


def test_enlarged_four_times_only_code_scrolls_sideways(reader: Callable[..., Page]) -> None:
    page = reader(PATH, viewport={"width": 320, "height": 256})
    sample = Sample(page, "Pour").run().ends()
    write(page, sample, "def pour(people): return people * 4  # a line that is wider than the window that shows it")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll("code-sample button")]
            .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth)
            .map((each) => each.textContent)"""
    )
    assert cut == []
