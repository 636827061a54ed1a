"""`<read-time>`: minutes before reading, minutes left while reading, and then it is finished."""

import csv
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect


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


def places(page: Page) -> tuple[float, float]:
    """Return top and height of the article in the document, in CSS pixels."""
    top, height = page.evaluate(
        "() => { const box = document.querySelector('#article').getBoundingClientRect(); "
        "return [box.top + scrollY, box.height]; }"
    )
    return top, height


def look_at(page: Page, part: float) -> None:
    """Scroll so that `part` (0 to 1) of the article is in the middle of the window; wait until the page noticed.

    That is in the frame after the time between two looks, of which a reader who scrolls has one in 100 ms.
    """
    top, height = places(page)
    page.evaluate(
        """y => new Promise(done => {
            const frame = () => requestAnimationFrame(() => requestAnimationFrame(done));
            const noticed = () => setTimeout(frame, 100), before = scrollY;
            document.addEventListener("scroll", noticed, {once: true});
            scrollTo({top: y, behavior: "instant"});
            if (scrollY === before) noticed();
        })""",
        top + part * height - page.viewport_size["height"] / 2,  # pyright: ignore[reportOptionalSubscript]
    )


def read_all(page: Page, words_a_minute: float, words: int = 1560) -> None:
    """Read an article of so many words at a steady pace, with the clock wound forward."""
    steps = 40
    for step in range(1, steps):
        look_at(page, step / steps)
        page.clock.fast_forward(round(60_000 * words / words_a_minute / steps))
    look_at(page, 1)


def opened(page: Page, path: str = "/articles/long/") -> Any:
    """Open an article under a clock that can be wound; return its `<read-time>` once it is counted."""
    page.clock.install()
    page.goto(path)
    tag = page.locator(".meta read-time")
    expect(tag).to_have_attribute("data-phase", re.compile("before|reading"))
    return tag


def remembered(page: Page) -> dict[str, Any]:
    """Leave the page and return what the browser keeps of the reading."""
    page.goto("/")
    kept = page.evaluate("() => Object.entries(localStorage)")
    return {key: json.loads(value) for key, value in kept if key in ("readerly:pace", "readerly:places")}


LOG = json.loads((Path(__file__).parent / "scroll_log.json").read_text(encoding="utf-8"))["events"]


def test_what_a_reader_sees_on_their_way(page: Page) -> None:
    """A reader's log, replayed: the number goes down, an absence changes nothing, and what they look at is believed."""
    tag = opened(page)
    whole = minutes(tag.inner_text())
    shown: list[tuple[float, float, int]] = []
    at = 0.0
    for seconds, part in LOG:
        page.clock.fast_forward(round((seconds - at) * 1000))
        at = seconds
        look_at(page, part)
        expect(tag).to_have_text(re.compile(r"min left$|less than a minute left" + "|Finished" * (part > 0.9)))
        text = tag.inner_text()
        shown.append((seconds, part, minutes(text) if "min " in text else 0))
    expect(tag).to_have_text("Finished")
    ahead = [left for _, part, left in shown if part == 0.8]
    assert ahead
    assert ahead[0] <= 2
    on_the_way = [left for _, part, left in shown if part != 0.8]
    rises = sum(max(0, after - before) for before, after in pairwise(on_the_way))
    assert rises <= 2  # one for learning that the reader is slower, one for the paragraph read again
    away = next(place for place, (seconds, _, _) in enumerate(shown) if place and seconds - shown[place - 1][0] >= 600)
    assert abs(shown[away][2] - shown[away - 1][2]) <= 1
    assert whole - 1 <= on_the_way[0] <= whole + 1
    last = [left for seconds, part, left in shown if part > 0.85]
    assert max(last) <= 2


SHARED = Path(__file__).parents[3] / "shared/reading-times"


