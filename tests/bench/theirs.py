"""What the same reader meets on pages of others that they do not run anything on."""

from collections.abc import Iterator

from . import peer_pages
from .book import Reading
from .cdn import Cdn
from .pinned import transferred
from .playwright_visit import PlaywrightVisit
from .runs import Journey, weight, worked
from .visit import Visit

SLOW_START = 5.0
"""Seconds after which a page that loads Python by itself has asked for all it asks for."""

CDN = ("bodies", "requests", "unanswered", "other_hosts")


def page(path: str) -> Journey:
    """Open a page, let it settle and tell what it has done."""

    def journey(visit: Visit) -> Iterator[Reading]:
        visit.open(path)
        visit.settle()
        yield Reading("live", visit.see("live"))
        yield from worked(visit)

    return journey


def weighed(path: str) -> Journey:
    """Open a page, let it settle and tell what it has loaded."""

    def journey(visit: Visit) -> Iterator[Reading]:
        visit.open(path)
        visit.settle()
        yield from weight(visit)

    return journey


def from_cdn(path: str) -> Journey:
    """Open a page that gets its files from other hosts, and count what it asks for before a click."""

    def journey(visit: Visit) -> Iterator[Reading]:
        assert isinstance(visit, PlaywrightVisit)
        cdn = Cdn()
        own = visit.url
        visit.page.route(lambda url: not url.startswith(own), cdn.answer)
        visit.go(path)
        visit.settle()
        visit.pause(SLOW_START)
        visit.settle()
        bodies = visit.weight.bodies()
        at_home = sum(size for url, size in bodies.items() if url.startswith(own))
        yield Reading("bodies", at_home + sum(map(transferred, cdn.answered)))
        yield Reading("requests", len(visit.weight.urls))
        yield Reading("unanswered", len(cdn.refused), ", ".join(dict.fromkeys(cdn.refused)))
        yield Reading("other_hosts", visit.other_hosts)

    return journey


BARE = page(peer_pages.BARE)
PLAIN = page(peer_pages.PLAIN)
BARE_WEIGHT = weighed(peer_pages.BARE)
PLAIN_WEIGHT = weighed(peer_pages.PLAIN)
MARIMO = from_cdn(peer_pages.ISLANDS)
THEBE = from_cdn(peer_pages.CELLS)
