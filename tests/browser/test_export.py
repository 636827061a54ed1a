"""A page written by hand, beside an exported folder, on a static host that sends no special header."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import RECORD, violations
from .sample import Sample
from .servers import Plain


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plain]:
    folder = tmp_path_factory.mktemp("export")
    readerly = Path(sys.executable).with_name("readerly")
    subprocess.run([readerly, "export", folder], check=True, capture_output=True)
    site = Path(__file__).parent / "site"
    shutil.copy(site / "by-hand.html", folder / "index.html")
    shutil.copy(site / "by-hand-files.html", folder / "files.html")
    shutil.copy(site / "by-hand-src.html", folder / "src.html")
    shutil.copytree(site / "articles/data", folder / "data")
    server = Plain(folder)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def by_hand(browser: Browser, host: Plain) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(RECORD)
    page = context.new_page()
    page.goto(host.url)
    yield page
    assert violations(page) == []
    context.close()


def test_host_sends_no_policy(by_hand: Page, host: Plain) -> None:
    headers = by_hand.request.get(host.url).headers
    assert not {"content-security-policy", "cross-origin-opener-policy", "cross-origin-embedder-policy"} & set(headers)


def test_samples_run(by_hand: Page) -> None:
    expect(by_hand.locator("code-sample .c")).to_have_text("# a comment")
    by_hand.get_by_role("button", name="Run").click()
    expect(by_hand.get_by_role("log")).to_have_text("ran on cpython\n", timeout=60_000)


def test_read_time_lives(by_hand: Page) -> None:
    expect(by_hand.locator("read-time")).to_have_text(re.compile("^(1 min read|Finished)$"))


def test_hearts_say_calmly_that_nobody_keeps_them(by_hand: Page) -> None:
    button = by_hand.get_by_role("button", name="Heart")
    message = by_hand.locator("hearts-button").get_by_role("status")
    expect(message).to_have_text(re.compile("no Readerly service is configured"))
    expect(button).to_be_disabled()
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_only_the_hosts_own_files_are_asked_for(browser: Browser, host: Plain) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.url)
    expect(page.locator("code-sample[live]")).to_be_visible()
    context.close()
    assert [url for url in asked if not url.startswith((host.url, "data:", "blob:"))] == []


def test_a_sample_has_the_files_its_tag_names(browser: Browser, host: Plain) -> None:
    """By their addresses from the page; what is wrong stands in the tag."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(host.url + "files.html")
    Sample(page, "beside").run().ends().prints('^3 unit = "°C"')
    Sample(page, "lost").run().ends(
        re.compile(r"^data/lost\.csv could not be fetched: .*data/lost\.csv answered 404\.")
    )
    wrong = page.get_by_text("files names ../secret.csv, which is not in the page's folder")
    expect(wrong).to_be_visible()
    expect(
        page.get_by_text("files has a.csv=https://example.org/a.csv, which is no file on the page's own")
    ).to_be_visible()
    context.close()


def test_a_sample_shows_and_runs_the_file_its_tag_names(browser: Browser, host: Plain) -> None:
    """In place of what stands in the tag, which stays where the file cannot be had."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(host.url + "src.html")
    whole, part = Sample(page, "whole"), Sample(page, "part")
    expect(whole.tag.locator("pre code")).to_contain_text("# region pour")
    expect(whole.tag.locator("pre .c").first).to_have_text("# a comment")
    whole.run().ends(re.compile("^Finished")).prints("^brewed at 95 °C\npoured 2")
    expect(part.tag.locator("pre code")).to_have_text('cups = 2\nprint("poured", cups)')
    part.run().ends().prints("^poured 2")
    expect(page.get_by_text("its source, data/lost.py, could not be fetched: it answered 404.")).to_be_visible()
    expect(page.get_by_text('print("still readable")')).to_be_visible()
    expect(page.get_by_text("its source, data/brew.py, has no # region milk in it.")).to_be_visible()
    expect(
        page.get_by_text("src names https://example.org/brew.py, which is no file on the page's own")
    ).to_be_visible()
    context.close()


def test_what_runs_first_has_to_be_here(browser: Browser, host: Plain) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/units.py", lambda route: route.abort())
    page.goto(host.url + "src.html")
    Sample(page, "whole").run().ends("Did not run: data/units.py, which comes first, is not here. Run tries again.")
    context.close()
