"""The one seam to PyScript: everything else takes the browser from here, so that it can be replaced in one place."""

import json
import sys
from typing import Any

from js import JSON, document
from jsffi import to_js
from polyscript import config
from polyscript.js_modules import guard

__all__ = ["document", "guard", "settings", "to_js", "window"]

window = document.defaultView
"""The window as an object that may be handed to JavaScript; `js` itself is a module."""

settings: dict[str, Any] = json.loads(JSON.stringify(config.readerly))
"""What boot.mjs says of this deployment: `base`, the URL of the readerly folder, and relative to it `core` (PyScript's,
which brings CodeMirror), `later` (see `readerly.page.later`), `languages` (code to the file of its texts) and
`sandbox`: its `frame`, the page that shows
`rich` output, the script `door`, the `files` and the `image` that Python boots from, and `later` the library
and its sources; and the same of `micropython`, which has no image and no `later`. Of each of these it says `name`,
`url`, its `bytes`, the `size` of it as transferred, and whether a copy of that size, `packed`, lies beside it; of an
image also how many bytes of `memory` it becomes."""


def absolute(path: str) -> str:
    """Return the URL of a file of the readerly folder."""
    return settings["base"] + path


def report(error: BaseException) -> None:
    """Write a traceback to the browser's console, for the author."""
    show = getattr(sys, "print_exception", None)  # MicroPython's; CPython has traceback instead
    if show is not None:
        show(error)
    else:
        window.console.error(repr(error))
