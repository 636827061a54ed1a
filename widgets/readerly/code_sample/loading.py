"""What a sample shows of fetching Python: its size before, how far it is meanwhile, and a way to try again."""

from typing import Any

from readerly.code_sample.sample import IDLE, LOADING, MEGABYTE, Sample
from readerly.page import dom, storage
from readerly.page.browser import absolute, settings

FETCHED = "python"
"""Under which `delivery` remembers what this browser has fetched."""


class Loading:
    """The progress bar and the button `Retry` of one sample. A tag written by an older build may have neither."""

    def __init__(self, tag: Any, engine: str) -> None:
        """Look for them in `tag`, whose samples run in `engine`."""
        self.failed = False
        self.retry = dom.part(tag, "retry")
        self._bar = dom.part(tag, "loading")
        self.promise = ""
        """What a reader is told a first run fetches."""
        if engine == "pyodide":
            known = settings["sandbox"]
            bytes = sum([int(file["size"]) for file in known["files"] + [known["image"]]])
            self.promise = "Python, {:.1f} MB, once".format(bytes / MEGABYTE)

    @property
    def size(self) -> str:
        """The promise; nothing where this browser has fetched it."""
        kept = self.promise and storage.recall(FETCHED) == absolute(settings["sandbox"]["frame"])
        return "" if kept else self.promise

    def show(self, sample: Sample) -> None:
        """Show what `sample` is doing."""
        if sample.phase != IDLE:
            self.failed = False
        if self.retry and bool(self.retry.hidden) == self.failed:
            self.retry.hidden = not self.failed
        if self._bar:
            self._bar.hidden = sample.phase != LOADING
            if sample.progress is not None:
                self._bar.value = sample.progress
            elif sample.phase == LOADING:
                self._bar.removeAttribute("value")
