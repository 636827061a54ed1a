"""The words that widgets show with a number, keyed by what they say, so that a language is one table.

    >>> minutes_read(7), minutes_left(0), hearts(1), views(12345)
    ('7 min read', 'less than a minute left', '1 heart', '12,345 views')

English is the only table yet; a page in another language gets it too.
"""

TEXTS = {
    "en": {
        "minutes-read": {"other": "{} min read"},
        "minutes-left": {"zero": "less than a minute left", "other": "{} min left"},
        "finished": {"other": "Finished"},
        "hearts": {"one": "{} heart", "other": "{} hearts"},
        "views": {"one": "{} view", "other": "{} views"},
        "comments": {"one": "{} comment", "other": "{} comments"},
    },
}
"""Language, key and plural category (as CLDR names them; "zero" is taken for 0 wherever it is given), to the text."""

UNKNOWN = "\u2013"
"""Stands for a number that is not known yet: an en dash, about as wide as a digit."""


def number(value: int) -> str:
    """Return a whole number with its thousands parted: 12,345."""
    return f"{value:,}"


def plural(value: int) -> str:
    """Return the CLDR plural category of a whole number in English."""
    return "one" if value == 1 else "other"


def text(key: str, value: int | None = None, language: str = "en") -> str:
    """Return the text for `key` with a number in it; None is a number not known yet. KeyError: no such key."""
    table = TEXTS.get(language.split("-", 1)[0].lower(), TEXTS["en"])
    forms = table[key]
    if value is None:
        return forms["other"].format(UNKNOWN)
    if value == 0 and "zero" in forms:
        return forms["zero"]
    return forms.get(plural(value), forms["other"]).format(number(value))


def minutes_read(minutes: int, language: str = "en") -> str:
    """Return how long an article takes: "7 min read"."""
    return text("minutes-read", minutes, language)


def minutes_left(minutes: int, language: str = "en") -> str:
    """Return how long the rest takes: "4 min left"; for 0, "less than a minute left"."""
    return text("minutes-left", minutes, language)


def finished(language: str = "en") -> str:
    """Return what stands where nothing is left to read."""
    return text("finished", None, language)


def hearts(count: int | None, language: str = "en") -> str:
    """Return "3 hearts"; "– hearts" while the count is not known."""
    return text("hearts", count, language)


def views(count: int | None, language: str = "en") -> str:
    """Return "10 views"; "– views" while the count is not known."""
    return text("views", count, language)


def comments(count: int | None, language: str = "en") -> str:
    """Return "2 comments"; "– comments" while the count is not known."""
    return text("comments", count, language)
