"""What other hosts would answer: requests are met from the files of npm packages, or counted as sent."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Route

from .pinned import KATEX, MARIMO, MARIMO_PYODIDE, THEBE, unpacked

HELD = {
    f"cdn.jsdelivr.net/npm/{MARIMO.name}@{MARIMO.version}/": MARIMO,
    f"cdn.jsdelivr.net/npm/{KATEX.name}@{KATEX.version}/": KATEX,
    f"cdn.jsdelivr.net/pyodide/v{MARIMO_PYODIDE.version}/full/": MARIMO_PYODIDE,
    f"unpkg.com/{THEBE.name}@{THEBE.version}/": THEBE,
}
"""What addresses begin with, without their scheme, and the package whose files stand there."""


class Cdn:
    """Answers the requests of a page that go to other hosts."""

    def __init__(self) -> None:
        self.answered: list[Path] = []
        """The files that were sent."""
        self.refused: list[str] = []
        """What was asked and is not held; a browser on the internet would get it."""

    def answer(self, route: Route) -> None:
        """Answer one request, or break it off."""
        url = route.request.url
        file = held(url)
        if file is None:
            self.refused.append(url)
            route.abort()
            return
        self.answered.append(file)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"content-type": kind, "access-control-allow-origin": "*"}
        route.fulfill(body=file.read_bytes(), headers=headers)


def held(url: str) -> Path | None:
    """Return the file that stands at an address, or None where no package holds one."""
    parts = urlsplit(url)
    address = f"{parts.netloc}{parts.path}"
    for start, pin in HELD.items():
        if address.startswith(start):
            file = unpacked(pin) / address.removeprefix(start)
            return file if file.is_file() else None
    return None
