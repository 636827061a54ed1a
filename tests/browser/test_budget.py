"""What the demo site's essay page may load before the first click. Times are `make bench`'s; these are counts."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .servers import Readerly
from .weight import Weight, render_blocking

ESSAY = "/articles/what-python-can-do-from-here/"

BYTES = 300_000
"""Compressed, as transferred, without headers: the page, its styles, its widgets and all they ask for."""

pytestmark = pytest.mark.only_browser("chromium")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readerly]:
    """The demo site, as `make serve` serves it."""
    running = Readerly(Path(__file__).parents[2] / "site", tmp_path_factory.mktemp("database") / "hearts.sqlite3")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def weight(context: BrowserContext) -> Weight:
    return Weight(context)


@pytest.fixture
def essay(page: Page, weight: Weight, demo: Readerly) -> Page:
    """The essay, with every widget live, a sample in view and nothing under way; nobody has clicked on anything."""
    page.goto(demo.url + ESSAY)
    expect(page.locator(":is(code-sample, hearts-button, read-time, view-count):not([live])")).to_have_count(0)
    page.locator("code-sample").first.scroll_into_view_if_needed()
    expect(page.locator("iframe[src$='sandbox.html']")).to_have_count(1)
    weight.settle(page)
    return page


def test_page_is_light(essay: Page, weight: Weight) -> None:
    sizes = weight.bodies()
    assert any(url.endswith("micropython.wasm") for url in sizes), "the runtime was not among what was weighed"
    heaviest = sorted(((size, url) for url, size in sizes.items()), reverse=True)
    total = sum(sizes.values())
    assert total <= BYTES, f"{total - BYTES:,} bytes too many; the heaviest: {heaviest[:8]}"


def test_no_other_host_is_asked(essay: Page, weight: Weight, demo: Readerly) -> None:
    assert weight.hosts == {urlsplit(demo.url).netloc}


def test_nothing_is_asked_for_twice(essay: Page, weight: Weight) -> None:
    assert sorted(weight.urls) == sorted(set(weight.urls))


def test_what_python_starts_from_is_asked_for_ahead(essay: Page, weight: Weight) -> None:
    """Core would find out about one file after the other, each a way to the server and back."""
    ahead = essay.locator("link[rel=modulepreload], link[rel=preload]").evaluate_all(
        "links => links.map(({ href }) => href)"
    )
    asked = [url for url in weight.urls if "/runtime-" in url and not url.endswith("/core.js")]
    assert len(asked) == 4
    assert set(asked) <= set(ahead)


def test_interpreter_for_samples_waits_for_a_reader_who_wants_it(essay: Page, weight: Weight) -> None:
    assert [url for url in weight.urls if "pyodide" in url or "image" in url or "codemirror" in url] == []


def test_only_the_stylesheet_blocks_rendering(essay: Page) -> None:
    assert [url.rpartition(".")[2] for url in render_blocking(essay)] == ["css"]
