"""The tooltip of a count of views: what is counted, how fresh the number is, and how it comes and goes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .test_counts import told
from .test_hearts import LONG

Open = Callable[..., Page]

ABOUT = "Each reader counts once a day; robots are left out."


def views(page: Page) -> Locator:
    """Return the count, once it is known."""
    count = page.locator("view-count").get_by_role("button")
    expect(count).to_have_text(re.compile(r"^[\d.,]+K? views?( \(.*\))?$"))
    return count


def test_it_shows_under_the_pointer_and_goes_with_it(reader: Open) -> None:
    page = reader(LONG)
    count = views(page)
    count.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_have_text(f"{ABOUT} Updated now.")
    page.mouse.move(0, 0)
    expect(tip).to_have_count(0)


def test_the_pointer_may_go_to_it(reader: Open) -> None:
    page = reader(LONG)
    views(page).hover()
    tip = page.get_by_role("tooltip")
    tip.hover()
    page.evaluate("new Promise((done) => setTimeout(done, 400))")
    expect(tip).to_be_visible()


def test_by_the_keyboard(reader: Open) -> None:
    page = reader(LONG)
    count = views(page)
    count.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(ABOUT)
    expect(count).to_have_accessible_description(re.compile(re.escape(ABOUT)))
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    expect(page.locator("[data-readerly=spoken]")).to_contain_text(ABOUT)
    page.keyboard.press("Tab")
    expect(tip).to_have_count(0)


@pytest.mark.only_browser("chromium")
def test_by_touch_in_a_narrow_window(reader: Open) -> None:
    page = reader(LONG, viewport={"width": 320, "height": 640}, has_touch=True)
    views(page).tap()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("heading").first.tap()
    expect(tip).to_have_count(0)


def test_it_tells_how_old_the_number_is_when_the_service_is_away(reader: Open) -> None:
    page = reader(LONG)
    known = views(page).inner_text()
    page.evaluate("""() => {
        const kept = JSON.parse(localStorage.getItem("readerly:counts"));
        for (const facts of Object.values(kept)) facts.at -= 3 * 3600 * 1000 + 5000;
        localStorage.setItem("readerly:counts", JSON.stringify(kept));
    }""")
    page.route("**/api/**", lambda route: route.fulfill(status=503, body="down"))
    page.reload()
    count = page.locator("view-count").get_by_role("button")
    expect(count).to_have_text(f"{known} (last known)")
    count.hover()
    expect(page.get_by_role("tooltip")).to_have_text(
        f"{ABOUT} The service does not answer at the moment. Updated 3 hours ago."
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Jede Person zählt einmal am Tag; Roboter zählen nicht. Stand: jetzt."),
        (
            "fr",
            "Chaque lecteur compte une fois par jour ; les robots ne comptent pas. Mis à jour maintenant.",
        ),
    ],
)
def test_in_the_language_of_the_tag(reader: Open, language: str, text: str) -> None:
    page = reader(LONG)
    views(page)
    page.evaluate("(language) => { document.querySelector('view-count').lang = language; }", language)
    page.locator("view-count").get_by_role("button").hover()
    expect(page.get_by_role("tooltip")).to_have_text(text)


def test_a_count_moves_nothing_when_it_becomes_a_button(reader: Open) -> None:
    page = reader("/404.html")
    told(page, 3, 8)
    page.goto(LONG)
    views(page)
    around = "(() => { const p = document.querySelector('view-count').parentElement; return p.offsetHeight; })()"
    height = page.evaluate(around)
    page.evaluate("document.querySelector('view-count').replaceChildren('8 views')")
    assert page.evaluate(around) == height


def test_on_an_index_a_count_is_no_button(reader: Open) -> None:
    page = reader("/")
    expect(page.locator("view-count[live]").first).to_have_text(re.compile("views?$"))
    expect(page.locator("view-count button")).to_have_count(0)
