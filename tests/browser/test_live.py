"""Counts that agree: on one page, among the tabs of one browser, and, as they change, among all readers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .sample import SAVE_DATA
from .servers import Readerly
from .test_hearts import LONG, count, says

Open = Callable[..., Page]

COUNTED = """
window.streams = [];
window.EventSource = class extends EventSource { constructor(url) { super(url); streams.push(this); } };
"""
"""Keeps the streams that a page opens."""

HIDES = """
window.away = false;
Object.defineProperty(document, "visibilityState", { get: () => away ? "hidden" : "visible" });
"""

LEASES = "delete Navigator.prototype.locks;"
"""As on a page that is not served securely: it has no locks."""


def open_streams(page: Page) -> int:
    return int(page.evaluate("streams.filter((stream) => stream.readyState === 1).length"))


def until(page: Page, condition: Callable[[], bool]) -> None:
    """Wait until `condition()` is true; the test's own limit ends it."""
    while not condition():
        page.evaluate("new Promise(requestAnimationFrame)")


def press(page: Page) -> None:
    with page.expect_response(lambda answer: "/api/heart" in answer.url):
        page.get_by_role("button", name="Heart", exact=True).first.click()


def test_another_readers_heart_arrives_while_the_page_is_open(reader: Open) -> None:
    page, other = reader(LONG, script=COUNTED), reader(LONG)
    before = count(page)
    until(page, lambda: open_streams(page) == 1)
    press(other)
    says(page, before + 1)
    expect(page.get_by_role("button", name="Heart", exact=True)).to_have_attribute("aria-pressed", "false")
    press(page)
    says(page, before + 2)
    says(other, before + 2)


def test_one_stream_for_the_tabs_of_a_browser(reader: Open) -> None:
    page, other = reader(LONG, script=COUNTED), reader(LONG)
    before = count(page)
    until(page, lambda: open_streams(page) == 1)
    second = page.context.new_page()
    second.goto(LONG)
    count(second)
    press(other)
    says(second, before + 1)
    says(page, before + 1)
    assert open_streams(second) == 0
    page.close()
    until(second, lambda: open_streams(second) == 1)


def test_the_stream_is_closed_while_nobody_looks(reader: Open) -> None:
    page = reader(LONG, script=COUNTED + HIDES)
    until(page, lambda: open_streams(page) == 1)
    page.evaluate("away = true; document.dispatchEvent(new Event('visibilitychange'))")
    until(page, lambda: open_streams(page) == 0)
    page.evaluate("away = false; document.dispatchEvent(new Event('visibilitychange'))")
    until(page, lambda: open_streams(page) == 1)


def test_who_saves_data_has_no_stream(reader: Open) -> None:
    saver, page, other = reader(LONG, script=COUNTED + SAVE_DATA), reader(LONG, script=COUNTED), reader(LONG)
    before = count(saver)
    until(page, lambda: open_streams(page) == 1)
    press(other)
    says(page, before + 1)
    assert saver.evaluate("streams.length") == 0


def test_where_there_are_no_events_the_page_asks_now_and_then(reader: Open) -> None:
    page, other = reader(LONG, script=COUNTED), reader(LONG)
    page.context.route("**/api/events?*", lambda route: route.fulfill(status=404, body="none"))
    before = count(page)
    press(other)
    says(page, before + 1)


def test_events_come_again_after_the_service_was_away(reader: Open, server: Readerly) -> None:
    page = reader(LONG, script=COUNTED)
    before = count(page)
    until(page, lambda: open_streams(page) == 1)
    server.stop()
    server.start()
    until(page, lambda: open_streams(page) == 1)
    press(reader(LONG))
    says(page, before + 1)


@pytest.mark.parametrize("script", ["", LEASES], ids=["locks", "leases"])
def test_tabs_and_buttons_agree_at_once(reader: Open, script: str) -> None:
    page = reader(LONG, script=script)
    before = count(page)
    tab = page.context.new_page()
    tab.goto(LONG)
    count(tab)
    tab.evaluate("""document.querySelector("#article").append(document.createElement("hearts-button"))""")
    expect(tab.locator("hearts-button[live]")).to_have_count(2)
    press(page)
    for button in tab.get_by_role("button", name="Heart", exact=True).all():
        expect(button).to_have_attribute("aria-pressed", "true")
    for shown in tab.locator("hearts-button [data-part=count]").all():
        expect(shown).to_have_text(re.compile(f"^{before + 1} "))
    press(tab)
    says(page, before)
    expect(page.get_by_role("button", name="Heart", exact=True)).to_have_attribute("aria-pressed", "false")


def test_a_page_that_is_only_prepared_counts_no_visit(reader: Open) -> None:
    prepared = "window.early = true; Object.defineProperty(document, 'prerendering', { get: () => early });"
    page = reader("/404.html", script=prepared)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/view" in request.url else None)
    page.goto(LONG)
    count(page)
    expect(page.locator("view-count")).to_have_text(re.compile(r"^\d+ views?$"))
    assert asked == []
    with page.expect_response(lambda answer: "/api/view" in answer.url):
        page.evaluate("early = false; document.dispatchEvent(new Event('prerenderingchange'))")


def test_an_index_shows_all_counts_by_one_request(reader: Open) -> None:
    page = reader(LONG)
    hearts = count(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.goto("/")
    entry = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="A long article"))
    expect(entry.locator("hearts-count")).to_have_text(re.compile(f"^{hearts} heart"))
    for tag in ("view-count", "hearts-count"):
        for shown in page.locator(tag).all():
            expect(shown).to_have_text(re.compile(r"^\d+ "))
    assert len(asked) == 1
