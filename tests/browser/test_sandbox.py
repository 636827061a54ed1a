"""The sandbox: what sample code tries to reach, it does not reach. `attempts` says for which sentence each is."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from .attempts import (
    BODIES,
    HEARD,
    LEFT,
    LISTEN,
    NETWORK,
    NOT_EVERYWHERE,
    PAGE_ONLY,
    POWERS,
    REACH,
    SENTENCES,
    link,
    script,
)
from .sample import Sample
from .servers import Witness

pytestmark = pytest.mark.both_ways("chromium")

PAGE = "/articles/attempts/"

HELD = 20_000
"""Milliseconds after which a worker that starts another is taken to be held by Firefox's driver.

The driver listens to the workers of every process (its WebDriverWorkerListenerChild), and the constructor of a worker
in a worker may never return then. Firefox 153, each a worker that starts a worker that starts one, beside three busy
loops: 13 of 642 were held under Playwright, none of 4,023 without it. Stop ends them, as a reader would.
"""


def starts(sample: Sample, said: str, browser_name: str) -> Sample:
    """Run a sample that starts workers until it has said something; again, where Firefox's driver has held it."""
    sample.run()
    for _ in range(3 if browser_name == "firefox" else 0):
        try:
            return sample.prints(said, HELD)
        except AssertionError:
            sample.button("Stop").click()
            sample.ends(re.compile("^Stopped")).run()
    return sample.prints(said)


@pytest.fixture
def ordinary() -> Iterator[Witness]:
    """A witness of its own, for what an ordinary page does."""
    server = Witness()
    yield server
    server.stop()


def rows(table: str) -> set[str]:
    """Return the sentences of docs/security.md in the table that begins with those words."""
    text = (Path(__file__).parents[2] / "docs/security.md").read_text(encoding="utf-8")
    found = text.partition(f"| {table} |")[2].partition("\n\n")[0]
    return {line.split("|")[1].strip() for line in found.splitlines()[2:]}


def test_each_sentence_has_its_attempts() -> None:
    assert rows("it cannot") == set(SENTENCES)
    assert rows("it can") == set(POWERS)
    texts = [file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py")]
    known = {*BODIES, *(name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.M))}
    named = {name for names in (*SENTENCES.values(), *POWERS.values()) for name in names}
    assert named <= known
    assert set(BODIES) <= named


@pytest.mark.parametrize("label", ["attempts", "light attempts"])
def test_code_reaches_nothing(reader: Callable[..., Page], witness: Witness, browser_name: str, label: str) -> None:
    """A sample of either engine tries every door; it gets nothing, and a server that listens hears nothing."""
    before = list(witness.asked)
    page = reader(PAGE)
    page.evaluate("async () => {" + LISTEN + "await listening; }")
    sample = starts(Sample(page, label), "^found ", browser_name).ends()
    found = json.loads(sample.output.inner_text().partition("found ")[2])
    assert set(found) == set(BODIES)
    assert [name for name, came in found.items() if came == "REACHED"] == []
    assert page.evaluate("heard") == []
    assert witness.asked == before


def test_the_workers_own_fetch_is_refused(reader: Callable[..., Page], witness: Witness) -> None:
    """By Python's own hands, in the worker it runs in: `js`, `pyodide_js`, `pyodide.http`, urllib."""
    before = list(witness.asked)
    said = Sample(reader(PAGE), "own").run().ends().output.inner_text()
    assert len(re.findall(" refused: ", said)) == 8, said
    assert "REACHED" not in said
    assert "origin null" in said
    assert witness.asked == before


def test_text_is_no_javascript(reader: Callable[..., Page]) -> None:
    said = Sample(reader(PAGE), "own").run().ends().output.inner_text()
    for name in ("run_js", "eval", "Function"):
        assert f"{name} refused: JsException" in said


def tried(where: Page | Frame, witness: Witness, without: Sequence[str] = ()) -> dict[str, str]:
    """Try everything in a document, but for some, and return what came of it; what a server heard of was reached."""
    before = len(witness.asked)
    found: dict[str, str] = where.evaluate(
        "async (without) => { " + script(witness.url) + " return attempts(without); }", list(without)
    )
    heard = [name for name in NETWORK if any(re.fullmatch(f"/{name}\\W?.*", path) for path in witness.asked[before:])]
    return found | dict.fromkeys(heard, "REACHED")


