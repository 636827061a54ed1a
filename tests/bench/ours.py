"""What a reader of our own page does, and what is read off on the way."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Locator, Page, Route

from ..browser.weight import render_blocking
from .book import Reading
from .visit import Visit, visit

ESSAY = "/articles/what-python-can-do-from-here/"
WATCHED = 3_000
"""Milliseconds for which the page is watched while a sample runs without end."""

LOOP = "print('looping')\nwhile True:\n    pass\n"
FLOOD = "for number in range(200_000):\n    print('line', number)\n"

PHONE = {"width": 360, "height": 740}
"""CSS pixels of a small phone's window."""

MANY = 12_345
"""Views and hearts of a page that many have read: more digits than the build could know of."""

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
        yield "readerly.other_hosts", reader.other_hosts
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


def phone(browser: Browser, url: str) -> Iterator[Reading]:
    """Open the essay of which many have read, in a small window."""

    def pages(route: Route) -> None:
        facts = {"hearts": MANY, "hearted": False, "views": MANY, "comments": 0}
        asked = parse_qs(urlsplit(route.request.url).query)["path"]
        route.fulfill(body=json.dumps({"pages": dict.fromkeys(asked, facts)}), content_type="application/json")

    def view(route: Route) -> None:
        route.fulfill(body=json.dumps({"views": MANY}), content_type="application/json")

    with visit(browser, url, viewport=PHONE) as reader:
        reader.page.route("**/api/pages?*", pages)
        reader.page.route("**/api/view?*", view)
        reader.open(ESSAY)
        reader.weight.settle(reader.page)
        reader.page.get_by_text(f"{MANY:,} views").wait_for()
        yield "phone.shift", reader.see("layoutShift()")


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