@pytest.mark.skipif(not (SHARED / "scroll_positions.csv").is_file(), reason="no recorded readings beside this checkout")
@pytest.mark.parametrize("participant", ["r173", "r438", "r469"])
def test_recorded_readings_of_real_people(page: Page, participant: str) -> None:
    """Real scroll logs: what is shown falls to less than half by the middle, never flickers, and ends in "Finished"."""
    with (SHARED / "scroll_positions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["participant"] == participant]
    with (SHARED / "passages.csv").open(encoding="utf-8") as file:
        words = next(int(row["n_words"]) for row in csv.DictReader(file) if row["passage_id"] == rows[0]["passage_id"])
    tag = opened(page)
    whole, at, shown = minutes(tag.inner_text()), 0.0, [99]
    for row in rows[:-1]:
        page.clock.fast_forward(round((float(row["seconds"]) - at) * 1000))
        at = float(row["seconds"])
        look_at(page, (float(row["top_word"]) + min(words, float(row["bottom_word"]))) / 2 / words)
        text = tag.inner_text()
        shown.append(0 if "less" in text or text == "Finished" else minutes(text))
    assert shown[1] <= whole
    turns = sum(1 for a, b, c in zip(shown[:-2], shown[1:-1], shown[2:], strict=True) if (b - a) * (c - b) < 0)
    assert turns <= 2
    look_at(page, 1)
    expect(tag).to_have_text("Finished")


def test_an_open_tab_that_nobody_reads_changes_nothing(page: Page) -> None:
    tag = opened(page)
    look_at(page, 0.5)
    expect(tag).to_have_text(re.compile("min left"))
    before = tag.inner_text()
    page.clock.fast_forward(3 * 3600 * 1000)
    look_at(page, 0.501)
    expect(tag).to_have_text(before)


def test_the_pace_is_remembered_shown_and_forgotten(page: Page) -> None:
    opened(page)
    pace = page.locator("reading-pace")
    expect(pace).to_have_text("Your reading pace is not known yet.")
    read_all(page, 130)
    assert remembered(page)["readerly:pace"][1] > 0
    page.goto("/articles/long/")
    expect(pace).to_contain_text(re.compile(r"about 1[3-9]\d words per minute"))
    own = page.locator(".meta read-time")  # the median reader takes 7
    expect(own).to_have_text(re.compile(r"^(8|9|1[0-2]) min read$"))
    page.get_by_role("button", name="Forget it").press("Enter")
    expect(pace).to_have_text("Your reading pace is forgotten.")
    look_at(page, 0.5)
    assert remembered(page) == {}


@pytest.mark.parametrize("signal", ["doNotTrack: {value: '1'}", "globalPrivacyControl: {value: true}"])
def test_who_asks_not_to_be_tracked_is_not_remembered(page: Page, signal: str) -> None:
    page.add_init_script(f"Object.defineProperties(Navigator.prototype, {{{signal}}})")
    opened(page)
    expect(page.locator("reading-pace")).to_contain_text("asks not to be tracked")
    read_all(page, 200)
    assert remembered(page) == {}


def test_nothing_is_remembered_where_no_control_shows_it(page: Page) -> None:
    opened(page)
    page.evaluate("document.querySelector('reading-pace').remove()")
    read_all(page, 200)
    assert remembered(page) == {}


def test_a_damaged_memory_does_no_harm(page: Page) -> None:
    page.add_init_script(
        "localStorage.setItem('readerly:pace', '{\"a\": [1'); localStorage.setItem('readerly:places', '[[1], 2, null]')"
    )
    expect(opened(page)).to_have_text("7 min read")
    expect(page.locator("reading-pace")).to_contain_text("not known yet")


def leave_in_the_middle(page: Page) -> None:
    opened(page)
    for step in range(1, 13):
        look_at(page, step / 24)
        page.clock.fast_forward(16_000)
    page.goto("/")


def test_a_reader_who_returns_is_offered_to_go_on(page: Page) -> None:
    leave_in_the_middle(page)
    page.goto("/articles/long/")
    offer = page.get_by_role("button", name=re.compile(r"^Continue where you were \(\d min left\)$"))
    expect(offer).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0  # nobody is moved against their will
    offer.press("Enter")
    expect(page.locator(".meta read-time")).to_have_text(re.compile(r"^[34] min left$"))
    expect(offer).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('#article') !== null")


def test_the_offer_can_be_refused_and_ignored(page: Page) -> None:
    leave_in_the_middle(page)
    page.goto("/articles/long/")
    offer = page.get_by_role("button", name=re.compile("^Continue"))
    offer.focus()
    page.keyboard.press("Escape")
    expect(offer).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Not now").click()
    expect(offer).to_have_count(0)
    page.reload()
    expect(page.locator(".meta read-time")).to_have_attribute("data-phase", "before")
    expect(offer).to_have_count(0)


def test_no_offer_to_who_comes_for_a_heading(page: Page) -> None:
    leave_in_the_middle(page)
    page.goto("/articles/long/#hearts")
    expect(page.locator(".meta read-time")).to_have_attribute("data-phase", re.compile("reading|finished"))
    expect(page.get_by_role("button", name=re.compile("^Continue"))).to_have_count(0)


def test_a_bar_shows_the_progress_in_tenths(page: Page) -> None:
    opened(page)
    bar = page.get_by_role("progressbar", name="Reading progress")
    look_at(page, 0.5)
    expect(bar).to_have_attribute("aria-valuenow", re.compile("[45]0"))
    look_at(page, 1)
    expect(bar).to_have_attribute("aria-valuenow", "100")
    page.wait_for_function("""() => {
        const bar = document.querySelector("[data-part=progress]").getBoundingClientRect();
        return Math.abs(bar.width - document.documentElement.getBoundingClientRect().width) < 1;
    }""")


def test_who_scrolls_is_looked_at_ten_times_a_second(page: Page) -> None:
    """A look takes a part of each frame from a slow processor; a frame without one has no Python in it."""
    opened(page)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.evaluate("""() => {
        window.looks = 0;
        new MutationObserver((all) => { looks += all.length; })
            .observe(document.querySelector(".meta read-time"), { attributeFilter: ["data-phase"] });
    }""")
    for _frame in range(6):
        page.evaluate("document.dispatchEvent(new Event('scroll'))")
        page.clock.run_for(16)
    assert page.evaluate("looks") <= 1  # what is looked at every five seconds, scrolled or not
    page.clock.run_for(50)
    assert 1 <= page.evaluate("looks") <= 2


def test_the_end_is_announced_once_and_politely(page: Page) -> None:
    opened(page)
    spoken = page.locator("[data-readerly=spoken]")
    expect(spoken).to_have_role("status")
    look_at(page, 0.3)
    expect(page.locator(".meta read-time")).to_have_text(re.compile("min left"))
    expect(spoken).to_be_empty()
    look_at(page, 1)
    expect(spoken).to_have_text("Finished")


def insert(page: Page, attributes: dict[str, str], language: str = "en") -> Any:
    """Put a paragraph with a `<read-time>` into the article's header; return a locator of the tag."""
    page.evaluate(
        """([language, attributes]) => {
            const line = document.createElement("p"), tag = document.createElement("read-time");
            line.lang = language;
            for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
            tag.textContent = "A while";
            line.append(tag);
            document.querySelector("article header").append(line);
        }""",
        [language, {"for": "article", **attributes}],
    )
    return page.locator("article header > p:last-child read-time")


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ({"minutes": "9"}, "9 min read"),
        ({"minutes": "9", "range": ""}, "7–11 min read"),
        ({"range": ""}, "6–9 min read"),
        ({"words": ""}, r"1,\d{3} words"),
        ({"label": "A walk of {minutes} minutes, {words} steps"}, r"A walk of 7 minutes, 1,\d{3} steps"),
        ({"minutes": "30", "page": "/articles/other/"}, "30 min read"),
    ],
)
def test_an_author_can_override_what_is_shown(page: Page, attributes: dict[str, str], text: str) -> None:
    page.route("**/articles/long/", without_its_own_tags)
    page.goto("/articles/long/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(insert(page, attributes)).to_have_text(re.compile(f"^{text}$"))


def without_its_own_tags(route: Route) -> None:
    """Answer with the page, its own `<read-time>` tags taken away."""
    response = route.fetch()
    route.fulfill(response=response, body=re.sub(r"<read-time.*?</read-time>", "", response.text()))


def test_minutes_that_are_no_number_are_refused_inside_the_tag(page: Page) -> None:
    page.goto("/articles/long/")
    tag = insert(page, {"minutes": "soon"})
    expect(tag).to_contain_text("A while")
    expect(tag.locator("[data-part=failed]")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "before", "left"),
    [
        ("de", r"7 Min\. Lesezeit", r"noch \d Min\."),
        ("fr-CA", "7 min de lecture", r"encore \d min"),
        ("ru", "7 мин чтения", r"осталось \d мин"),
        ("he", "7 דקות קריאה", r"נותרו \d דקות"),
        ("ar", "7 دقائق للقراءة", r"بقيت \d دقائق"),
        ("ja", "7分で読めます", r"残り\d分"),
        ("xx", "7 min read", r"\d min left"),
    ],
)
def test_the_text_is_in_the_language_around_the_tag(page: Page, language: str, before: str, left: str) -> None:
    page.goto("/articles/long/")
    expect(page.locator(".meta read-time")).to_have_attribute("data-phase", "before")
    tag = insert(page, {}, language)
    expect(tag).to_have_text(re.compile(f"^({before})$"))
    look_at(page, 0.4)
    expect(tag).to_have_text(re.compile(f"^({left})$"))


