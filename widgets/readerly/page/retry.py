"""Tries again what the service did not answer: when its pause is over, the network is back or the tab is looked at."""

from typing import Any, Callable

from readerly.page import storage, work
from readerly.page.browser import document, guard, window
from readerly.page.pause import Pause

pause = Pause(storage.recall, storage.remember, work.clock, lambda: float(window.Math.random()))
"""Until when the service is left alone, by all tabs of this browser."""

LEAST = 500
"""Milliseconds that a retry waits in any case, so that whatever fails at once cannot become a loop."""

_waiting: list[Callable[[], Any]] = []
_armed: list[Any] = []
_listening: list[Any] = []


def offline() -> bool:
    """Return whether this browser has no network: asking would only fail, and say so in the console."""
    return not window.navigator.onLine


def possible() -> bool:
    """Return whether the service may be asked now."""
    return not offline() and not pause.left()


def later(handler: Callable[[], Any]) -> None:
    """Call `handler()` once, when the service may be asked again."""
    if not _listening:
        _listening.append(window.AbortController.new().signal)
        for target, kind in ((window, "online"), (window, "pageshow"), (document, "visibilitychange")):
            guard.listen(target, kind, _changed, _listening[0], True)
    if handler not in _waiting:
        _waiting.append(handler)
    if not _armed:
        _armed.append(guard.later(_due, pause.left() + LEAST))


def _due(_event: Any = None) -> None:
    for timer in _armed:
        guard.never(timer)
    _armed.clear()
    if offline():
        return  # the event that ends it comes here too
    handlers = list(_waiting)
    _waiting.clear()
    for handler in handlers:
        handler()


def _changed(event: Any) -> None:
    if str(event.type) == "pageshow" and not event.persisted:
        return  # a page that is loaded asks by itself
    if _waiting and document.visibilityState == "visible":
        pause.hurry()
        if possible():
            _due()
        else:
            _again()


def _again() -> None:
    """Wait for what is left of a pause that has become shorter."""
    for timer in _armed:
        guard.never(timer)
    _armed.clear()
    _armed.append(guard.later(_due, pause.left() + LEAST))
