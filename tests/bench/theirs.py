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


def settled(path: str, tell: Journey) -> Journey:
    """Open a page, let it settle and `tell` of it."""

    def journey(visit: Visit) -> Iterator[Reading]:
        visit.open(path)
        visit.settle()
        yield from tell(visit)

    return journey


def text(visit: Visit) -> Iterator[Reading]:
    """Open the essay as it is without any script, let it settle, and tell what the browser has done by itself."""
    visit.go(peer_pages.TEXT)
    visit.settle()
    yield from worked(visit)


def lived(visit: Visit) -> Iterator[Reading]:
    """Tell when the page was live, and what it has done by now."""
    yield Reading("live", visit.see("live"))
    yield from worked(visit)


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


BARE = settled(peer_pages.BARE, lived)
PLAIN = settled(peer_pages.PLAIN, lived)
BARE_WEIGHT = settled(peer_pages.BARE, weight)
PLAIN_WEIGHT = settled(peer_pages.PLAIN, weight)
MARIMO = from_cdn(peer_pages.ISLANDS)
THEBE = from_cdn(peer_pages.CELLS)