def test_the_same_attempts_succeed_outside(page: Page, ordinary: Witness, browser_name: str) -> None:
    """In an ordinary page, or in a worker of it, each comes through: what is refused everywhere says nothing."""
    page.goto(ordinary.url + "ordinary")
    page.evaluate("async () => {" + LISTEN + "await listening; }")
    found = tried(page, ordinary)
    source = script(ordinary.url) + "attempts().then((found) => postMessage(found));"
    through = """([source, milliseconds]) => new Promise((yes) => {
        const worker = new Worker(URL.createObjectURL(new Blob([source])));
        worker.onmessage = () => yes(true);
        setTimeout(() => { worker.terminate(); yes(false); }, milliseconds);
    })"""
    assert any(page.evaluate(through, [source, HELD]) for _ in range(4 if browser_name == "firefox" else 1))
    heard = {name for name in NETWORK if any(re.match(f"/{name}", path) for path in ordinary.asked)}
    heard |= {str(each) for each in page.evaluate("heard")} & set(HEARD)
    missing = {name: found[name] for name in BODIES if found[name] != "REACHED" and name not in heard}
    absent = () if browser_name == "chromium" else NOT_EVERYWHERE
    assert missing.keys() <= {*PAGE_ONLY, *absent}, missing


def sandbox(page: Page) -> Frame:
    """Return the sandbox's frame, with a sample having run in it."""
    Sample(page, "leaver").run().ends()
    return next(frame for frame in page.frames if frame.url.endswith("/sandbox.html"))


def test_the_frame_opens_nothing(reader: Callable[..., Page], witness: Witness) -> None:
    """Behind the worker's wall stands the frame's: code that were in its document would reach no more."""
    before = list(witness.asked)
    page = reader(PAGE)
    page.evaluate("async () => {" + LISTEN + "await listening; }")
    frame = sandbox(page)
    events: list[Any] = []
    for kind in ("dialog", "download", "popup"):
        page.on(kind, lambda event: events.append(event))  # pyright: ignore[reportCallIssue, reportArgumentType]
    found = tried(frame, witness, without=LEFT)
    assert found.keys() == BODIES.keys() - set(LEFT)
    assert [name for name, came in found.items() if came == "REACHED"] == []
    frame.evaluate("() => { for (const ask of [alert, confirm, prompt]) try { ask('taken'); } catch {} }")
    frame.evaluate(
        "() => { const a = document.createElement('a'); a.href = 'data:text/plain,x'; a.download = 'x'; a.click(); }"
    )
    frame.evaluate("(at) => { try { top.location.href = at; } catch {} }", witness.url + "top")
    frame.evaluate("() => new Promise((yes) => setTimeout(yes, 300))")
    assert frame.evaluate("self.origin") == "null"
    frame.evaluate("(at) => { setTimeout(() => { location.href = at; }); }", witness.url + "away")
    page.evaluate("() => new Promise((yes) => setTimeout(yes, 300))")
    assert events == []
    assert page.evaluate("heard") == []
    assert witness.asked == before
    assert page.locator("iframe[src$='sandbox.html']").get_attribute("sandbox") == "allow-scripts"


def test_the_page_stays_where_it_is(reader: Callable[..., Page], witness: Witness) -> None:
    page = reader(PAGE)
    address = page.url
    frame = sandbox(page)
    frame.evaluate(
        "(at) => { try { top.location = at; } catch {} try { parent.location.replace(at); } catch {} }", witness.url
    )
    Sample(page, "leaver").run().ends()
    assert page.url == address


