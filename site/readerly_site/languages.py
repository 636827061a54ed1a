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


def load(language: str) -> None:
    """Let `locale` know the texts of a BCP 47 tag such as "pt-BR"; a language that has none gets English there."""
    base = locale.base(language)
    if base in LANGUAGES and base != "en":
        locale.learn(base, json.loads(shipped.text(f"locales/{base}.json")))
