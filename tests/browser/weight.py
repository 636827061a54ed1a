"""What a page loads: requests, bytes and hosts."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, TimeoutError

QUIET = 500
"""Milliseconds without a new request after which a page has loaded what it loads by itself."""

BLOCKING = (
    "performance.getEntriesByType('resource').filter((e) => e.renderBlockingStatus === 'blocking').map((e) => e.name)"
)


class Weight:
    """Counts the requests of every page and frame in a browser context, from now on."""

    def __init__(self, context: BrowserContext) -> None:
        self._asked: list[Request] = []
        self._answered: list[Request] = []
        context.on("request", lambda request: self._asked.append(request))
        context.on("requestfinished", lambda request: self._answered.append(request))

    def settle(self, page: Page) -> None:
        """Wait until `page` has loaded, and asks for nothing more. (Not "networkidle": that waits for streams.)"""
        page.wait_for_load_state("load")
        while True:
            try:
                page.wait_for_event("request", timeout=QUIET)
            except TimeoutError:
                return

    @property
    def urls(self) -> list[str]:
        """Everything that was asked of a network, in order, answered or not."""
        return [request.url for request in self._asked if urlsplit(request.url).scheme in ("http", "https")]

    @property
    def hosts(self) -> set[str]:
        """The hosts asked, with their ports."""
        return {urlsplit(url).netloc for url in self.urls}

    def bodies(self) -> dict[str, int]:
        """Return the bytes of each answer as they were transferred, compressed and without headers, by URL."""
        return self._sizes("responseBodySize")

    def headers(self) -> dict[str, int]:
        """Return the bytes of each answer's headers, by URL."""
        return self._sizes("responseHeadersSize")

    def _sizes(self, part: str) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for request in self._answered:
            if urlsplit(request.url).scheme in ("http", "https"):
                sizes[request.url] = sizes.get(request.url, 0) + request.sizes()[part]
        return sizes


def render_blocking(page: Page) -> list[str]:
    """Return the addresses of the files that the page's first paint waited for. Only Chromium tells."""
    return page.evaluate(BLOCKING)