def test_the_service_is_not_asked(reader: Callable[..., Page], browser_name: str) -> None:
    """Nothing that a sample does becomes a request to the page's service."""
    page = reader(PAGE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    starts(Sample(page, "attempts"), "^found ", browser_name).ends()
    Sample(page, "forger").run().ends()
    # What the page's own widgets ask is a view, and what the counts are.
    assert [each for each in asked if "/api/" in each and not re.search("/api/(view|pages|events|reader)", each)] == []
    assert [each for each in asked if "/api/" in each and "path=" in each and "attempts" not in each] == []


def test_forged_messages_decide_nothing(reader: Callable[..., Page], witness: Witness) -> None:
    """A sample that takes the runner's voice says strange things: they are shown as text, or nothing."""
    before = list(witness.asked)
    page = reader(PAGE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sample = Sample(page, "forger").run().ends()
    expect(sample.output).to_contain_text("<img src=")
    expect(sample.output).to_contain_text("spoken")
    assert page.locator("code-sample img").count() == 0
    assert errors == []
    assert witness.asked == before
    Sample(page, "leaver").run().ends().prints("left")


def test_forged_needs_fetch_nothing(reader: Callable[..., Page], witness: Witness) -> None:
    page = reader(PAGE)
    Sample(page, "leaver").run().ends()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    Sample(page, "forger").run().ends().prints("spoken")
    assert [url for url in asked if url.endswith(("path=/", "pages.json")) or url.startswith(witness.url)] == []


def test_forged_questions_ask_nothing(reader: Callable[..., Page], witness: Witness) -> None:
    """A sample that asks the page past its runner is held against the attribute too; a request may be anything."""
    before = list(witness.asked)
    page = reader(PAGE)
    Sample(page, "leaver").run().ends()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    Sample(page, "forger").run().ends().prints("spoken")
    Sample(page, "leaver").run().ends().prints("left")
    assert [url for url in asked if "asked-for" in url] == []
    assert witness.asked == before


def test_nothing_of_kept_edits_gets_in(reader: Callable[..., Page]) -> None:
    """What runs is told its own source and nothing of what the reader keeps; and it cannot keep anything there."""
    page = reader(PAGE)
    Sample(page, "leaver").run().ends()
    kept = '{"/articles/other/": {"sample-1": [1, 2, 3, "a kept secret"]}}'
    page.evaluate("(kept) => localStorage.setItem('readerly:edits', kept)", kept)
    Sample(page, "searcher").run().ends().prints("found 0")
    assert page.evaluate("localStorage.getItem('readerly:edits')") == kept


def test_a_sample_can_what_the_table_says(reader: Callable[..., Page]) -> None:
    Sample(reader(PAGE), "able").run().prints("^library 3.5\nfiles kept").ends()


def test_a_sample_starts_workers(reader: Callable[..., Page], browser_name: str) -> None:
    starts(Sample(reader(PAGE), "starter"), "^worker 42", browser_name).ends()


def test_messages_to_the_frame_are_not_heard(reader: Callable[..., Page]) -> None:
    """What a worker posts to its frame is nobody's word: it starts no worker and ends none."""
    page = reader(PAGE)
    Sample(page, "forger").run().ends().prints("spoken")
    expect(page.locator("code-sample").get_by_text("Python could not be compiled")).to_have_count(0)
    expect(page.locator("code-sample").get_by_text("Python stopped working")).to_have_count(0)


@pytest.mark.only_browser("chromium")  # in others a sample may say less in a second than ends it, and the page goes on
def test_a_flood_of_messages_ends_the_run(reader: Callable[..., Page]) -> None:
    page = reader(PAGE)
    flooder = Sample(page, "flooder").run()
    flooder.ends(re.compile("It said more than a page can take in"))
    assert len(flooder.output.inner_text()) < 1_000_000
    Sample(page, "leaver").run().ends().prints("left")


def test_another_sample_finds_nothing(reader: Callable[..., Page]) -> None:
    """Names in builtins, sys, modules and JavaScript's globals, and files: an interpreter serves one session only."""
    page = reader(PAGE)
    Sample(page, "leaver").run().ends().prints("left")
    Sample(page, "finder").run().ends().prints("found False")
    Sample(page, "leaver").run().ends().prints("left")


def test_stop_ends_workers_of_the_sample_too(reader: Callable[..., Page], witness: Witness, browser_name: str) -> None:
    page = reader(PAGE)
    before = list(witness.asked)
    sample = starts(Sample(page, "outliver"), "started", browser_name)
    assert any("data:" in worker.url for worker in page.workers) or not page.workers
    sample.button("Stop").click()
    sample.ends(re.compile("^Stopped"))
    Sample(page, "leaver").run().ends().prints("left")
    assert witness.asked == before


def test_the_page_answers_while_a_sample_loops(reader: Callable[..., Page], browser_name: str) -> None:
    page = reader(PAGE)
    sample = starts(Sample(page, "outliver"), "started", browser_name)
    heart = page.get_by_role("button", name="Heart").first
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    sample.button("Stop").click()
    sample.ends(re.compile("^Stopped"))


def test_every_attempt_has_one_way_to_succeed() -> None:
    assert not set(NETWORK) & set(REACH)
    assert not set(HEARD) & {*NETWORK, *REACH}


def test_what_a_link_brings_does_not_run_by_itself(page: Page) -> None:
    """Neither at once, nor ahead of a later sample of its session; and it is text wherever it is shown."""
    source = "print('LINKED')\nminutes = 1\n# <img src=x onerror=alert(1)>"
    page.goto("/articles/links/" + link("tea", source))
    tea, after = Sample(page, "tea"), Sample(page, "after")
    expect(tea.status).to_contain_text("From a link, not run yet")
    expect(tea.tag).to_contain_text("It was made of another version of this sample.")
    expect(tea.tag.get_by_label("Changes")).to_contain_text("<img src=x")
    after.run().prints("after 4").ends(re.compile("^Finished"))
    expect(tea.output).to_be_hidden()
    expect(page.get_by_role("log").filter(has_text="LINKED")).to_have_count(0)
    assert page.evaluate("document.querySelectorAll('code-sample img').length") == 0
    tea.run().prints("LINKED")  # so that it could have run


def test_a_link_that_bursts_is_refused(page: Page) -> None:
    page.goto("/articles/links/" + link("tea", "x" * 5_000_000))
    expect(Sample(page, "tea").status).to_contain_text("The author’s code is shown.")
