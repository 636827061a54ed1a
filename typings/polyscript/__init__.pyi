"""What Readerly uses of PyScript's core in Python. The browser's objects are JavaScript's, their types unknown."""

from typing import Any

config: Any
"""The page's PyScript configuration."""
