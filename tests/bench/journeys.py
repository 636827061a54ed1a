"""What a reader does on each of the pages, and what is read off on the way."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

from ..browser.weight import render_blocking
from . import peer_pages
from .book import Reading
from .visit import Visit, visit

ESSAY = "/articles/what-python-can-do-from-here/"
WATCHED = 3_000
"""Milliseconds for which the page is watched while a sample runs without end."""

LOOP = "print('looping')\nwhile True:\n    pass\n"
FLOOD = "for number in range(200_000):\n    print('line', number)\n"

READERLY = (
    "readerly.bodies",
    "readerly.headers",
    "readerly.requests",
    "readerly.other_hosts",
    "readerly.render_blocking",
    "readerly.live",
    "readerly.last_tag",
    "readerly.shift",
    "readerly.first_run",
    "readerly.first_run_task",
    "readerly.first_run_shift",
    "readerly.second_run",
    "readerly.idle_frame",
    "readerly.loop_frame",
    "readerly.loop_task",
    "readerly.flood_frame",
    "readerly.flood_task",
)
BARE = ("bare.bodies", "bare.requests", "bare.other_hosts", "bare.live")
PLAIN = ("plain.live",)
EDITOR = ("editor.other_hosts", "editor.first_run", "editor.second_run")

INSERT = """([label, source]) => {
    const tag = document.createElement("code-sample"), pre = document.createElement("pre");
    tag.setAttribute("label", label);
    pre.textContent = source;
    tag.append(pre);
    document.querySelector("article code-sample").after(tag);
}"""


def readerly(browser: Browser, url: str) -> Iterator[Reading]:
    """Read the essay, run its first sample twice, then a sample that loops for ever and one that floods."""
    with visit(browser, url) as reader:
        page = reader.page
        reader.open(ESSAY)
        reader.weight.settle(page)
        yield "readerly.bodies", sum(reader.weight.bodies().values())
        yield "readerly.headers", sum(reader.weight.headers().values())
        yield "readerly.requests", len(reader.weight.urls)
        yield "readerly.other_hosts", others(reader, url)
        yield "readerly.render_blocking", len(render_blocking(page))
        yield "readerly.live", reader.see("live")
        yield "readerly.last_tag", reader.see("lastTag")
        yield "readerly.shift", reader.see("layoutShift()")
        sample = page.locator("code-sample").first
        yield "readerly.first_run", run(reader, sample)
        yield "readerly.first_run_task", reader.see("longestTask()")
        sample.get_by_role("button", name="Stop", disabled=True).wait_for()
        yield "readerly.first_run_shift", reader.see("layoutShift()")
        yield "readerly.second_run", run(reader, sample)
        sample.get_by_role("button", name="Stop", disabled=True).wait_for()
        yield "readerly.idle_frame", watched(reader)[0]
        loop = insert(page, "bench loop", LOOP)
        run(reader, loop)
        frame, task = watched(reader)
        yield "readerly.loop_frame", frame
        yield "readerly.loop_task", task
        loop.get_by_role("button", name="Stop").click()
        flood = insert(page, "bench flood", FLOOD)
        with reader.until(flood.get_by_role("status"), "Finished in"):
            page.evaluate("bench.watchFrames()")
            run(reader, flood)
        yield "readerly.flood_frame", page.evaluate("bench.longestFrame()")
        yield "readerly.flood_task", reader.see("longestTask()")


def bare(browser: Browser, url: str) -> Iterator[Reading]:
    """Wait for the first line of Python on the smallest PyScript page."""
    with visit(browser, url) as reader:
        reader.open(peer_pages.BARE)
        reader.weight.settle(reader.page)
        yield "bare.bodies", sum(reader.weight.bodies().values())
        yield "bare.requests", len(reader.weight.urls)
        yield "bare.other_hosts", others(reader, url)
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
        yield "editor.other_hosts", others(reader, url)
        yield "editor.first_run", first
        page.locator(".py-editor-run-button:not(.running)").wait_for()
        yield "editor.second_run", reader.run(button, output)


JOURNEYS = ((READERLY, readerly), (BARE, bare), (PLAIN, plain), (EDITOR, editor))
"""What is done in one round, in order: the series that a journey gives, and the journey."""

NAMES = [name for names, _ in JOURNEYS for name in names]


def run(reader: Visit, sample: Locator) -> float:
    """Click on Run of one of our samples and return the milliseconds to its first output."""
    output = sample.get_by_role("log", name="Output", include_hidden=True)
    return reader.run(sample.get_by_role("button", name="Run"), output)


def watched(reader: Visit) -> tuple[float, float]:
    """Watch the page for a while: return its longest time between frames, and its longest task (0: none over 50 ms)."""
    reader.page.evaluate("bench.watchFrames()")
    reader.page.wait_for_timeout(WATCHED)
    return reader.page.evaluate("bench.longestFrame()"), reader.see("longestTask()")


def insert(page: Page, label: str, source: str) -> Locator:
    """Put one more sample into the page and wait until it is taken over."""
    page.evaluate(INSERT, [label, source])
    sample = page.locator(f"code-sample[label='{label}'][live]")
    sample.wait_for()
    return sample


def others(reader: Visit, url: str) -> int:
    """Return how many hosts were asked that are not the page's own."""
    return len(reader.weight.hosts - {urlsplit(url).netloc})
