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
        _visit[key] = text
