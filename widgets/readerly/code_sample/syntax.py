"""Errors of syntax, told while a sample is written: as the reader rests, a Python that is idle compiles it."""

from typing import Any

from readerly.page.browser import guard

REST = 800
"""Milliseconds without a key until the source is looked at."""


class Syntax:
    """What one tag shows of its source's syntax. `widget` is its, and calls `changed` when the source has changed."""

    def __init__(self, widget: Any) -> None:
        """Begin with nothing said."""
        self._widget = widget
        self._timer: Any = None
        self._marked = False
        widget.on_release(self._rest)

    def _rest(self) -> None:
        if self._timer is not None:
            guard.never(self._timer)
            self._timer = None

    def changed(self) -> None:
        """The reader writes."""
        self._rest()
        self._timer = guard.later(self._widget.guarded(self._look), REST)

    def _look(self) -> None:
        self._timer = None
        source = self._widget.sample.source

        def told(found: list[str]) -> None:
            error, line = found if len(found) == 2 else ("", "")
            self._told(source, error, int(line) if line.isdigit() else 0)

        self._widget.look("syntax", source, told)

    def _told(self, source: str, error: str, line: int) -> None:
        """Mark the line; what was marked before goes, unless it is of a run."""
        widget = self._widget
        if widget.sample.busy or widget.sample.source != source:
            return
        if error and line:
            self._marked = True
            widget.source.mark(line, error)
            widget.say("Line {}: {}".format(line, error))
        elif self._marked:
            self._marked = False
            widget.source.mark(0, "")
            widget.show()
