"""Other readers' hearts and views as they happen: one stream of events for all tabs of a browser that show a page."""

import asyncio
import json
from typing import Any

from readerly.page import channel, counts, retry, service, thrift, work
from readerly.page.browser import document, guard, window
from readerly.page.pause import Pause

CALM = 3_000
"""Milliseconds after the first counts until the stream is opened: whatever a page loads comes before."""

_kept: dict[str, Any] = {}
_pause = Pause(_kept.get, _kept.__setitem__, work.clock, lambda: float(window.Math.random()))


class Stream:
    """The events of the page at `path`, while somebody looks at it in this tab and no other tab has them."""

    def __init__(self, path: str) -> None:
        """Open it, now or when the tab is looked at, unless the reader saves data."""
        self._path = path
        self._source: Any = None
        self._back: Any = None
        self._lost = 0
        self._leading = False
        if not thrift.saving():
            always = window.AbortController.new().signal
            guard.listen(document, "visibilitychange", self._look, always, True)
            guard.listen(window, "pagehide", self._end, always, True)
            guard.later(self._look, CALM)

    def _look(self, _event: Any = None) -> None:
        if document.visibilityState != "visible":
            self._end()
        elif not self._leading:
            self._leading = True
            asyncio.create_task(self._lead())

    async def _lead(self) -> None:
        """Wait until no other tab has the stream; tabs that wait learn from it all the same."""
        if getattr(window.navigator, "locks", None) is not None:
            self._back = await channel.hold("live:" + self._path)
        if document.visibilityState == "visible":
            self._open()
        else:
            self._end()

    def _open(self) -> None:
        if not self._leading or self._source is not None:
            return
        if not retry.possible():
            retry.later(self._open)
            return
        self._source = window.EventSource.new(service.origin() + "/api/events?path=" + service.quoted(self._path))
        self._source.onmessage = self._told
        self._source.onerror = self._failed

    def _told(self, event: Any) -> None:
        self._lost = 0
        _pause.ended()
        counts.learn_live(json.loads(str(event.data))["pages"])

    def _failed(self, _event: Any) -> None:
        """Let the browser come back by itself once, with the number of the last event; then ask less and less often."""
        self._lost += 1
        if self._source is not None and self._source.readyState != 2 and self._lost == 1:
            return
        self._close()
        _pause.failed()
        guard.later(self._again, _pause.left())

    def _again(self) -> None:
        """Where there is no stream, asking now and then takes its place."""
        if self._leading and self._source is None and document.visibilityState == "visible":
            counts.refresh(self._path)
            self._open()

    def _close(self) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None

    def _end(self, _event: Any = None) -> None:
        """Leave the stream to another tab."""
        self._close()
        if self._back is not None:
            self._back()
            self._back = None
            self._leading = False
        elif getattr(window.navigator, "locks", None) is None:
            self._leading = False


_streams: list[Stream] = []


def begin() -> None:
    """Follow the page that is open, if a tag shows its counts. Only the first call does anything."""
    if not _streams and counts.watched(service.page_key()):
        _streams.append(Stream(service.page_key()))
