from typing import Any

def create_proxy(function: Any) -> Any:
    """Return a JavaScript function that calls a Python one; Pyodide needs it, MicroPython does not."""

def to_js(value: Any) -> Any:
    """Return the JavaScript object, array or value for a Python dict, list or value."""
