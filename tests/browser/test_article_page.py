"""The article page, complete: with Python, without JavaScript, on every width."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from .conftest import violations
from .engines import launch_options
from .servers import Readerly

SAMPLES = "/articles/samples/"


def test_meta_line(page: Page) -> None:
    page.goto(SAMPLES)
    meta = page.locator("article header .meta")
    expect(meta).to_have_text(re.compile(r"^June 2026 · \d+ min read · \d+ views? · \d+ hearts?$"))


def test_parts_have_roles(page: Page) -> None:
    page.goto(SAMPLES)
    expect(page.get_by_role("heading", level=1)).to_have_text("Samples of every kind")
    expect(page.get_by_role("complementary", name="Advertisement")).to_have_count(1)
    expect(page.get_by_role("heading", name="Comments")).to_be_visible()
    expect(page.get_by_role("navigation", name="More articles").get_by_role("link").first).to_be_visible()


def test_a_scroll_bar_that_appears_moves_nothing(browser_name: str, playwright: Playwright, server: Readerly) -> None:
    if browser_name != "chromium":
        pytest.skip("Playwright shows scroll bars in Chromium alone, where it is told not to hide them")
    options = launch_options("chromium", playwright) or {}
    shown = playwright.chromium.launch(**options, ignore_default_args=["--hide-scrollbars"])
    page = shown.new_page(base_url=server.url)
    page.goto(SAMPLES)
    where = "() => [innerWidth - document.documentElement.clientWidth, document.querySelector('main').offsetLeft]"
    bar, left = page.evaluate(where)
    assert bar > 0
    page.evaluate("document.querySelector('main').style.cssText = 'height: 9px; overflow: hidden'")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate(where)[1] == left
    shown.close()


def test_no_advertisement_where_the_article_wants_none(page: Page) -> None:
    page.goto("/articles/long/")
    expect(page.get_by_text("Advertisement")).to_have_count(0)


def test_index_leads_to_every_article(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="A long article").click()
    expect(page).to_have_url(re.compile("/articles/long/$"))


def test_unknown_address_gets_the_404_page(page: Page) -> None:
    response = page.goto("/articles/nowhere/")
    assert response
    assert response.status == 404
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("link", name="A long article")).to_be_visible()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_overflows_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(SAMPLES)
    expect(page.locator("code-sample[live]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_widgets_never_shift_the_page(page: Page) -> None:
    """What stands below and among the widgets is at the same place before and after Python took over."""
    places = """[...document.querySelectorAll('h2, p, pre, code-sample, footer')]
        .map((element) => Math.round(element.getBoundingClientRect().top))"""
    held: list[Any] = []
    page.route("**/micropython.wasm", lambda route: held.append(route))
    page.goto(SAMPLES)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.fonts.ready")
    before = page.evaluate(places)
    while not held:
        page.evaluate("new Promise(requestAnimationFrame)")
    assert page.locator("[live]").count() == 0
    held[0].continue_()
    expect(page.locator("view-count")).to_have_text(re.compile(r"\d"))
    expect(page.locator("hearts-button [data-part=count]")).to_have_text(re.compile(r"\d"))
    assert page.evaluate(places) == before


@pytest.mark.only_browser("chromium")  # the one that tells of layout shifts
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_large_counts_shift_nothing(page: Page, width: int) -> None:
    """A popular page: five digits where the build left a dash, and views that grow by this visit."""

    def popular(route: Route) -> None:
        known = {"/articles/samples/": {"hearts": 23456, "hearted": False, "views": 99999, "comments": 0}}
        route.fulfill(json={"pages": known})

    page.add_init_script("""
        window.shifts = [];
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push(
            [entry.value, ...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node?.nodeName))]
        ))).observe({ type: "layout-shift", buffered: true });
    """)
    page.route("**/api/pages?*", popular)
    page.route("**/api/view?*", lambda route: route.fulfill(json={"views": 100000}))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(SAMPLES)
    expect(page.locator("view-count")).to_have_text("100K views (100,000)")
    expect(page.locator("hearts-count")).to_have_text("23K hearts (23,456)")
    expect(page.locator("code-sample:not([live])")).to_have_count(0)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") == []


def test_accessibility(browser: Browser, server: Readerly) -> None:
    """Axe finds nothing. It is injected, which the policy of the page would rightly refuse."""
    context = browser.new_context(base_url=server.url, bypass_csp=True)
    page = context.new_page()
    page.goto(SAMPLES)
    expect(page.locator("code-sample[live]").first).to_be_visible()
    results = Axe().run(page)
    context.close()
    assert results.violations_count == 0, results.generate_report()


def test_readable_without_javascript(without_javascript: Page) -> None:
    """What is visible is the article, complete, and no control that would do nothing."""
    page = without_javascript
    page.goto(SAMPLES)
    lines = page.evaluate("document.body.innerText").split("\n")
    assert "Samples of every kind" in lines
    assert 'print("hello from", "Python")' in lines
    assert any(re.fullmatch(r"June 2026 · \d+ min read", line.strip()) for line in lines), lines[:20]
    assert not {"Run", "Stop", "Reset", "Copy", "Edit", "– hearts", "– views"} & {line.strip() for line in lines}
    assert page.evaluate("document.querySelectorAll('[live]').length") == 0


def test_heart_without_javascript(without_javascript: Page, browser_name: str) -> None:
    if browser_name == "firefox":
        pytest.skip(
            "Firefox's driver waits for ever on a form post of a page whose scripts are off; Chromium stands for both"
        )
    page = without_javascript
    page.goto("/articles/long/")
    page.get_by_role("button", name="Heart").press("Enter")
    expect(page.get_by_text("Thank you, your heart is counted.")).to_be_visible()
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(page.get_by_text("Your heart was taken back.")).to_be_visible()


def test_a_publishers_article(page: Page, source: Any) -> None:
    """An article somebody else wrote, without widget tags, is read like any other."""
    if not (source / "articles/king-of-python.md").is_file():
        pytest.skip("the article in ../shared is not on this machine")
    page.goto("/articles/king-of-python/")
    expect(page.locator(".meta")).to_have_text(re.compile(r"^June 2026 · \d min read · \d+ views? · \d+ hearts?$"))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.get_by_role("heading", level=2).count() >= 5
    assert violations(page) == []


def test_reader_of_the_dark(browser: Browser, browser_name: str, server: Readerly) -> None:
    if browser_name == "firefox":
        pytest.skip("Firefox's driver does not emulate a dark page; Chromium stands for both")
    context = browser.new_context(base_url=server.url, color_scheme="dark")
    page = context.new_page()
    page.goto(SAMPLES)
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    body = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    shade = next(colour for colour in (body, paper) if not colour.endswith(", 0)"))
    assert max(int(part) for part in re.findall(r"\d+", shade)[:3]) < 80
