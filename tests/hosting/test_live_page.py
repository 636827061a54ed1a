"""A page lives under the headers of each server: its widgets start, and a sample runs."""

import re

from playwright.sync_api import expect, sync_playwright

from ..browser.engines import launch_options, missing
from .servers import Host


def test_a_sample_runs(host: Host) -> None:
    """In Chromium; what other browsers do under these headers, the tests of `readerly serve` see."""
    with sync_playwright() as playwright:
        options = launch_options("chromium", playwright)
        if options is None:
            missing("chromium")
        browser = playwright.chromium.launch(**options or {})
        page = browser.new_page()
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(f"{host.url}articles/first-article/")
        expect(page.locator("read-time").first).to_have_text(re.compile("min"))
        page.get_by_role("button", name="Run").first.click()
        expect(page.get_by_role("log").first).not_to_be_empty(timeout=60_000)
        assert page.locator("code-sample[live]").count()
        assert refused == []
        browser.close()
