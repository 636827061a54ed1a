"""An edit that goes by a link."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import violations
from .sample import Sample
from .test_live import until

pytestmark = pytest.mark.both_ways("chromium")

COPIED = (
    "self.copied = []; if (self.navigator.clipboard) navigator.clipboard.writeText = async (text) => copied.push(text);"
)
"""Keeps what a page copies, also where a browser without a person at it lets nothing be copied."""

CHANGED = "leaves = 3\nminutes = 5\nprint('ran', minutes)"


@pytest.fixture(scope="module")
def link(reader: Callable[..., Page]) -> str:
    """A link to an edit of the sample "tea", made as a reader makes it."""
    page = reader("/articles/links/", COPIED)
    sample = Sample(page, "tea")
    expect(sample.button("Link")).to_have_count(0)
    write(page, sample, CHANGED)
    sample.button("Link").click()
    expect(sample.status).to_have_text("Link to your edit copied")
    address = page.evaluate("copied[0]")
    assert address.startswith(page.url.split("#")[0] + "#edit=tea&")
    sample.button("Reset").click()
    expect(sample.button("Link")).to_have_count(0)
    return address[address.index("/articles") :]


def write(page: Page, sample: Sample, text: str) -> None:
    """Make `text` the source, as a reader does."""
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def panel(sample: Sample):
    return sample.tag.get_by_role("region", name="Versions of this sample")


def test_a_link_shows_the_edit_and_what_it_changes_and_runs_nothing(reader: Callable[..., Page], link: str) -> None:
    page = reader(link)
    sample = Sample(page, "tea")
    expect(sample.status).to_have_text("From a link, not run yet; Reset brings the author’s back")
    expect(sample.tag.get_by_role("textbox")).to_contain_text("leaves = 3")
    expect(panel(sample)).to_contain_text("This code comes from a link, not from the author. It runs when you run it.")
    expect(panel(sample)).to_contain_text("What it changes of the author’s: 3 lines added, 3 removed")
    lines = panel(sample).get_by_label("Changes").inner_text().split("\n")
    assert [line for line in lines if line][:3] == [
        "Line 1",
        "− Removed: leaves = 2",
        "− Removed: minutes = 4",
    ]
    expect(sample.tag).to_be_in_viewport()
    expect(sample.output).to_be_hidden()
    sample.run().prints("ran 5").ends()
    sample.button("Reset").click()
    expect(sample.tag.get_by_role("textbox")).to_contain_text("leaves = 2")
    panel(sample).get_by_role("button", name="Show the link’s version").click()
    expect(sample.tag.get_by_role("textbox")).to_contain_text("leaves = 3")
    assert violations(page) == []


def test_a_later_sample_runs_the_authors_code_until_the_reader_has_run_the_links(
    reader: Callable[..., Page], link: str
) -> None:
    page = reader(link)
    tea, after = Sample(page, "tea"), Sample(page, "after")
    expect(tea.status).to_contain_text("From a link")
    after.run().prints("after 4").ends(re.compile("ran 1 earlier sample first"))
    expect(tea.status).to_have_text("Ran before a later sample, as its author wrote it")
    tea.run().prints("ran 5").ends()
    after.run().prints("after 5")


def test_a_readers_own_edit_is_kept_and_both_come_back(reader: Callable[..., Page], link: str) -> None:
    page = reader("/articles/links/")
    sample = Sample(page, "tea")
    write(page, sample, "print('mine')")
    page.reload()
    expect(sample.tag.locator("pre code").first).to_have_text("print('mine')")
    page.goto(link)  # of the page that is open: only the fragment changes
    box = sample.tag.get_by_role("textbox")
    expect(box).to_contain_text("leaves = 3")
    panel(sample).get_by_role("button", name="Show my edit").click()
    expect(box).to_have_text("print('mine')")
    panel(sample).get_by_role("button", name="Show the link’s version").click()
    expect(box).to_contain_text("leaves = 3")
    box.focus()
    page.keyboard.type("# ")
    expect(sample.status).to_have_text("Your edit of before is kept as well")
    page.goto("/articles/")
    page.goto("/articles/links/")
    source = sample.tag.locator("pre code").first
    expect(source).to_contain_text("leaves = 3")
    expect(panel(sample)).to_contain_text("You have two edits of this sample")
    panel(sample).get_by_role("button", name="Show my earlier edit").click()
    expect(source).to_have_text("print('mine')")
    panel(sample).get_by_role("button", name="Show my earlier edit").click()
    expect(source).to_contain_text("leaves = 3")


def test_reset_of_a_links_code_keeps_the_readers_own(reader: Callable[..., Page], link: str) -> None:
    page = reader("/articles/links/")
    sample = Sample(page, "tea")
    write(page, sample, "print('mine')")
    page.reload()
    page.goto(link)
    expect(sample.status).to_contain_text("From a link")
    sample.button("Reset").click()
    expect(sample.tag.get_by_role("textbox")).to_contain_text("leaves = 2")
    panel(sample).get_by_role("button", name="Show my edit").click()
    expect(sample.tag.get_by_role("textbox")).to_have_text("print('mine')")


def test_reset_before_the_editor_has_come(reader: Callable[..., Page], link: str) -> None:
    page = reader("/articles/links/")
    sample, held = Sample(page, "tea"), list[Route]()
    page.route("**/codemirror*.js", lambda route: held.append(route), times=1)
    page.goto(link)
    expect(sample.status).to_contain_text("From a link")
    sample.button("Reset").click()
    expect(sample.status).not_to_contain_text("From a link")
    until(page, lambda: bool(held))
    held[0].continue_()
    expect(sample.tag.get_by_role("textbox")).to_contain_text("leaves = 2")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda link: link[:-4], "The link is damaged"),
        (lambda link: link.replace("sum=", "sum=0"), "The link is damaged"),
        (lambda link: link + "A" * 9000, "The edit that the link brings is too long."),
        (lambda link: link.replace("edit=tea", "edit=coffee"), "an edit of a sample that this page does not have"),
        (lambda link: link.replace("edit=tea", "edit=after"), "The link is damaged"),
        (lambda link: link.replace("edit=tea", "edit=fixed"), "a sample that is only to be read"),
        (lambda link: link.split("#")[0] + "#edit=tea", "The link is damaged"),
        (lambda link: link.split("#")[0] + "#edit=%E0%A4%A", "an edit of a sample that this page does not have"),
    ],
)
def test_a_link_that_cannot_be_used_says_so_and_shows_the_authors_code(
    reader: Callable[..., Page], link: str, wrong: Callable[[str], str], said: str
) -> None:
    page = reader(wrong(link))
    told = page.get_by_role("status").filter(has_text=said)
    expect(told).to_have_count(1)
    expect(told).to_have_text(re.compile("The author’s code is shown.$"))
    expect(page.locator("code-sample[edited]")).to_have_count(0)


def test_edits_of_earlier_visits_are_there_where_a_link_is_of_no_use(reader: Callable[..., Page], link: str) -> None:
    page = reader("/articles/links/")
    write(page, Sample(page, "tea"), "print('mine')")
    write(page, Sample(page, "after"), "print('mine as well')")
    page.goto("/articles/")
    page.goto(link[:-4])
    sample = Sample(page, "tea")
    expect(sample.status).to_have_text(re.compile("^The link is damaged.* Your own edit is shown.$"))
    expect(sample.tag.locator("pre code").first).to_have_text("print('mine')")
    expect(Sample(page, "after").tag.locator("pre code").first).to_have_text("print('mine as well')")


def test_where_what_reads_links_does_not_come_the_one_sample_says_so(reader: Callable[..., Page], link: str) -> None:
    page = reader("/articles/links/")
    page.route("**/later.py", lambda route: route.abort())
    page.reload()
    expect(page.locator("code-sample:not([live])")).to_have_count(0)
    said, every = "A part of Readerly could not be fetched", page.get_by_role("status")
    page.goto(link)  # of the page that is open: only the fragment changes
    expect(Sample(page, "tea").status).to_contain_text(said)
    expect(every.filter(has_text=said)).to_have_count(1)
    page.goto(link.replace("edit=tea", "edit=after"))
    expect(Sample(page, "after").status).to_contain_text(said)
    expect(every.filter(has_text=said)).to_have_count(2)
    expect(page.locator("[data-part=failed]")).to_have_count(0)
    page.unroute("**/later.py")
    page.goto(link)
    expect(Sample(page, "tea").tag.get_by_role("textbox")).to_contain_text("leaves = 3")


def test_a_tag_written_by_hand_has_links_by_its_id(reader: Callable[..., Page]) -> None:
    page = reader("/articles/links/", COPIED)
    sample = Sample(page, "by hand")
    write(page, sample, "print('é, 茶')")
    sample.button("Link").click()
    expect(sample.status).to_have_text("Link to your edit copied")
    address = page.evaluate("copied[0]")
    other = reader(address[address.index("/articles") :])
    expect(Sample(other, "by hand").tag.get_by_role("textbox")).to_have_text("print('é, 茶')")
    assert parse_qs(address.split("#")[1])["edit"] == ["by-hand"]


def test_an_edit_that_is_too_long_says_so(reader: Callable[..., Page]) -> None:
    page = reader("/articles/links/", COPIED)
    sample = Sample(page, "tea")
    write(page, sample, "x = 1  # ")
    # At once, as by pasting: Firefox's driver would press 20,000 keys, which takes minutes.
    page.evaluate("(text) => document.execCommand('insertText', false, text)", "long " * 4001)
    sample.button("Link").click()
    expect(sample.status).to_have_text("This edit is too long for a link; Copy takes it as text")
    assert page.evaluate("copied") == []


def test_a_link_that_cannot_be_copied_stands_in_the_page(reader: Callable[..., Page]) -> None:
    page = reader("/articles/links/", "if (self.navigator.clipboard) navigator.clipboard.writeText = undefined;")
    sample = Sample(page, "tea")
    write(page, sample, "print('mine')")
    sample.button("Link").click()
    shown = sample.tag.get_by_role("link", name="Link to your edit")
    expect(shown).to_have_attribute("href", re.compile("#edit=tea&of="))
