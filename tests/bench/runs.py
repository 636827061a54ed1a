"""Journeys of a reader who runs a sample; they go the same way on every page and in every browser."""

from collections.abc import Callable, Iterator

from ..browser.weight import render_blocking
from .book import Reading
from .playwright_visit import PlaywrightVisit
from .subjects import Subject
from .visit import Visit

Journey = Callable[[Visit], Iterator[Reading]]
"""What a reader does in one visit; yields what is measured, each as soon as it is known."""

INTENT = 2.0
"""Seconds that the mouse is over a sample before the click of a reader who has shown intent."""

SEEN = 1.0
"""Seconds after which a reader has seen that a loop does not end."""

RUNS = ("live", "first_run", "return_live", "return_run", "second_run")
STOP = ("stop_at_once", "stop_at_once_run", "stop_later", "stop_later_run")
WARMED = ("warmed_run",)
WEIGHT = ("bodies", "headers", "requests", "other_hosts", "render_blocking")
TASKS = ("blocking", "longest_task", "shift")
FIRST_RUN = ("first_run_task", "first_run_shift")


def runs(subject: Subject, *, stop: bool = False, tasks: bool = False) -> Journey:
    """Run the page's sample; come back with a warm cache and run it twice; if it is to `stop`, end a loop
    as soon as that has begun, go on, and end it once more after a second.

    Only Chromium tells of the page's `tasks`.
    """

    def journey(visit: Visit) -> Iterator[Reading]:
        arrive(visit, subject)
        yield Reading("live", visit.see("live"))
        if tasks:
            yield from worked(visit)
        yield Reading("first_run", visit.run(subject.sample))
        if tasks:
            yield longest_task(visit, "first_run_task")
        visit.wait_for(subject.sample.ended)
        if tasks:
            yield Reading("first_run_shift", visit.see("layoutShift()"))
        visit.again()
        arrive(visit, subject)
        yield Reading("return_live", visit.see("live"))
        yield Reading("return_run", visit.run(subject.sample))
        visit.wait_for(subject.sample.ended)
        yield Reading("second_run", visit.run(subject.sample))
        if stop:
            visit.wait_for(subject.sample.ended)
            loop = subject.endless(visit)
            visit.run(loop)
            for name, seconds in (("stop_at_once", 0.0), ("stop_later", SEEN)):
                visit.pause(seconds)
                both, run = visit.stop_and_run(loop)
                yield Reading(name, both)
                yield Reading(f"{name}_run", run)

    return journey


def warmed(subject: Subject) -> Journey:
    """Rest with the mouse on the page's sample before running it."""

    def journey(visit: Visit) -> Iterator[Reading]:
        arrive(visit, subject)
        visit.hover(subject.sample.whole)
        visit.pause(INTENT)
        yield Reading("warmed_run", visit.run(subject.sample))

    return journey


def arrive(visit: Visit, subject: Subject) -> None:
    """Open the page, scroll to its sample and let the page settle."""
    subject.open(visit)
    visit.look_at(subject.sample.whole)


def weighed(subject: Subject) -> Journey:
    """Look at the page's sample, and tell what that has loaded."""

    def journey(visit: Visit) -> Iterator[Reading]:
        arrive(visit, subject)
        yield from weight(visit)

    return journey


def weight(visit: Visit) -> Iterator[Reading]:
    """Tell what the page has loaded by now."""
    assert isinstance(visit, PlaywrightVisit)
    yield Reading("bodies", sum(visit.weight.bodies().values()))
    yield Reading("headers", sum(visit.weight.headers().values()))
    yield Reading("requests", len(visit.weight.urls))
    yield Reading("other_hosts", visit.other_hosts)
    yield Reading("render_blocking", len(render_blocking(visit.page)))


def worked(visit: Visit) -> Iterator[Reading]:
    """Tell what the page has done by now."""
    yield Reading("blocking", visit.see("blocking()"))
    yield longest_task(visit, "longest_task")
    yield Reading("shift", visit.see("layoutShift()"))


def longest_task(visit: Visit, name: str) -> Reading:
    """Tell the longest task, and what it did."""
    return Reading(name, visit.see("longestTask()"), visit.see("longestTaskWas()"))
