"""The journeys of one round, and the series that each of them gives."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Browser

from . import ours, theirs
from .book import Reading

Journey = Callable[[Browser, str], Iterator[Reading]]
"""Visits the site at a URL and yields what it measures, each as soon as it is known."""

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
PHONE = ("phone.shift",)
BARE = ("bare.bodies", "bare.requests", "bare.other_hosts", "bare.live")
PLAIN = ("plain.live",)
EDITOR = ("editor.other_hosts", "editor.first_run", "editor.second_run")

OURS: dict[tuple[str, ...], Journey] = {READERLY: ours.readerly, PHONE: ours.phone}
"""Journeys to Readerly's own server, by the names of the series they give."""

THEIRS: dict[tuple[str, ...], Journey] = {BARE: theirs.bare, PLAIN: theirs.plain, EDITOR: theirs.editor}
"""Journeys to the server of the other pages."""

NAMES = [name for names in (*OURS, *THEIRS) for name in names]
