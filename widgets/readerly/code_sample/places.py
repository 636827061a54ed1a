"""Which interpreter a run goes to. Pure.

One that has run a sample never runs another's, nor another session's: what a sample leaves in builtins, in modules or
in JavaScript is there for itself only.
"""

from typing import Any

RUNNING = 2
"""How many run side by side. A sample that never ends does not keep the others from running."""

MOST = 3
"""How many interpreters live side by side, each with some 60 MB: two that run, or have run, and a fresh one."""


def choice(interpreters: list[Any], place: str) -> tuple[Any, Any]:
    """Return the one of `interpreters` for a run in `place`, None where another is to start or the run waits.

    The second is what is to end first: an interpreter, or None. Interpreters stand in the order they were last used;
    each has the `place` it belongs to (None while it is fresh), its `job` (None while it is idle), and is `ready` or
    still starting.
    """
    for each in interpreters:
        if each.place == place:
            return (each if each.job is None else None), None
    if waits(interpreters):
        return None, None
    fresh = [each for each in interpreters if each.place is None]
    for each in [each for each in fresh if each.ready] + fresh:
        return each, None
    return None, (idle(interpreters) if len(interpreters) >= MOST else None)


def waits(interpreters: list[Any]) -> bool:
    """Whether as many run as may."""
    return len([each for each in interpreters if each.job is not None]) >= RUNNING


def idle(interpreters: list[Any]) -> Any:
    """Return the idle one that would be missed least: without a session's names in it, and longest unused."""
    found = [each for each in interpreters if each.job is None and each.place is not None]
    for each in [each for each in found if not each.place.startswith("session ")] + found:
        return each
    return None


def for_a_fresh_one(interpreters: list[Any]) -> tuple[bool, Any]:
    """Return whether a fresh one is to start ahead of need, and which is to end for it; no session's does."""
    if [each for each in interpreters if each.place is None]:
        return False, None
    if len(interpreters) < MOST:
        return True, None
    least = idle(interpreters)
    gone = least if least is not None and not least.place.startswith("session ") else None
    return gone is not None, gone
