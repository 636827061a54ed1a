"""What Readerly uses of PyScript's Python half. The browser's objects are JavaScript's, their types unknown."""

from typing import Any

config: dict[str, Any]
"""The page's PyScript configuration."""

document: Any
window: Any
