from typing import Any

guard: Any
"""widgets/readerly/js/guard.mjs."""
