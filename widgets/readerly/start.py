"""The page's Python starts here: boot.mjs starts MicroPython, and the deployed main.py calls `start`."""

from typing import Iterator

from readerly.page import work
from readerly.page.browser import window
from readerly.page.modules import Modules

REGISTRY = {
    "read-time": ("readerly.read_time.tag", "ReadTime"),
    "reading-pace": ("readerly.read_time.pace_tag", "ReadingPace"),
    "hearts-button": ("readerly.hearts.tag", "HeartsButton"),
    "hearts-count": ("readerly.hearts.tag", "HeartsCount"),
    "view-count": ("readerly.view_count.tag", "ViewCount"),
    "code-sample": ("readerly.code_sample.tag", "CodeSample"),
}
"""By the tag's name, the module and the class of its widget."""


def start(needs: dict[str, list[str]]) -> None:
    """Take the page's tags over, in steps; `needs` is what `Modules` wants to know."""
    work.run(_steps(Modules(needs, __import__)))


def _steps(modules: Modules) -> Iterator[None]:
    yield from modules.importing("readerly.page.tags")
    from readerly.page.tags import Tags

    yield from Tags(REGISTRY, modules).start()
    window.performance.mark("readerly-live")
