"""Counts as they change, for the readers who have a page open."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping

from .database import Unavailable
from .writes import Totals

log = logging.getLogger(__name__)

INTERVAL = 0.25
"""Seconds between two events of one stream: a crowd on one page costs four events a second, not one for each heart."""

REFRESH = 10.0
"""Seconds after which the counts of all watched pages are read anew, whoever changed them and whatever was not said."""

MOST_STREAMS = 20_000
"""Open streams of one process; more are refused, and their pages ask from time to time instead."""

Read = Callable[[Collection[str]], Awaitable[Mapping[str, Totals]]]


class Stream:
    """One reader's open connection: the pages it watches, and which of them have news.

    What waits for a slow reader is never longer than the list of the pages: newer counts replace older ones.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        """Watch the pages whose keys are the values of ``names``, and call them by its keys."""
        self.names = tuple(names.items())
        self.pages = frozenset(names.values())
        self.news: set[str] = set()
        self.closed = False
        self.awake = asyncio.Event()

    def tell(self, pages: Collection[str]) -> None:
        """Note that the ``pages`` have changed."""
        self.news.update(pages)
        self.awake.set()

    def close(self) -> None:
        """Let the stream end."""
        self.closed = True
        self.awake.set()


class Live:
    """Knows who watches which page, and the newest counts of these.

    A change only marks its page. The counts themselves are read a moment later, together for all marked pages and
    always from the database: so they never go backwards, in whichever order several processes tell of their changes.
    """

    def __init__(self, read: Read, tell_others: Callable[[Collection[str]], Awaitable[None]] | None = None) -> None:
        """Read counts by ``read``; pages changed here are told to other processes by ``tell_others``."""
        self._read, self._tell_others = read, tell_others
        self._watching: dict[str, set[Stream]] = {}
        self._counts: dict[str, Totals] = {}
        self._marked: set[str] = set()
        self._untold: set[str] = set()
        self._some = asyncio.Event()
        self._rendered: dict[tuple[tuple[tuple[str, str], ...], frozenset[str]], bytes] = {}
        self._closed = False
        self.streams: set[Stream] = set()

    def changed(self, pages: Collection[str], here: bool = True) -> None:
        """Mark pages whose counts have changed, ``here`` or in another process."""
        self._marked.update(page for page in pages if page in self._watching)
        if here and self._tell_others:
            self._untold.update(pages)
        if self._marked or self._untold:
            self._some.set()

    async def watch(self, names: Mapping[str, str]) -> Stream:
        """Return a new stream for the pages ``{name: key}``, whose counts are known from now on.

        Raises `Unavailable`.
        """
        if self._closed or len(self.streams) >= MOST_STREAMS:
            raise Unavailable
        stream = Stream(names)
        self.streams.add(stream)
        new: set[str] = set()
        for page in stream.pages:
            if page not in self._counts:
                new.add(page)
            self._watching.setdefault(page, set()).add(stream)
        try:
            if new:
                found = await self._read(new)
                self._rendered.clear()
                for page in new:
                    self._counts.setdefault(page, found[page])
        except BaseException:
            self.leave(stream)
            raise
        self.changed(stream.pages - new, here=False)  # known for a while, and perhaps not the newest
        return stream

    def leave(self, stream: Stream) -> None:
        """Forget the stream, and the counts of pages nobody watches any more."""
        self.streams.discard(stream)
        for page in stream.pages:
            if watching := self._watching.get(page):
                watching.discard(stream)
                if not watching:
                    del self._watching[page]
                    self._counts.pop(page, None)

    def version(self, stream: Stream) -> str:
        """Return what identifies the counts of the stream's pages: in every process the same for the same counts."""
        state = [(name, *_public(self._counts[page]).values()) for name, page in sorted(stream.names)]
        return hashlib.blake2s(json.dumps(state).encode(), digest_size=9).hexdigest()

    def event(self, stream: Stream, pages: frozenset[str]) -> bytes:
        """Return the event that tells the counts of ``pages``; streams of the same pages share it."""
        key = stream.names, pages
        event = self._rendered.get(key)
        if event is None:
            counts = {name: _public(self._counts[page]) for name, page in stream.names if page in pages}
            data = json.dumps({"pages": counts}, separators=(",", ":"))
            event = self._rendered[key] = f"id: {self.version(stream)}\ndata: {data}\n\n".encode()
        return event

    async def run(self) -> None:
        """Publish what changes, until it is cancelled."""
        loop = asyncio.get_running_loop()
        refreshed = loop.time()
        while True:
            try:
                async with asyncio.timeout_at(refreshed + REFRESH):
                    await self._some.wait()
            except TimeoutError:
                self._marked.update(self._watching)
            if loop.time() >= refreshed + REFRESH:
                refreshed = loop.time()
            self._some.clear()
            try:
                await self._publish()
            except Unavailable:
                self._some.set()
                await asyncio.sleep(1)
            except Exception:  # a mistake of ours, told in the log, must not end the events of all readers
                log.exception("Changed counts could not be told")
            await asyncio.sleep(INTERVAL)

    def refresh(self) -> None:
        """Read the counts of all watched pages anew, because something may not have been heard."""
        self.changed(set(self._watching), here=False)

    def close(self) -> None:
        """End all streams, and begin no new one."""
        self._closed = True
        for stream in self.streams:
            stream.close()

    async def _publish(self) -> None:
        if self._untold and self._tell_others:
            told = self._untold.copy()
            await self._tell_others(told)
            self._untold -= told
        marked = self._marked & set(self._watching)
        self._marked.clear()
        if not marked:
            return
        try:
            found = await self._read(marked)
        except BaseException:
            self._marked |= marked
            raise
        self._rendered.clear()  # not before: who came while they were read was told the counts of before
        for page, counts in found.items():
            if page in self._watching and self._counts.get(page) != counts:
                self._counts[page] = counts
                for stream in self._watching[page]:
                    stream.tell((page,))


def _public(counts: Totals) -> dict[str, int]:
    """Return what anybody may know of a page. No page has comments until the service stores them."""
    return {"hearts": counts.hearts, "views": counts.views, "finished": counts.finished, "comments": 0}
