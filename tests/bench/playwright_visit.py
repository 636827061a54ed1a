"""A visit in Chromium or Firefox, driven by Playwright."""

import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, BrowserType

from ..browser.weight import Weight
from .conditions import Condition
from .visit import OBSERVER, PATIENCE, Visit


class PlaywrightVisit(Visit):
    """A page of a browser context, and what that context loads."""

    def __init__(self, context: BrowserContext, url: str, condition: Condition) -> None:
        self.url = url
        self._context = context
        self._condition = condition
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(OBSERVER)
        self.weight = Weight(context)
        self._open_page()

    @property
    def other_hosts(self) -> int:
        """How many hosts were asked that are not the page's own."""
        return len(self.weight.hosts - {urlsplit(self.url).netloc})

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def call(self, function: str, *arguments: object) -> Any:
        return self.page.evaluate(f"(given) => ({function})(...given)", list(arguments))

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def hover(self, selector: str) -> None:
        self.page.locator(selector).first.hover()

    def wait_for(self, selector: str) -> None:
        self.page.locator(selector).first.wait_for(state="attached")

    @contextmanager
    def told(self, what: str) -> Generator[None]:
        with self.page.expect_console_message(lambda message: message.text == f"bench:{what}"):
            yield

    def settle(self) -> None:
        self.weight.settle(self.page)

    def again(self) -> None:
        self.page.close()
        self._open_page()

    def pause(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)

    def _open_page(self) -> None:
        self.page = self._context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        if self._condition.cpu > 1:
            tools = self._context.new_cdp_session(self.page)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": self._condition.cpu})


@contextmanager
def with_profile(kind: BrowserType, options: dict[str, Any], url: str, condition: Condition) -> Generator[Visit]:
    """Visit in a browser of its own with a new profile on disk.

    Chromium keeps the cache of any other context in memory, where no file of more than 6 MB has room.
    """
    with (
        tempfile.TemporaryDirectory(prefix="readerly-profile-", ignore_cleanup_errors=True) as folder,
        closing(kind.launch_persistent_context(folder, **options)) as context,
    ):
        yield PlaywrightVisit(context, url, condition)


@contextmanager
def with_context(kind: BrowserType, options: dict[str, Any], url: str, condition: Condition) -> Generator[Visit]:
    """Visit in a browser of its own: one of Firefox may end by itself, and would take every later visit with it."""
    with closing(kind.launch(**options)) as browser, closing(browser.new_context()) as context:
        yield PlaywrightVisit(context, url, condition)
