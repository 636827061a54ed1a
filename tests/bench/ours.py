"""What only our own page is asked."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Route, ViewportSize

from .book import Reading
from .playwright_visit import PlaywrightVisit
from .subjects import ESSAY, READERLY, insert
from .visit import Visit

WATCHED = 3
"""Seconds for which the page is watched while a sample runs without end."""

FLOOD = "for number in range(200_000):\n    print('line', number)\n"

PHONE = ViewportSize(width=360, height=740)
"""CSS pixels of a small phone's window."""

MANY, SHOWN = 12_345, "12K views"
"""Views and hearts of a page that many have read: more digits than the build could know of; and the views as shown."""

FRAMES = ("last_tag", "idle_frame", "loop_frame", "loop_task", "flood_frame", "flood_task")
SHIFT = ("shift",)


def frames(visit: Visit) -> Iterator[Reading]:
    """Watch the page while it rests, while a sample loops for ever, and while one floods its output."""
    READERLY.open(visit)
    visit.settle()
    yield Reading("last_tag", visit.see("lastTag"))
    visit.run(READERLY.sample)
    visit.wait_for(READERLY.sample.ended)
    yield Reading("idle_frame", watched(visit)[0])
    loop = READERLY.endless(visit)
    visit.run(loop)
    frame, task = watched(visit)
    yield Reading("loop_frame", frame)
    yield Reading("loop_task", task)
    visit.stop(loop)
    flood = insert(visit, "bench flood", FLOOD)
    visit.call("(status) => bench.awaitText(status, 'Finished in')", f"{flood.whole} [role=status]")
    with visit.told("text"):
        visit.see("watchFrames()")
        visit.run(flood)
    yield Reading("flood_frame", visit.see("longestFrame()"))
    yield Reading("flood_task", visit.see("longestTask()"))


def phone(visit: Visit) -> Iterator[Reading]:
    """Open the essay of which many have read, in a small window."""
    assert isinstance(visit, PlaywrightVisit)

    def pages(route: Route) -> None:
        facts = {"hearts": MANY, "hearted": False, "views": MANY, "comments": 0}
        asked = parse_qs(urlsplit(route.request.url).query)["path"]
        route.fulfill(body=json.dumps({"pages": dict.fromkeys(asked, facts)}), content_type="application/json")

    def view(route: Route) -> None:
        route.fulfill(body=json.dumps({"views": MANY}), content_type="application/json")

    visit.page.set_viewport_size(PHONE)
    visit.page.route("**/api/pages?*", pages)
    visit.page.route("**/api/view?*", view)
    visit.open(ESSAY)
    visit.settle()
    visit.page.get_by_role("button", name=SHOWN).wait_for()
    yield Reading("shift", visit.see("layoutShift()"))


def watched(visit: Visit) -> tuple[float, float]:
    """Watch the page for a while: return its longest time between frames, and its longest task (0: none over 50 ms)."""
    visit.see("watchFrames()")
    visit.pause(WATCHED)
    return visit.see("longestFrame()"), visit.see("longestTask()")
