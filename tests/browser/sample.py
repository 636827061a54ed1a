"""A `<code-sample>` as a reader finds it, and readers' browsers in states that matter to one."""

import json
import re
import urllib.request
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

FIRST = 60_000
"""Milliseconds for a first run, which fetches and boots Python on a machine that may be busy."""

SAVE_DATA = """
Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true, effectiveType: '4g' }) });
"""
"""A reader who wants data saved, as far as the page can tell."""


class Sample:
    """One sample of the page, found as a reader finds it: by its label and its buttons' names."""

    def __init__(self, page: Page, label: str) -> None:
        group = page.get_by_role("group", name=label, exact=True)
        self.tag = page.locator("code-sample").filter(has=group)
        self.output = self.tag.get_by_role("log", name="Output")
        self.status = self.tag.get_by_role("status")

    def button(self, name: str) -> Locator:
        return self.tag.get_by_role("button", name=name)

    def run(self) -> "Sample":
        self.button("Run").click()
        return self

    def ends(self, status: str | re.Pattern[str] = re.compile("^Finished in ")) -> "Sample":
        expect(self.status).to_have_text(status, timeout=FIRST)
        return self

    def prints(self, text: str, timeout: int = FIRST) -> "Sample":
        expect(self.output).to_have_text(re.compile(text, re.DOTALL), timeout=timeout)
        return self


def deployed(url: str) -> dict[str, Any]:
    """Return what boot.mjs of the server at `url` is told of the sandbox; its addresses are relative to /readerly/."""
    with urllib.request.urlopen(f"{url}/readerly/boot.mjs") as boot:
        found = re.search(r"const config = (\{.*\});", boot.read().decode())
    assert found
    return json.loads(found[1])["sandbox"]


def remembers(url: str, key: str, *more: object) -> str:
    """Return a script for a browser that remembers `key` of this deployment, with `more` of it."""
    frame = f"{url}/readerly/{deployed(url)['frame']}"
    value = json.dumps(json.dumps([frame, *more] if more else frame))
    return f"if (self.origin !== 'null') localStorage.setItem('readerly:{key}', {value});"


def impatient(page: Page) -> None:
    """Have what a sample needs counted as failed where nothing of it comes for three seconds, not for twenty."""

    def answer(route: Route) -> None:
        said = route.fetch()
        assert "20_000" in said.text()
        route.fulfill(response=said, body=said.text().replace("20_000", "3_000"))

    page.route("**/carrier.mjs", answer)


def images_refused(url: str, count: int = 2) -> str:
    """Return a script for a browser that could not boot from `count` images: the site's, and then its own."""
    return remembers(url, "python-image", count)
