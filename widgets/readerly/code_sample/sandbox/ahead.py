"""The sources that run ahead of a sample: hidden setups, earlier samples of its session, and what a session lost."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from . import tracebacks
from .output import Outlet, unheard

Execute = Callable[[dict[str, Any]], Awaitable[Any]]
"""Runs one of them in the namespace and the folder that they share."""


class Broken(NamedTuple):
    """One of them raised: its name and number (from 1) among them, and what it raised."""

    name: str
    number: int
    error: BaseException


async def run(parts: Sequence[dict[str, Any]], execute: Execute, say: Callable[..., Any]) -> Broken | None:
    """Run `parts` in order, without what they print, and say ("ran", name, number) after each.

    Each has a "name" and a "source", data "files" perhaps, and "failed" where it is known to raise. The first of the
    others that does is returned, and what follows it is left alone.
    """
    for number, part in enumerate(parts, 1):
        tracebacks.remember_source(part["name"], part["source"])
        with Outlet(unheard).captured():
            try:
                await execute(part)
            except SystemExit:
                pass  # it ended itself, and the namespace is as it left it
            except BaseException as error:
                if not part.get("failed"):
                    return Broken(part["name"], number, error)
        say("ran", part["name"], number)
    return None
