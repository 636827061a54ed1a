"""Counts as a reader is shown them: long ones short, in the language of their tag, with the exact number at hand."""

import json
import re
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from .servers import Readerly
from .test_hearts import LONG, count

Open = Callable[..., Page]

TAGS = """
(language) => {
  const inside = document.createElement("p");
  inside.lang = language;
  inside.append(document.createElement("hearts-count"), " ", document.createElement("view-count"));
  document.querySelector("#article").prepend(inside);
}
"""

SHORT = """
([language, value]) => new Intl.NumberFormat(language, { notation: "compact", numberingSystem: "latn" }).format(value)
"""


def told(page: Page, hearts: int, views: int) -> None:
    """Let the service tell these counts of the page from now on."""
    facts = {"hearts": hearts, "hearted": False, "views": views, "finished": 0, "comments": 0}

    def answer(route: Route) -> None:
        body = {"views": views} if "/view" in route.request.url else {"pages": {LONG: facts}}
        route.fulfill(content_type="application/json", body=json.dumps(body))

    page.route("**/api/pages?*", answer)
    page.route("**/api/view?*", answer)
    page.route("**/api/events?*", lambda route: route.abort())


@pytest.mark.parametrize(
    ("language", "hearts", "views", "exact", "exact_views"),
    [
        ("en", "1.2K hearts (1,234)", "12K views (12,345)", "1,234 hearts", "12,345 views"),
        ("en_US", "1.2K hearts (1,234)", "12K views (12,345)", "1,234 hearts", "12,345 views"),
        ("de", "1.234 Herzen", "12.345 Aufrufe", "", ""),
        (
            "fr",
            "1,2 k cœurs (1\u202f234)",
            "12 k vues (12\u202f345)",
            "1\u202f234 cœurs",
            "12\u202f345 vues",
        ),
        ("xx", "1.2K hearts (1,234)", "12K views (12,345)", "1,234 hearts", "12,345 views"),
    ],
)
def test_a_long_count_is_short_in_its_language_and_exact_at_hand(
    reader: Open, language: str, hearts: str, views: str, exact: str, exact_views: str
) -> None:
    page = reader("/404.html")
    told(page, 1234, 12345)
    page.goto(LONG)
    page.evaluate(TAGS, language)
    shown = page.locator(f"p[lang='{language}']")
    for tag, text, title in (("hearts-count", hearts, exact), ("view-count", views, exact_views)):
        expect(shown.locator(tag)).to_have_text(text)
        assert (shown.locator(f"{tag}:not(:has(button)), {tag} button").get_attribute("title") or "") == title
    beside = page.locator("hearts-button [data-part=count]")
    expect(beside).to_have_text("1.2K hearts (1,234)")
    expect(beside).to_have_attribute("title", "1,234 hearts")


@pytest.mark.parametrize("language", ["de", "es", "ja", "pl", "ru", "ar"])
def test_the_short_form_is_the_one_intl_gives(reader: Open, language: str) -> None:
    page = reader("/404.html")
    told(page, 2_345_678, 2)
    page.goto(LONG)
    page.evaluate(TAGS, language)
    short = str(page.evaluate(SHORT, [language, 2_345_678]))
    shown = page.locator(f"p[lang='{language}'] hearts-count")
    expect(shown).to_contain_text(short)
    expect(shown).to_contain_text("345")  # the exact number, in brackets


def test_only_the_short_form_is_seen(reader: Open) -> None:
    page = reader("/404.html")
    told(page, 1234, 12345)
    page.goto(LONG)
    exact = page.locator("hearts-button .readerly-exact")
    expect(exact).to_have_text(" (1,234)")
    box = exact.bounding_box()
    assert box is not None
    assert box["width"] <= 1


def test_a_count_that_becomes_short_loses_nothing_and_one_that_is_not_has_no_tooltip(reader: Open) -> None:
    page = reader("/404.html")
    told(page, 999, 5)
    page.goto(LONG)
    assert count(page) == 999
    shown = page.locator("hearts-button [data-part=count]")
    assert shown.get_attribute("title") is None
    page.route("**/api/heart?*", lambda route: route.abort())
    page.get_by_role("button", name="Heart", exact=True).click()
    expect(shown).to_have_text("1K hearts (1,000)")
    page.get_by_role("button", name="Heart", exact=True).click()
    expect(shown).to_have_text("999 hearts")
    assert shown.get_attribute("title") is None


def finished(server: Readerly) -> int:
    """Return how many readers have finished the page, as the service has it."""
    with urllib.request.urlopen(f"{server.url}/api/pages?path={LONG}") as answer:
        return int(json.load(answer)["pages"][LONG]["finished"])


def asked(page: Page) -> list[str]:
    """Return a list that grows by each finished read that is told from now on, by its method."""
    told: list[str] = []
    page.on("request", lambda request: told.append(request.method) if "/api/finished" in request.url else None)
    return told


def read(page: Page) -> None:
    """Go on from the article's beginning to its end, and wait at both: who scrolls is looked at ten times a second."""
    tag = page.locator("read-time").first
    expect(tag).to_have_attribute("data-phase", re.compile("before|reading|finished"))
    page.evaluate("scrollTo(0, 0)")
    expect(tag).to_have_text(re.compile(r"\d min (read|left)$|^Finished$"))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(tag).to_have_text("Finished")


def test_a_read_to_the_end_is_counted_once(reader: Open, server: Readerly) -> None:
    page = reader(LONG)
    count(page)
    before = finished(server)
    told = asked(page)
    with page.expect_response(lambda answer: "/api/finished" in answer.url) as answer:
        read(page)
    assert answer.value.ok
    assert finished(server) == before + 1
    page.evaluate("scrollTo(0, 0)")
    read(page)
    page.evaluate("dispatchEvent(new Event('resize'))")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert told == ["POST"]
    page.evaluate("scrollTo(0, 0)")
    with page.expect_response(lambda answer: "/api/finished" in answer.url):  # the next visit of the same day
        page.reload()
        count(page)
        read(page)
    assert finished(server) == before + 1


def test_a_finished_read_that_cannot_be_told_is_told_later(reader: Open) -> None:
    page = reader(LONG)
    count(page)
    page.route("**/api/finished?*", lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}, body="busy"))
    with page.expect_response(lambda answer: "/api/finished" in answer.url):
        read(page)
    page.unroute("**/api/finished?*")
    with page.expect_response(lambda answer: "/api/finished" in answer.url and answer.ok):
        pass  # by itself


def test_a_page_that_nobody_looks_at_finishes_nothing(reader: Open, server: Readerly) -> None:
    hidden = """
        window.away = true;
        Object.defineProperty(document, "hidden", { get: () => away });
        Object.defineProperty(document, "visibilityState", { get: () => (away ? "hidden" : "visible") });
    """
    page = reader("/404.html", script=hidden)
    told = asked(page)
    page.goto(LONG)
    count(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("read-time").first).to_have_text(re.compile(r"\d min left$"))
    assert told == []
    page.evaluate("away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("read-time").first).to_have_text("less than a minute left")  # the end alone is not all of it
    assert told == []
    with page.expect_response(lambda answer: "/api/finished" in answer.url):
        read(page)
    assert told == ["POST"]


def test_without_counts_nobody_is_told(reader: Open) -> None:
    page = reader("/404.html")
    told = asked(page)
    page.route("**/api/**", lambda route: route.fulfill(status=404, body="none"))
    page.goto(LONG)
    expect(page.locator("read-time[live]").first).to_be_visible()
    read(page)
    assert told == []
