"""`<read-time>`: minutes before reading, minutes left while reading, and then it is finished."""

import re

from playwright.sync_api import Page, expect


def minutes(text: str) -> int:
    return int(re.findall(r"\d+", text)[0])


def test_build_and_page_say_the_same(page: Page) -> None:
    """The number that stands in the HTML is the one Python counts in the page."""
    for path in ("/articles/long/", "/articles/samples/"):
        page.goto(path)
        tag = page.locator(".meta read-time")
        response = page.request.get(path)
        built = re.search(r"(\d+) min read</read-time>", response.text())
        assert built
        expect(tag).to_have_attribute("data-phase", "before")
        expect(tag).to_have_text(f"{built[1]} min read")


def test_time_left_falls_while_scrolling_and_ends(page: Page) -> None:
    page.goto("/articles/long/")
    tag = page.locator(".meta read-time")
    expect(tag).to_have_attribute("data-phase", "before")
    whole = minutes(tag.inner_text())
    assert whole >= 5
    seen: list[int] = []
    for part in (0.25, 0.5, 0.75):
        page.evaluate(f"scrollTo(0, {part} * (document.body.scrollHeight - innerHeight))")
        expect(tag).to_have_text(re.compile(rf"^(?!{seen[-1] if seen else 'x'} )\d+ min left$"))
        seen.append(minutes(tag.inner_text()))
    assert whole > seen[0] > seen[1] > seen[2] > 0
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(tag).to_have_text("Finished")


def test_time_left_stays_in_view(page: Page) -> None:
    """The one in the corner is not there before reading, and there while reading."""
    page.goto("/articles/long/")
    corner = page.locator("read-time[sticky]")
    expect(corner).to_be_hidden()
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 1500)
    expect(corner).to_be_in_viewport()
    expect(corner).to_have_text(re.compile(r"^\d+ min left$"))


def test_several_on_one_page_and_one_inserted_later(page: Page) -> None:
    page.goto("/articles/long/")
    whole = page.locator(".meta read-time").inner_text()
    page.evaluate("""() => {
        const tag = document.createElement("read-time");
        tag.setAttribute("for", "article");
        tag.id = "later";
        document.querySelector("article header").append(tag);
    }""")
    expect(page.locator("#later")).to_have_text(whole)
