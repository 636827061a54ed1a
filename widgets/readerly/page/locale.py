"""The words that widgets show with a number, keyed by what they say, so that a language is one table.

    >>> minutes_read(7), minutes_left(0), hearts(1), views(12345)
    ('7 min read', 'less than a minute left', '1 heart', '12,345 views')

English is here; `learn` adds the others, which are files of `locales/`. A language without a table gets English. Rules
for plurals and separators are those of CLDR, the Unicode consortium's data, which is what `Intl` has in a browser.
"""

from typing import Any, Callable

TEXTS: dict[str, dict[str, Any]] = {
    "en": {
        "plural": "one",
        "group": ",",
        "least": 4,
        "texts": {
            "minutes-read": {"other": "{} min read"},
            "minutes-left": {"zero": "less than a minute left", "other": "{} min left"},
            "finished": {"other": "Finished"},
            "words": {"one": "{} word", "other": "{} words"},
            "hearts": {"one": "{} heart", "other": "{} hearts"},
            "views": {"one": "{} view", "other": "{} views"},
            "comments": {"one": "{} comment", "other": "{} comments"},
            "continue": {"other": "Continue where you were ({})"},
            "dismiss": {"other": "Not now"},
            "progress": {"other": "Reading progress"},
            "pace-known": {
                "one": "Your reading pace, about {} word per minute, is remembered in this browser only.",
                "other": "Your reading pace, about {} words per minute, is remembered in this browser only.",
            },
            "pace-unknown": {"other": "Your reading pace is not known yet."},
            "pace-off": {"other": "Your browser asks not to be tracked, so your reading pace is not remembered."},
            "forget": {"other": "Forget it"},
            "forgotten": {"other": "Your reading pace is forgotten."},
            "last-known": {"other": "{} (last known)"},
            "waiting": {"other": "Not sent yet: it waits in this browser and is sent by itself."},
            "waiting-visit": {"other": "Not sent yet: it is sent by itself while this page is open."},
        },
    },
}
"""Primary language to its table.

"plural" is a name in `RULES`, "group" parts thousands in numbers of "least" digits and more. "texts" has, for each key,
plural categories with their texts: "other" at least, which also serves a category that is not there and a number not
known yet; "zero" is taken for 0 wherever it is given. A category of one number only may spell it out.
"""

RULES: dict[str, Callable[[int], str]] = {
    "none": lambda n: "other",
    "one": lambda n: "one" if n == 1 else "other",
    "01": lambda n: "one" if n < 2 else "other",
    "pl": lambda n: "one" if n == 1 else "few" if _few(n) else "many",
    "ru": lambda n: "one" if n % 10 == 1 and n % 100 != 11 else "few" if _few(n) else "many",
    "he": lambda n: ("other", "one", "two")[n if n < 3 else 0],
    "ar": lambda n: (
        ("zero", "one", "two")[n] if n < 3 else "few" if 2 < n % 100 < 11 else "many" if n % 100 > 10 else "other"
    ),
}
"""CLDR's cardinal rules for whole numbers. Left out: "many" of fr, es, it and pt, for exact millions."""

UNKNOWN = "\u2013"
"""Stands for a number that is not known yet: an en dash, about as wide as a digit."""


def _few(n: int) -> bool:
    return 1 < n % 10 < 5 and n % 100 // 10 != 1


def base(language: str) -> str:
    """Return the primary subtag of a language tag, in lower case: "pt" of "pt-BR" and of "pt_BR"."""
    return language.replace("_", "-").split("-", 1)[0].lower()


def learn(language: str, table: dict[str, Any]) -> None:
    """Take the table of a language, as in a file of `locales/`, for it and its regions."""
    TEXTS[base(language)] = table


def known(language: str) -> bool:
    """Return whether there is a table of this language, so that it does not get English instead."""
    return base(language) in TEXTS


def _table(language: str) -> dict[str, Any]:
    return TEXTS.get(base(language), TEXTS["en"])


def number(value: int, language: str = "en") -> str:
    """Return a whole number in Latin digits, its thousands parted as CLDR has it: 12,345."""
    table = _table(language)
    return f"{value:,}".replace(",", table["group"] if value >= 10 ** (table["least"] - 1) else "")


def plural(value: int, language: str = "en") -> str:
    """Return the CLDR plural category of a whole number."""
    return RULES[_table(language)["plural"]](value)


def text(key: str, value: int | None = None, language: str = "en", short: str = "") -> str:
    """Return the text for `key` with a number in it; None is a number not known yet. KeyError: no such key.

    `short` is how `Intl` shortens the number, a thousand at least: "1.2K". The noun is then as after thousands,
    which is what CLDR has for compact numbers.
    """
    forms = _table(language)["texts"][key]
    if value is None:
        return forms["other"].format(UNKNOWN)
    category = plural(1000 if short else value, language)
    form = forms.get("zero" if value == 0 and "zero" in forms else category, forms["other"])
    return form.format(short or number(value, language))


def minutes_read(low: int, language: str = "en", high: int | None = None) -> str:
    """Return how long an article takes: "7 min read", or up to `high` minutes: "6\u20139 min read"."""
    if high is None or high == low:
        return text("minutes-read", low, language)
    forms = _table(language)["texts"]["minutes-read"]
    form = forms.get(plural(high, language), forms["other"])
    if "{}" not in form:  # a dual says its number itself
        form = forms["other"]
    return form.format(number(low, language) + "\u2013" + number(high, language))


def minutes_left(minutes: int, language: str = "en") -> str:
    """Return how long the rest takes: "4 min left"; for 0, "less than a minute left"."""
    return text("minutes-left", minutes, language)


def finished(language: str = "en") -> str:
    """Return what stands where nothing is left to read."""
    return text("finished", None, language)


def resume(minutes: int, language: str = "en") -> str:
    """Return the offer to go on where a reader stopped, `minutes` from the end."""
    return _table(language)["texts"]["continue"]["other"].format(minutes_left(minutes, language))


def pace_known(pace: int, language: str = "en") -> str:
    """Return what is said of a reader's pace, in words per minute; in Japanese and Chinese, in characters."""
    return text("pace-known", pace, language)


def words(count: int, language: str = "en") -> str:
    """Return "1,234 words"; in Japanese and Chinese, characters."""
    return text("words", count, language)


def hearts(count: int | None, language: str = "en") -> str:
    """Return "3 hearts"; "– hearts" while the count is not known."""
    return text("hearts", count, language)


def last_known(count: str, language: str = "en") -> str:
    """Return a count in words as one that is not of now: "3 hearts (last known)"."""
    return _table(language)["texts"]["last-known"]["other"].format(count)


def views(count: int | None, language: str = "en") -> str:
    """Return "10 views"; "– views" while the count is not known."""
    return text("views", count, language)


def comments(count: int | None, language: str = "en") -> str:
    """Return "2 comments"; "– comments" while the count is not known."""
    return text("comments", count, language)