def test_a_layout_that_changes_changes_no_number(page: Page) -> None:
    """Larger letters, a picture that comes late, a narrower window: the same words are in view, the same is left."""
    tag = opened(page)
    look_at(page, 0.5)
    expect(tag).to_have_text(re.compile(r"^[34] min left$"))
    before = minutes(tag.inner_text())
    page.evaluate("document.querySelector('#article').style.fontSize = '200%'")
    page.evaluate("document.querySelector('#article p:nth-child(12)').scrollIntoView({block: 'center'})")
    expect(tag).to_have_text(re.compile(rf"^[{before - 1}{before}{before + 1}] min left$"))
    page.evaluate("""() => {
        const late = document.createElement("div");
        late.style.height = "4000px";
        document.querySelector("#article").prepend(late);
    }""")
    page.evaluate("document.querySelector('#article p:nth-of-type(12)').scrollIntoView({block: 'center'})")
    expect(tag).to_have_text(re.compile(rf"^[{before - 1}{before}{before + 1}] min left$"))


def test_going_back_to_the_page_goes_on(page: Page, browser_name: str) -> None:
    if browser_name == "firefox":
        pytest.skip("Firefox's driver waits for ever for a page that comes out of the back/forward cache")
    tag = opened(page)
    look_at(page, 0.5)
    expect(tag).to_have_text(re.compile(r"^[34] min left$"))
    page.goto("/")
    page.go_back()
    expect(tag).to_have_text(re.compile(r"^[34] min left$"))


