"""What every tag's Python shares: its element, a handler that cannot harm the page, and giving everything back."""

import asyncio
from typing import Any, Awaitable, Callable, Iterator

from readerly.page import languages, work
from readerly.page.browser import document, guard, report, window

FAILED = "This part of the page stopped working. Reloading the page may help."


class Misused(ValueError):
    """An author wrote a tag in a way that cannot work; the text says how it can, and is shown inside the tag."""


class Widget:
    """A tag that Python has taken over.

    A subclass overrides `start`. It listens, waits and runs tasks through this class, so that `release` can give all of
    it back when the tag leaves the page, and an exception anywhere shows a short message inside the tag.
    """

    def __init__(self, tag: Any) -> None:
        """Take over the element `tag`; `start` does the rest."""
        self.tag = tag
        self.released = False
        self._listeners = window.AbortController.new()
        self._timers: list[Any] = []
        self._undo: list[Callable[[], Any]] = []

    def start(self) -> None:
        """Show the widget and begin to listen. Overridden by each tag."""

    def attribute(self, name: str) -> str | None:
        """Return the tag's attribute, or None where it is absent."""
        return str(self.tag.getAttribute(name)) if self.tag.hasAttribute(name) else None

    @property
    def language(self) -> str:
        """The language of the nearest `lang`, a BCP 47 tag."""
        return languages.nearest(self.tag)

    def spoken(self, show: Callable[[], Any]) -> None:
        """Call `show()` as soon as the texts of the tag's language are here: now, unless they have to be fetched."""
        if languages.at_hand(self.language):
            show()
        else:
            self.spawn(self._learn(show))

    async def _learn(self, show: Callable[[], Any]) -> None:
        await languages.learn(self.language)
        if not self.released:
            show()

    def guarded(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        """Return `handler` so that what it raises is shown inside the tag; after release it is not called."""

        def safe(*args: Any) -> None:
            if self.released:
                return
            try:
                handler(*args)
            except Exception as error:
                self.fail(error)

        return safe

    def listen(self, target: Any, kind: str, handler: Callable[..., Any], passive: bool = False) -> None:
        """Call `handler(event)` on each event of `kind` at `target`, until release."""
        guard.listen(target, kind, self.guarded(handler), self._listeners.signal, passive)

    def listen_calmly(self, handler: Callable[[float], Any], milliseconds: int, *events: tuple[Any, str]) -> None:
        """Have `handler` called as `calm` says for all of `events`, each a target and a kind, until release."""
        calm = self.calm(handler, milliseconds)
        for target, kind in events:
            guard.listen(target, kind, calm, self._listeners.signal, True)

    def calm(self, handler: Callable[[float], Any], milliseconds: int) -> Any:
        """Return a listener that has `handler(time)` called once for all events of so many milliseconds.

        That is in the first frame after them; its time is in milliseconds. No Python runs until then.
        """
        return guard.calm(self.guarded(handler), milliseconds)

    def later(self, milliseconds: int, handler: Callable[[], Any]) -> None:
        """Call `handler()` once, unless the tag was released by then."""
        timers = self._timers

        def due() -> None:
            timers.remove(timer)
            handler()

        timer = guard.later(self.guarded(due), milliseconds)
        timers.append(timer)

    def spawn(self, work: Awaitable[Any]) -> None:
        """Run a coroutine to its end; what it raises is shown inside the tag."""

        async def safe() -> None:
            try:
                await work
            except Exception as error:
                if not self.released:
                    self.fail(error)

        asyncio.create_task(safe())

    def work(self, steps: Iterator[None], patient: bool = False) -> None:
        """Take the steps of a generator, with turns for the browser between; what it raises is shown inside the tag."""
        work.run(self._safe(steps), patient)

    def _safe(self, steps: Iterator[None]) -> Iterator[None]:
        try:
            yield from steps
        except Exception as error:
            if not self.released:
                self.fail(error)

    def on_release(self, undo: Callable[[], Any]) -> None:
        """Call `undo()` when the tag leaves the page."""
        self._undo.append(undo)

    def fail(self, error: BaseException) -> None:
        """Say inside the tag that it stopped, or how it was misused, once, and tell the author's console why.

        What the reader sees stays.
        """
        report(error)
        if not self.tag.querySelector("[data-part='failed']"):
            note = document.createElement("span")
            note.setAttribute("data-part", "failed")
            note.setAttribute("role", "status")
            note.textContent = str(error) if isinstance(error, Misused) else FAILED
            self.tag.appendChild(note)

    def release(self) -> None:
        """Give back listeners, timers and whatever `on_release` was told of."""
        self.released = True
        self._listeners.abort()
        for timer in self._timers:
            guard.never(timer)
        undo, self._undo = self._undo, []
        for step in undo:
            step()
