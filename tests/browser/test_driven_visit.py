"""The visits whose times `make bench` takes, driven by each browser's own protocol."""

from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Playwright
from tests.bench.browsers import timed
from tests.bench.conditions import FREE
from tests.bench.subjects import code_sample
from tests.bench.visit import Visit

from .engines import launch_options
from .servers import Readerly

PATH = "/articles/first-run/"
HELLO = code_sample("code-sample[label=hello]")
FETCHED = "() => performance.getEntriesByType('resource').reduce((sum, { transferSize }) => sum + transferSize, 0)"


@pytest.fixture
def visit(browser_name: str, playwright: Playwright, server: Readerly) -> AbstractContextManager[Visit]:
    return timed(getattr(playwright, browser_name), launch_options(browser_name, playwright) or {})(server.url, FREE)


def test_a_sample_is_run_and_timed_twice(visit: AbstractContextManager[Visit]) -> None:
    """The second time in another tab of the same browser, which has kept what it fetched."""
    with visit as reader:
        reader.open(PATH)
        reader.look_at(HELLO.whole)
        fetched = reader.call(FETCHED)
        assert reader.run(HELLO) > 0
        assert str(reader.see("said")).startswith("hello from")
        reader.wait_for(HELLO.ended)
        reader.again()
        reader.open(PATH)
        reader.look_at(HELLO.whole)
        assert reader.call(FETCHED) < fetched / 10
        assert reader.run(HELLO) > 0


def test_what_a_page_throws_is_said(visit: AbstractContextManager[Visit]) -> None:
    with visit as reader:
        reader.open(PATH)
        with pytest.raises(AssertionError, match="so it is"):
            reader.call("() => { throw new Error('so it is'); }")
        with pytest.raises(AssertionError, match=r"(?i)url"):
            reader.go("://nowhere")
