"""Plain text made fit for print, and fit for addresses."""

import re
import unicodedata

from markdown_it import MarkdownIt

QUOTES = {
    "de": ("„", "“", "‚", "‘"),
    "en": ("“", "”", "‘", "’"),
    "es": ("«", "»", "“", "”"),
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "nl": ("“", "”", "‘", "’"),
}
"""Double and single quotation marks by language; in any other, straight ones stay as they are."""

CONTROL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that neither XML (1.0, production 2) nor HTML may hold, such as the escape of a terminal's colours."""


def printable(text: str) -> str:
    """Return `text` without control characters."""
    return CONTROL.sub("", text)


def quotes_for(language: str) -> list[str] | None:
    """Return the four quotation marks of `language`, a BCP 47 tag, or None where they are not known."""
    quotes = QUOTES.get(language.partition("-")[0].lower())
    return None if quotes is None else list(quotes)


def smarten(text: str, language: str) -> str:
    """Return a line of plain text with the quotation marks of `language`."""
    quotes = quotes_for(language)
    if quotes is None:
        return text
    line = MarkdownIt("zero", {"typographer": True, "quotes": quotes}).enable(["smartquotes"])  # "zero": no markup
    return "".join(child.content for token in line.parseInline(text) for child in token.children or [])


def slugify(text: str) -> str:
    """Return `text` as a part of an address: lower case, letters and digits of any script, parted by single hyphens."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+|_+", "-", text).strip("-")
