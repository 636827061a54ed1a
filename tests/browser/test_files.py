"""Data files of samples: fetched by the page from its own origin, and found in the folder a sample works in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import violations
from .sample import FIRST, Sample, impatient
from .servers import Readerly

pytestmark = pytest.mark.both_ways("chromium", "firefox")

DATA = re.compile(r"/readerly/files-[0-9a-f]{12}/")


def test_a_sample_finds_its_files_and_no_other_does(reader: Callable[..., Page], server: Readerly) -> None:
    """Also as modules; fetched once, when they are wanted, and from nowhere else."""
    page = reader("/articles/files/")
    page.set_default_timeout(FIRST)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if DATA.search(request.url) else None)
    page.locator("code-sample[live]").first.wait_for()
    assert asked == []
    Sample(page, "reads").run().ends().prints(r"^2 rows, 88 °C \['data'\]")
    Sample(page, "reads").run().ends().prints(r"^2 rows, 88 °C \['data'\]")
    Sample(page, "without").run().ends().prints(r"^has \[\]")
    assert sorted(url.rpartition("/")[2] for url in asked) == ["tea.csv", "units.py"]
    assert all(url.startswith(server.url) for url in asked)
    assert violations(page) == []


def test_files_are_as_they_were_after_stop_and_restart(reader: Callable[..., Page]) -> None:
    """What a session made of its file stays, comes back with a replay, and is forgotten with the session."""
    page = reader("/articles/files/")
    page.set_default_timeout(FIRST)
    appends, endless = Sample(page, "appends"), Sample(page, "endless")
    appends.run().ends().prints("^2 lines")
    appends.run().ends().prints("^3 lines")
    endless.run().prints("^begun")
    endless.button("Stop").click()
    endless.ends(re.compile("^Stopped"))
    appends.run().ends(re.compile("ran 2 samples again first")).prints("^4 lines")
    appends.button("Restart session").click()
    appends.run().ends().prints("^2 lines")


def test_what_cannot_be_fetched_is_said_and_can_be_tried_again(reader: Callable[..., Page]) -> None:
    page = reader("/articles/files/")
    page.set_default_timeout(FIRST)
    Sample(page, "without").run().ends()
    page.route(DATA, lambda route: route.abort())
    sample = Sample(page, "reads").run()
    sample.ends(re.compile(r"^data/tea\.csv, data/units\.py could not be fetched: .+\. Run tries again\.$"))
    page.unroute(DATA)
    page.route(DATA, lambda route: route.fulfill(status=404, body="no"))
    sample.run().ends(re.compile(r"could not be fetched: http://.*/readerly/files-.* answered 404\. Run tries again"))
    page.unroute(DATA)
    sample.button("Retry").click()
    sample.ends().prints("^2 rows")
    expect(sample.button("Retry")).to_be_hidden()


def test_a_fetch_is_named_and_can_be_stopped(reader: Callable[..., Page]) -> None:
    page = reader("/articles/files/")
    page.set_default_timeout(FIRST)
    Sample(page, "without").run().ends()
    held: list[Route] = []
    page.route(DATA, lambda route: held.append(route))
    sample = Sample(page, "reads").run()
    sample.ends(re.compile(r"^Fetching data/tea\.csv, data/units\.py: 0\.0 MB"))
    sample.button("Stop").click()
    sample.ends("Stopped")
    page.unroute(DATA)
    sample.run().ends().prints("^2 rows")


def test_a_file_that_stands_still_is_said(reader: Callable[..., Page]) -> None:
    page = reader("about:blank")
    page.set_default_timeout(FIRST)
    impatient(page)
    held: list[Route] = []
    page.route(DATA, lambda route: held.append(route))
    page.goto("/articles/files/")
    sample = Sample(page, "reads").run()
    sample.ends(re.compile(r"could not be fetched: nothing of http://.* came for 3 seconds\. Run tries again\.$"))
    page.unroute(DATA)
    sample.run().ends().prints("^2 rows")


def test_a_source_that_html_names_is_fetched(reader: Callable[..., Page]) -> None:
    sample = Sample(reader("/articles/files/"), "written as html")
    sample.run().ends().prints("^poured 2")
