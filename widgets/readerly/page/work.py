"""The page's one queue of long work. Whatever may take more than a few milliseconds is a generator, run here."""

from typing import Any

from readerly.page.browser import guard, report, to_js, window
from readerly.page.turns import Turns

URGENT = to_js({"priority": "user-blocking"})
"""What a reader types or clicks comes first all the same; loading and painting what else the page has does not."""

PATIENT = to_js({"priority": "user-visible"})
"""Takes its turn with everything else that the page does."""


def now() -> float:
    """Return milliseconds on the page's own clock."""
    return float(window.performance.now())


def clock() -> float:
    """Return milliseconds since 1970, by the reader's clock."""
    return float(guard.now()) * 1000


def _go(_event: Any = None) -> None:
    _turns.go()


def _give(patient: bool) -> None:
    if _scheduler is not None:
        _scheduler.postTask(_go, PATIENT if patient else URGENT)
    else:
        _channel.port2.postMessage(None)  # comes at once; a timer that a timer sets waits 4 ms


_scheduler = getattr(window, "scheduler", None)
if _scheduler is None:
    _channel = window.MessageChannel.new()
    _channel.port1.onmessage = _go
_turns = Turns(now, _give, report)

run = _turns.run
