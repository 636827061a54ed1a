"""What values show of themselves is shown, and can neither run, nor load, nor reach the page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from .sample import FIRST, Sample
from .servers import Witness

pytestmark = pytest.mark.both_ways("chromium")

WATCH = """
window.heard = [];
addEventListener("message", ({ data }) => heard.push(String(data?.kind ?? data)));
"""


@pytest.fixture(scope="module")
def opened(reader: Callable[..., Page]) -> Page:
    """One page for all tests of this module, whose Python boots once."""
    page = reader("/articles/rich/", script=WATCH)
    page.set_default_timeout(FIRST)
    return page


def frame(sample: Sample) -> FrameLocator:
    return sample.output.frame_locator("iframe")


def test_html_is_shown_in_the_middle_of_a_run(opened: Page) -> None:
    sample = Sample(opened, "table").run().ends()
    expect(frame(sample).get_by_role("cell", name="Assam")).to_be_visible()
    expect(sample.output.locator("[data-kind]")).to_have_text(["before\n", "Shown: ", "after\n"])
    element = sample.output.locator("iframe")
    expect(element).to_have_attribute("title", "Output: a table of teas")
    assert "allow-same-origin" not in str(element.get_attribute("sandbox"))
    link = frame(sample).get_by_role("link", name="more")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_frame_is_as_high_as_what_it_shows(opened: Page) -> None:
    sample = Sample(opened, "drawing").run().ends()
    expect(frame(sample).locator("circle")).to_be_visible()
    expect(sample.output.locator("iframe")).to_have_css("height", re.compile(r"^8[5-9]px$"))  # fonts differ


def test_a_frame_has_a_greatest_height(opened: Page) -> None:
    sample = Sample(opened, "tall").run().ends()
    expect(sample.output.locator("iframe")).to_have_css("height", "480px")


def test_a_picture_is_an_image_with_a_text(opened: Page) -> None:
    sample = Sample(opened, "picture").run().ends()
    picture = sample.output.get_by_role("img", name="one dot")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1


@pytest.mark.parametrize("label", ["attack", "attack by drawing"])
def test_attacks_reach_nothing(opened: Page, witness: Witness, label: str) -> None:
    """A server that would hear one request hears none, nothing opens, and the page is where and what it was."""
    surprises: list[str] = []
    opened.on("dialog", lambda dialog: (surprises.append(dialog.message), dialog.dismiss()))
    opened.on("download", lambda download: surprises.append(download.url))
    opened.on("popup", lambda popup: surprises.append(popup.url))
    title, url = opened.title(), opened.url
    sample = Sample(opened, label).run().ends()
    shown = frame(sample)
    expect(shown.get_by_text("survived")).to_be_visible()
    for name in ("scripted", "data", "svg link"):
        for link in shown.get_by_text(name, exact=True).all():
            link.click()
    body = shown.locator("body")
    acting = "script, iframe, object, embed, meta, base, link, form, input, video, audio, template"
    assert body.locator(f"{acting}, foreignObject, animate, set").count() == 0
    attributes = body.evaluate("(body) => [...body.querySelectorAll('*')].flatMap((each) => each.getAttributeNames())")
    assert not [
        name for name in attributes if name.startswith("on") or name in ("srcset", "ping", "action", "autofocus")
    ]
    assert body.evaluate("() => self.origin") == "null"
    Sample(opened, "picture").run().ends()  # what was to come has come by then
    assert witness.asked == []
    assert surprises == []
    assert (opened.title(), opened.url) == (title, url)
    assert "forged" not in opened.evaluate("window.heard")
