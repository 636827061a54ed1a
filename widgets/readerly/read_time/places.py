"""Where one reader stopped in the articles of a site. Pure: lists go in and come out.

>>> kept([], "/a", 0.4)
[['/a', 0.4]]
>>> found(kept([], "/a", 0.4), "/a")
0.4
"""

from typing import Any

MOST = 30
"""Articles remembered, the last ones left."""

BEGUN, DONE = 0.05, 0.95
"""Parts of an article between which it is worth going on; before and after, there is nothing to go on with."""


def _sound(places: Any) -> list[list[Any]]:
    """Return the entries of a stored record that are what they should be, whatever it is."""
    sound: list[list[Any]] = []
    if isinstance(places, list):
        _take(places, sound)
    return sound


def _take(entries: Any, sound: list[list[Any]]) -> None:
    for entry in entries:
        try:
            path, part = entry
        except (TypeError, ValueError):
            continue
        if isinstance(path, str) and isinstance(part, float):
            sound.append([path, part])


def kept(places: Any, path: str, part: float) -> list[list[Any]]:
    """Return `places` with the article at `path` left at `part` of it (0 to 1), or without it where that is nothing."""
    others = [entry for entry in _sound(places) if entry[0] != path]
    if BEGUN < part < DONE:
        others.append([path, part])
    return others[-MOST:]


def found(places: Any, path: str) -> float | None:
    """Return the part of the article at `path` after which its reader stopped, or None."""
    for entry in _sound(places):
        if entry[0] == path and BEGUN < entry[1] < DONE:
            return entry[1]
    return None
