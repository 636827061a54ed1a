"""What the same reader does on the pages of others."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from . import peer_pages
from .book import Reading
from .visit import visit


def bare(browser: Browser, url: str) -> Iterator[Reading]:
    """Wait for the first line of Python on the smallest PyScript page."""
    with visit(browser, url) as reader:
        reader.open(peer_pages.BARE)
        reader.weight.settle(reader.page)
        yield "bare.bodies", sum(reader.weight.bodies().values())
        yield "bare.requests", len(reader.weight.urls)
        yield "bare.other_hosts", reader.other_hosts
        yield "bare.live", reader.see("live")


def plain(browser: Browser, url: str) -> Iterator[Reading]:
    """Wait for the same on the essay's page, which PyScript starts on as its manual says."""
    with visit(browser, url) as reader:
        reader.open(peer_pages.PLAIN)
        reader.weight.settle(reader.page)
        yield "plain.live", reader.see("live")


def editor(browser: Browser, url: str) -> Iterator[Reading]:
    """Run py-editor's sample twice, once its editor is there and the page asks for nothing more."""
    with visit(browser, url) as reader:
        page = reader.page
        page.goto(peer_pages.EDITOR)
        button, output = page.locator(".py-editor-run-button"), page.locator(".py-editor-output")
        button.wait_for()
        reader.weight.settle(page)
        first = reader.run(button, output)
        yield "editor.other_hosts", reader.other_hosts
        yield "editor.first_run", first
        page.locator(".py-editor-run-button:not(.running)").wait_for()
        yield "editor.second_run", reader.run(button, output)
