"""What an author may make of a heart, what is refused, and how it looks and moves."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from .test_hearts import LONG, count

Open = Callable[..., Page]

INSERT = """
(attributes) => {
  const tag = document.createElement("hearts-button");
  tag.id = "other";
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  document.querySelector("#article").prepend(tag);
}
"""


def inserted(page: Page, attributes: dict[str, str]) -> Locator:
    page.evaluate(INSERT, attributes)
    tag = page.locator("#other")
    expect(tag).to_have_attribute("live", re.compile(r"\d+"))
    return tag


def test_another_name_and_another_sign(reader: Open) -> None:
    page = reader(LONG)
    before = count(page)
    tag = inserted(page, {"label": "Applaud", "icon": "👏"})
    button = tag.get_by_role("button", name="Applaud", exact=True)
    expect(button).to_have_text("👏Applaud")
    expect(tag.locator("[data-part=count]")).to_have_text(str(before))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(tag.locator("[data-part=count]")).to_have_text(str(before + 1))
    expect(page.get_by_role("button", name="Heart", exact=True)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"icon": "star"}, 'icon="star": it is one character or emoji'),
        ({"label": " "}, 'label=" ": the name of the button has from 1 to 40 characters.'),
        ({"page": "tea"}, 'page="tea": a page\'s key is its path, as in page="/tea/", or its whole address.'),
        ({"page": ""}, 'page="": a page\'s key is its path'),
    ],
)
def test_what_cannot_work_is_refused_by_a_sentence(reader: Open, attributes: dict[str, str], said: str) -> None:
    page = reader(LONG)
    count(page)
    page.evaluate(INSERT, attributes)
    expect(page.locator("#other [data-part=failed]")).to_contain_text(said)
    expect(page.locator("hearts-button").last.locator("[data-part=failed]")).to_have_count(0)


def test_the_heart_beats_when_it_is_given_and_not_when_the_page_comes(reader: Open) -> None:
    page = reader(LONG)
    count(page)
    animations = "document.querySelector('hearts-button').getAnimations({ subtree: true }).map((a) => a.animationName)"
    button = page.get_by_role("button", name="Heart", exact=True)
    with page.expect_response(lambda answer: "/api/heart" in answer.url):
        button.evaluate(f"(button) => {{ button.click(); window.beating = {animations}; }}")
    expect(page.locator("hearts-button")).to_have_attribute("data-given", "")
    assert page.evaluate("beating") == ["readerly-ring", "readerly-beat"]
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(animations) == []
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(animations) == []


@pytest.mark.only_browser("chromium")  # Firefox is not told of it
def test_nothing_moves_for_who_prefers_reduced_motion(reader: Open) -> None:
    page = reader(LONG, reduced_motion="reduce")
    count(page)
    button = page.get_by_role("button", name="Heart", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.querySelector('hearts-button').getAnimations({ subtree: true }).length") == 0


@pytest.mark.only_browser("chromium")
def test_with_forced_colours_a_given_heart_is_told_from_another(reader: Open) -> None:
    page = reader(LONG, forced_colors="active")
    count(page)
    fill = "getComputedStyle(document.querySelector('hearts-button svg path')).fill"
    assert page.evaluate(fill) == "none"
    page.get_by_role("button", name="Heart", exact=True).click()
    expect(page.get_by_role("button", name="Heart", exact=True)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(fill) != "none"


@pytest.mark.only_browser("chromium")
def test_a_finger_has_room(reader: Open) -> None:
    page = reader(LONG, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    count(page)
    box = page.get_by_role("button", name="Heart", exact=True).bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reader: Open, scheme: str) -> None:
    page = reader(LONG, color_scheme=scheme)
    count(page)
    tag = inserted(page, {"label": "Applaud", "icon": "★"})
    expect(tag.get_by_role("button", name="Applaud", exact=True)).to_be_visible()
    page.get_by_role("button", name="Heart", exact=True).click()
    page.locator("view-count").get_by_role("button").hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
