"""How pages look: templates, style sheets and the icon, and the one style sheet that a page links."""

import hashlib
from pathlib import Path

from readerly_site import compress

FOLDER = Path(__file__).parent
"""Holds templates/, css/ and favicon.svg."""

TEMPLATES = FOLDER / "templates"

SHEETS = ("properties", "page", "text", "article", "index", "code", "print")
"""The theme's parts in css/, in the order they apply."""

OWN = "theme.css"
"""A file beside readerly.toml with the author's own rules; it comes last, so it can change everything."""


def stylesheet(widgets: str, source: Path) -> str:
    """Return everything a page is styled with, in one text: `widgets` (the tags' own CSS), the theme, the author's."""
    parts = [widgets, *(compress.css((FOLDER / "css" / f"{name}.css").read_text("utf-8")) for name in SHEETS)]
    if (source / OWN).is_file():
        parts.append((source / OWN).read_text("utf-8"))
    return "\n".join(part.strip() + "\n" for part in parts)


def fingerprinted(text: str) -> str:
    """Return the file name for this style sheet: it changes with the content, so it can be cached for ever."""
    return f"theme-{hashlib.sha256(text.encode()).hexdigest()[:12]}.css"
