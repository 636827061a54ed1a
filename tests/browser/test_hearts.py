"""`<hearts-button>` and `<view-count>` against a real service."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from .servers import Readerly

Open = Callable[..., Page]
LONG = "/articles/long/"


def count(page: Page) -> int:
    """Return the count beside the button, once it is known."""
    shown = page.locator("hearts-button [data-part=count]")
    expect(shown).to_have_text(re.compile(r"^\d+ hearts?$"))
    return int(shown.inner_text().split()[0])


def says(page: Page, hearts: int) -> None:
    """Expect the count, beside the button and in the meta line."""
    text = f"{hearts} heart" if hearts == 1 else f"{hearts} hearts"
    expect(page.locator("hearts-button [data-part=count]")).to_have_text(text)
    expect(page.locator("hearts-count")).to_have_text(text)


def test_set_and_unset_and_kept_over_reload(reader: Open) -> None:
    page = reader(LONG)
    before = count(page)
    button = page.get_by_role("button", name="Heart", exact=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    says(page, before + 1)
    with page.expect_response("**/api/pages?*"):
        page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    says(page, before + 1)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    says(page, before)


def test_two_readers_and_one_count(reader: Open) -> None:
    one, two = reader(LONG), reader(LONG)
    before = count(one)
    for page in (one, two):
        with page.expect_response(lambda r: "/api/heart" in r.url):
            page.get_by_role("button", name="Heart", exact=True).click()
    says(two, before + 2)
    one.reload()
    says(one, before + 2)
    with one.expect_response(lambda r: "/api/heart" in r.url):
        one.get_by_role("button", name="Heart", exact=True).click()
    two.reload()
    says(two, before + 1)
    expect(two.get_by_role("button", name="Heart", exact=True)).to_have_attribute("aria-pressed", "true")


def test_fast_clicks_end_in_the_last_wish(reader: Open) -> None:
    page = reader(LONG)
    before = count(page)
    button = page.get_by_role("button", name="Heart", exact=True)
    for _ in range(5):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    says(page, before + 1)


def test_heart_refused_for_good_is_rolled_back_with_a_message(reader: Open) -> None:
    page = reader(LONG)
    before = count(page)

    def refuse(route: Route) -> None:
        problem = '{"title": "Forbidden", "detail": "Hearts of this page are closed."}'
        route.fulfill(status=403, content_type="application/problem+json", body=problem)

    page.route("**/api/heart?*", refuse)
    button = page.get_by_role("button", name="Heart", exact=True)
    button.click()
    expect(page.locator("hearts-button").get_by_role("status")).to_have_text(
        re.compile("not kept.*closed.*try again", re.I)
    )
    expect(button).to_have_attribute("aria-pressed", "false")
    says(page, before)
    page.unroute("**/api/heart?*")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    says(page, before + 1)
    expect(page.locator("hearts-button").get_by_role("status")).to_have_text("")


def test_heart_survives_a_restart_of_the_service(reader: Open, server: Readerly) -> None:
    page = reader(LONG)
    before = count(page)
    with page.expect_response(lambda r: "/api/heart" in r.url):
        page.get_by_role("button", name="Heart", exact=True).click()
    says(page, before + 1)
    server.stop()
    server.start()
    page.reload()
    says(page, before + 1)
    expect(page.get_by_role("button", name="Heart", exact=True)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("path", ["/articles/samples/"])
def test_a_visit_counts_once_per_reader(reader: Open, path: str) -> None:
    def views(page: Page) -> int:
        shown = page.locator("view-count")
        expect(shown).to_have_text(re.compile(r"^\d+ views?$"))
        return int(shown.inner_text().split()[0])

    page = reader(path)
    first = views(page)
    assert first >= 1
    with page.expect_response("**/api/pages?*"):  # what is shown until then is what was known before
        page.reload()
    assert views(page) == first
    assert views(reader(path)) == first + 1
