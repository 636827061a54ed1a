"""What this browser remembers for its reader. Where storage is refused, it is remembered for the visit."""

import json
from typing import Any

from readerly.page.browser import guard

PREFIX = "readerly:"

_visit: dict[str, str | None] = {}


def recall(key: str) -> Any:
    """Return what was remembered under `key`, or None. What cannot be read counts as absent."""
    text = _visit.get(key) if key in _visit else guard.recall(PREFIX + key)
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def remember(key: str, value: Any) -> None:
    """Remember `value` (anything JSON can hold) under `key`; None forgets it."""
    text = None if value is None else json.dumps(value)
    if guard.remember(PREFIX + key, text):
        _visit.pop(key, None)
    else:
        guard.remember(PREFIX + key, None)  # a full storage still forgets: what it held is not true any more
        _visit[key] = text


def keys(prefix: str) -> list[str]:
    """Return the keys that begin with `prefix`, of all that is remembered."""
    kept = [str(key)[len(PREFIX) :] for key in guard.recalled(PREFIX + prefix)]
    here = [key for key in _visit if key.startswith(prefix) and _visit[key] is not None]
    return sorted([key for key in kept if key not in _visit] + here)


def lasts(key: str) -> bool:
    """Return whether what is remembered under `key` outlives this page, and all tabs see it."""
    return key not in _visit
