"""The one seam to PyScript: everything else takes the browser from here, so that it can be replaced in one place."""

from typing import Any

from pyscript import config, document
from pyscript.ffi import to_js
from pyscript.js_modules import guard

__all__ = ["document", "guard", "settings", "to_js", "window"]

window = document.defaultView
"""The window as an object that may be handed to JavaScript; PyScript's own `window` is MicroPython's `js` module."""

settings: dict[str, Any] = config.get("readerly", {})
"""What boot.mjs says of this deployment: `base`, the URL of the readerly folder, and relative to it `core` (PyScript's,
which brings CodeMirror), `later` (see `readerly.page.later`), `languages` (code to the file of its texts) and
`sandbox`: its `frame`, the script `door`, the `files` and the `image` that Python boots from, and `later` the
library and its sources. Of each of these it says `name`, `url`, its `bytes`, the `size` of it as transferred, and
whether a copy of that size, `packed`, lies beside it; of an image also how many bytes of `memory` it becomes."""


def absolute(path: str) -> str:
    """Return the URL of a file of the readerly folder."""
    return settings["base"] + path
