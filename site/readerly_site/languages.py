"""The languages that widgets speak: the build has their texts from the files that a page fetches, `locales/`."""

import json

from readerly.page import locale
from readerly_site import shipped

LANGUAGES = tuple(sorted({"en", *(file.stem for file in (shipped.widgets() / "locales").glob("*.json"))}))
"""The primary subtags of all languages that have texts."""


def load(language: str) -> None:
    """Let `locale` know the texts of a BCP 47 tag such as "pt-BR"; a language that has none gets English there."""
    base = locale.base(language)
    if base in LANGUAGES and base != "en":
        locale.learn(base, json.loads(shipped.text(f"locales/{base}.json")))
