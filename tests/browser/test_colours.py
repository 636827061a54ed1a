"""Colours and lines written over: what a terminal would show, readable in light and dark, plain when copied."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium")

CONTRASTS = """(log) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const bright = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
            .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = getComputedStyle(log).backgroundColor;
    return [...log.querySelectorAll("[data-ansi]")].map((each) => {
        const { color, backgroundColor } = getComputedStyle(each);
        const [ink, behind] = [color, backgroundColor === "rgba(0, 0, 0, 0)" ? paper : backgroundColor].map(bright);
        return (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05);
    });
}"""


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for all tests of this module, whose Python boots once."""
    page = reader("/articles/colours/")
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Page:
    shared.bring_to_front()
    return shared


TEXT = "plain red bright orange pale\nbehind white on yellow inverse marked\nnothing else\n"


def test_colours_are_shown_and_the_text_is_plain(opened: Page) -> None:
    sample = Sample(opened, "colours").run().ends()
    assert sample.output.text_content() == TEXT
    red = sample.output.get_by_text("red", exact=True)
    assert red.evaluate("(red) => getComputedStyle(red).color") != sample.output.evaluate(
        "(log) => getComputedStyle(log).color"
    )
    expect(sample.output.get_by_text("bright", exact=True)).to_have_css("font-weight", "700")
    marked = sample.output.get_by_text("marked")
    expect(marked).to_have_css("font-style", "italic")
    expect(marked).to_have_css("text-decoration-line", "underline line-through")
    expect(sample.output.get_by_text("white on yellow")).to_have_css("background-color", "rgb(255, 255, 0)")
    assert sample.output.locator("[style*='color:']").count() == 0  # custom properties alone


def test_the_authors_colours_are_the_same(reader: Callable[..., Page]) -> None:
    page = reader("/articles/colours/")
    sample = Sample(page, "colours")
    assert sample.output.text_content() == TEXT
    expect(sample.output.get_by_text("white on yellow")).to_have_css("background-color", "rgb(255, 255, 0)")
    sample.run()
    expect(sample.status).to_contain_text("same as the author\u2019s", timeout=FIRST)


def test_the_authors_colours_are_there_without_javascript(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/articles/colours/")
    log = page.get_by_role("log", name="Output")
    assert log.all_text_contents()[0] == TEXT  # all of these ask once: Firefox never answers what waits
    behind = log.get_by_text("behind").evaluate_all("(all) => getComputedStyle(all[0]).backgroundColor")
    assert behind != "rgba(0, 0, 0, 0)"


@pytest.mark.only_browser("chromium")  # the others' drivers cannot show a page as on paper
def test_colours_are_not_printed(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/articles/colours/")
    page.emulate_media(media="print")
    log = page.get_by_role("log", name="Output").first
    expect(log.get_by_text("behind")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("settings", [(), ("dark",)], ids=["light", "dark"])
def test_any_colour_can_be_read(system: Callable[..., Page], settings: tuple[str, ...]) -> None:
    sample = Sample(system("/articles/colours/", *settings), "all colours").run().ends()
    contrasts = sample.output.evaluate(CONTRASTS)
    assert len(contrasts) == 512
    assert min(contrasts) >= 4.5, [(at, round(each, 2)) for at, each in enumerate(contrasts) if each < 4.5]


def test_a_sequence_may_be_split(opened: Page) -> None:
    sample = Sample(opened, "in pieces").run().ends()
    assert sample.output.text_content() == "abc\n"
    expect(sample.output.locator("[data-ansi]")).to_have_text("b")


def test_a_bar_is_one_line(opened: Page) -> None:
    sample = Sample(opened, "bar").run().ends()
    assert sample.output.text_content() == "Printed to stderr: 100 % \U0001f375\nten\n"


def test_a_racing_bar_is_shown_to_its_end(opened: Page) -> None:
    sample = Sample(opened, "racing").run().ends()
    assert sample.output.text_content() == " 299999"
