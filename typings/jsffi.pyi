from typing import Any

def to_js(value: Any) -> Any:
    """Return the JavaScript object, array or value for a Python dict, list or value."""
