"""One visit of a new reader to one page, watched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

from ..browser.weight import Weight

PATIENCE = 40_000
"""Milliseconds after which what was waited for counts as failed."""

OBSERVER = Path(__file__).with_name("observe.js").read_text(encoding="utf-8")


class Visit:
    """A page in a browser context of its own, so that no cache and no storage remembers an earlier visit."""

    def __init__(self, page: Page, weight: Weight, url: str) -> None:
        self.page = page
        self.weight = weight
        self._host = urlsplit(url).netloc

    @property
    def other_hosts(self) -> int:
        """How many hosts were asked that are not the page's own."""
        return len(self.weight.hosts - {self._host})

    def open(self, path: str) -> None:
        """Go to a page and wait until its Python says that it is live."""
        with self._told("live"):
            self.page.goto(path)

    def see(self, name: str) -> Any:
        """Return one of the values that observe.js keeps, or what one of its functions returns."""
        return self.page.evaluate(f"bench.{name}")

    def run(self, button: Locator, output: Locator) -> float:
        """Click on `button` and return the milliseconds until `output` says something; raise when that is an error."""
        self.page.evaluate("(both) => bench.awaitOutput(both)", [button.element_handle(), output.element_handle()])
        with self._told("output"):
            button.click()
        said = str(self.see("said"))
        if "Traceback" in said:
            raise AssertionError(f"the sample failed: {said.strip().splitlines()[-1]}")
        return float(self.see("output"))

    @contextmanager
    def until(self, element: Locator, text: str) -> Iterator[None]:
        """Do something, then wait until `element` begins with `text`, without a look at the page before it does."""
        self.page.evaluate("(both) => bench.awaitText(both)", [element.element_handle(), text])
        with self._told("text"):
            yield

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        with self.page.expect_console_message(lambda message: message.text == f"bench:{what}"):
            yield


@contextmanager
def visit(browser: Browser, url: str, **options: Any) -> Iterator[Visit]:
    """Open a browser context with `options` for one visit to the site at `url`, and close it at the end."""
    context = browser.new_context(base_url=url, **options)
    try:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(OBSERVER)
        weight = Weight(context)
        yield Visit(context.new_page(), weight, url)
    finally:
        context.close()
