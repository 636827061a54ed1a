"""Packages of samples: fetched from the page's own origin, verified, installed, and named where they are missing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import violations
from .sample import FIRST, SAVE_DATA, Sample
from .servers import Readerly

pytestmark = pytest.mark.both_ways("chromium", "firefox")

WHEELS = re.compile(r"/packages-[0-9a-f]{12}/.*\.whl$")


def test_packages_are_installed_and_again_after_stop(reader: Callable[..., Page], server: Readerly) -> None:
    """A native core and pure packages; once in the frame, nothing is fetched again for another interpreter."""
    page = reader("/articles/packages/")
    page.set_default_timeout(FIRST)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if WHEELS.search(request.url) else None)
    Sample(page, "native").run().ends().prints("^4")
    Sample(page, "pure").run().ends().prints("^attr rich")
    endless = Sample(page, "endless").run().prints("^begun")
    endless.button("Stop").click()
    endless.ends("Stopped")
    Sample(page, "pure").run().ends().prints("^attr rich")
    Sample(page, "native").run().ends().prints("^4")
    assert len(asked) == len(set(asked)) == 10
    assert all(url.startswith(server.url) for url in asked)
    assert violations(page) == []


def test_a_wheel_that_was_altered_is_refused_and_run_tries_again(reader: Callable[..., Page]) -> None:
    page = reader("/articles/packages/")
    page.set_default_timeout(FIRST)

    altered = True  # not unrouted: that would let go of requests which `alter` is about to answer

    def alter(route: Route) -> None:
        if not altered:
            route.continue_()
            return
        answer = route.fetch()
        body = bytearray(answer.body())
        body[100] ^= 1
        route.fulfill(response=answer, body=bytes(body))

    page.route(WHEELS, alter)
    sample = Sample(page, "pure").run()
    sample.ends(
        re.compile(r"attrs.* could not be fetched: .*\.whl is not the file that the site's author locked\. Run tries")
    )
    altered = False
    sample.run().ends().prints("^attr rich")


def test_a_fetch_is_named_and_can_be_stopped_and_fails_in_words(reader: Callable[..., Page]) -> None:
    page = reader("/articles/packages/")
    page.set_default_timeout(FIRST)
    Sample(page, "unknown").run().ends("Error on line 1")  # Python has started
    held: list[Route] = []
    page.route(WHEELS, lambda route: held.append(route))
    sample = Sample(page, "pure").run()
    sample.ends(re.compile(r"^Fetching attrs, markdown-it-py, .*: 0\.0 of \d\.\d MB"))
    sample.button("Stop").click()
    sample.ends("Stopped")
    page.unroute(WHEELS)
    page.route(WHEELS, lambda route: route.abort())
    sample.run().ends(re.compile("could not be fetched: .* Run tries again"))
    page.unroute(WHEELS)
    sample.run().ends().prints("^attr rich")


def test_an_unknown_module_says_whether_it_can_be_had(reader: Callable[..., Page]) -> None:
    page = reader("/articles/packages/")
    page.set_default_timeout(FIRST)
    Sample(page, "locked").run().ends("Error on line 1").prints('in the package attrs; add packages="attrs"')
    Sample(page, "left out").run().ends("Error on line 1").prints(
        "tkinter is a part of Python that cannot work in a br"
    )
    Sample(page, "unknown").run().ends("Error on line 1").prints(
        "neither in Python's standard library nor among the pa"
    )


@pytest.mark.parametrize("saves", [True, False])
def test_packages_are_fetched_ahead_but_for_who_saves_data(reader: Callable[..., Page], saves: bool) -> None:
    """Python is there and idle, so that whoever turns to a sample has its packages asked for at once."""
    page = reader("/articles/packages/", script=SAVE_DATA if saves else "")
    page.set_default_timeout(FIRST)
    Sample(page, "unknown").run().ends("Error on line 1")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if WHEELS.search(request.url) else None)
    sample = Sample(page, "pure")
    sample.button("Copy").hover()
    sample.button("Copy").click()
    expect(sample.status).to_have_text(re.compile("."))  # it comes after what the hover has set going
    assert bool(asked) is not saves


def test_a_setup_brings_its_packages_along(reader: Callable[..., Page]) -> None:
    page = reader("/articles/packages/")
    page.set_default_timeout(FIRST)
    Sample(page, "prepared").run().ends().prints("prepared with attr")
