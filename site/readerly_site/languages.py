"""The languages that widgets speak: the build has their texts from the files that a page fetches, `locales/`."""

import json
import re

from readerly.page import locale
from readerly_site import shipped

LANGUAGES = tuple(sorted({"en", *(file.stem for file in (shipped.widgets() / "locales").glob("*.json"))}))
"""The primary subtags of all languages that have texts."""


def is_tag(text: str) -> bool:
    """Return whether `text` has the form of a BCP 47 tag, such as en, pt-BR or zh-Hans."""
    return re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text) is not None


RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")
"""Languages whose usual script runs from right to left."""


def direction(language: str) -> str:
    """Return "rtl" or "ltr", as HTML's `dir` has it; a script named in the tag, as in az-Arab, counts."""
    scripts = [part.title() for part in language.split("-")[1:] if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0] in ("Arab", "Hebr") else "ltr"
    return "rtl" if locale.base(language) in RIGHT_TO_LEFT else "ltr"


def load(language: str) -> None:
    """Let `locale` know the texts of a BCP 47 tag such as "pt-BR"; a language that has none gets English there."""
    base = locale.base(language)
    if base in LANGUAGES and base != "en":
        locale.learn(base, json.loads(shipped.text(f"locales/{base}.json")))
