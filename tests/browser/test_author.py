"""The author's page."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .servers import AUTHOR, Readerly


def test_the_author_gives_the_token_and_looks_at_an_article(page: Page) -> None:
    page.goto("/articles/long/")
    expect(page.locator("view-count")).to_have_text(re.compile(r"\d+ views?"))
    page.goto("/api/author")
    page.get_by_label("Author's token").fill("a-wrong-one-to-begin-with")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not the token")
    page.get_by_label("Author's token").fill(AUTHOR)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="A long article").click()
    expect(page.get_by_role("heading", level=1, name="A long article")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^Views on each of 30 days, [1-9]"))).to_be_visible()
    expect(page.get_by_role("region", name="Days").get_by_role("row")).to_have_count(31)
    page.get_by_role("link", name="7 days", exact=True).click()
    expect(page.get_by_role("region", name="Days").get_by_role("row")).to_have_count(8)
    expect(page.get_by_role("link", name="7 days", exact=True)).to_have_attribute("aria-current", "page")
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_label("Author's token")).to_be_visible()


def test_accessibility(browser: Browser, server: Readerly) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(base_url=server.url, bypass_csp=True, color_scheme=scheme)
        page = context.new_page()
        page.goto("/api/author")
        for name in ("Open", "Close"):
            expect(page.get_by_role("button", name=name)).to_be_visible()
            results = Axe().run(page)
            assert results.violations_count == 0, results.generate_report()
            if name == "Open":
                page.get_by_label("Author's token").fill(AUTHOR)
                page.keyboard.press("Enter")
        context.close()