def test_a_page_that_comes_out_of_the_cache_goes_on_where_it_was(page: Page) -> None:
    tag = opened(page)
    look_at(page, 0.58)
    expect(tag).to_have_text(re.compile(r"^3 min left$"))
    before = tag.inner_text()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    page.clock.fast_forward(3_600_000)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    look_at(page, 0.585)
    expect(tag).to_have_text(before)
    look_at(page, 1)
    expect(tag).to_have_text("Finished")


def test_who_wants_no_motion_is_moved_at_once(page: Page) -> None:
    leave_in_the_middle(page)
    page.goto("/articles/long/")
    page.evaluate("""() => {
        const move = window.scrollTo.bind(window);
        window.matchMedia = (query) => ({matches: query.includes("reduce")});  // Firefox's driver does not emulate it
        window.scrollTo = (where) => { window.moved = where.behavior; move(where); };
    }""")
    page.get_by_role("button", name=re.compile("^Continue")).click()
    expect(page.locator(".meta read-time")).to_have_text(re.compile("min left"))
    assert page.evaluate("window.moved") == "instant"


def test_an_article_that_is_inserted_later_is_followed_too(page: Page) -> None:
    page.goto("/articles/samples/")
    expect(page.locator(".meta read-time")).to_have_attribute("data-phase", "before")
    page.evaluate("""() => {
        const article = document.createElement("article"), tag = document.createElement("read-time");
        article.id = "later";
        article.append(tag);
        for (let number = 0; number < 60; number++) {
            const paragraph = document.createElement("p");
            paragraph.textContent = "Words that nobody has to read. ".repeat(12);
            article.append(paragraph);
        }
        document.querySelector("main").prepend(article);
    }""")
    tag = page.locator("#later read-time")
    expect(tag).to_have_text("18 min read")
    page.evaluate("document.querySelector('#later p:nth-of-type(40)').scrollIntoView()")
    expect(tag).to_have_text(re.compile("^[456] min left$"))


def test_the_page_goes_on_while_a_very_long_article_is_counted(page: Page) -> None:
    """50,000 words are counted in slices: between them the page has its turn, which ticks count here, not time."""
    page.goto("/articles/samples/")
    expect(page.locator(".meta read-time")).to_have_attribute("data-phase", "before")
    ticks = page.evaluate("""() => new Promise((done) => {
        const article = document.createElement("article"), tag = document.createElement("read-time");
        article.append(tag);
        for (let number = 0; number < 1000; number++) {
            const paragraph = document.createElement("p");
            for (let part = 0; part < 5; part++) {
                const marked = document.createElement("em");
                marked.textContent = "with stress ";
                paragraph.append("Eight words that nobody has to read now. ", marked);
            }
            article.append(paragraph);
        }
        let ticks = 0;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            if (tag.dataset.phase) return done(ticks);
            ticks += 1;
            setTimeout(() => port2.postMessage(""));
        };
        document.querySelector("main").prepend(article);
        port2.postMessage("");
    })""")
    expect(page.locator("main > article:first-child > read-time")).to_have_text("210 min read")
    assert ticks > 10


def test_every_tag_of_a_page_in_another_language_speaks_it(page: Page) -> None:
    """One of them fetches the texts, the others wait for the same answer; none of them shows English first."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/locales/" in request.url else None)

    def german(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('<html lang="en">', '<html lang="de">'))

    page.route("**/articles/long/", german)
    page.goto("/articles/long/")
    expect(page.locator("reading-pace")).to_have_text("Ihr Lesetempo ist noch nicht bekannt.")
    expect(page.locator(".meta read-time")).to_have_text("9 Min. Lesezeit")
    expect(page.locator("view-count")).to_have_text(re.compile(r"^\d+ Aufrufe?$"))
    expect(page.locator("hearts-count")).to_have_text(re.compile(r"^\d+ Herz(en)?$"))
    expect(page.locator("hearts-button [data-part=count]")).to_have_text(re.compile(r"^\d+ Herz(en)?$"))
    look_at(page, 0.5)
    expect(page.get_by_role("progressbar", name="Lesefortschritt")).to_be_visible()
    assert len(fetched) == 1
