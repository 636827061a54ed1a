"""The browsers that can be measured with: where each is, its version, and how a visit in it begins."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.sync_api import BrowserType, sync_playwright

from ..browser import webkit
from ..browser.engines import launch_options
from . import bidi_visit, cdp_visit, playwright_visit
from .visit import Visits
from .webkit_visit import with_driver

NAMES = ("chromium", "firefox", "webkit")


@dataclass(frozen=True)
class Engine:
    """A browser that was found."""

    name: str
    """One of NAMES."""
    version: str
    visit: Visits
    """How a visit begins that is timed."""
    watch: Visits
    """How one begins whose network is watched as well, where there is such a way: Playwright's."""
    program: str = ""
    """Chromium's file, for those who start it themselves."""
    arguments: Sequence[str] = ()
    """What Chromium has to be started with here."""

    def __str__(self) -> str:
        """Return what a person would call it."""
        return f"{ {'webkit': 'WebKitGTK'}.get(self.name, self.name.title()) } {self.version}"


@contextmanager
def engine(name: str) -> Generator[Engine]:
    """Find a browser and start what its visits need; raise AssertionError where it is missing."""
    if name == "webkit":
        if not webkit.found():
            raise AssertionError("WebKitGTK is missing: `python tests/browser/install.py` gets it on Debian.")
        with webkit.screen() as display:
            with webkit.driven(display, composited=True) as driver:
                version = str(driver.capabilities["browserVersion"])
            visit = partial(with_driver, display)
            yield Engine(name, version, visit, visit)
        return
    with sync_playwright() as playwright:
        kind = getattr(playwright, name)
        options: dict[str, Any] | None = launch_options(name, playwright)
        if options is None:
            raise AssertionError(f"{name.title()} is missing: `python tests/browser/install.py` gets it.")
        browser = kind.launch(**options)
        version = browser.version
        browser.close()
        visit = timed(kind, options)
        if name == "firefox":
            yield Engine(name, version, visit, partial(playwright_visit.with_context, kind, options))
        else:
            watch = partial(playwright_visit.with_profile, kind, options)
            yield Engine(name, version, visit, watch, program(kind, options), options["args"])


def timed(kind: BrowserType, options: dict[str, Any]) -> Visits:
    """Return how a visit begins that is timed, in Chromium or Firefox, which Playwright would launch by `options`."""
    if kind.name == "firefox":
        return partial(bidi_visit.with_profile, program(kind, options))
    return partial(cdp_visit.with_profile, program(kind, options), options["args"])


def program(kind: BrowserType, options: dict[str, Any]) -> str:
    """Return the file of the browser that Playwright would launch."""
    return str(options.get("executable_path", kind.executable_path))
