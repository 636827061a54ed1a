"""How fast people read silently, by language: the one table that the static and the live read time share."""

from readerly.page.locale import base

WORDS_PER_MINUTE = {
    "en": 238,
    "ar": 138,
    "da": 179,
    "de": 177,
    "el": 197,
    "es": 200,
    "et": 134,
    "fi": 162,
    "fr": 195,
    "he": 182,
    "it": 187,
    "ko": 221,
    "nb": 179,
    "nl": 189,
    "no": 179,
    "pl": 166,
    "ru": 213,
    "tr": 139,
}
"""Words per minute of the median adult reader of non-fiction, by ISO 639-1 code.

English: Brysbaert (2019), "How many words do we read per minute? A review and meta-analysis of reading rate", Journal
of Memory and Language 109. French, Polish and Arabic: IReST (Trauzettel-Klosinski and Dietz, 2012), read aloud, so a
lower bound. The others: medians of MECO L1 (Siegelman et al., 2022). Danish has no entry there and takes Norwegian's,
whose written words are nearly the same.
"""

OTHER = 185
"""Words per minute for a language without an entry: the median of the table."""

CHARACTERS_PER_MINUTE = {"ja": 483, "zh": 335}
"""Japanese kana and kanji, and Chinese characters, per minute, punctuation not counted.

The geometric means of the two figures there are for each, which lie far apart: IReST (Trauzettel-Klosinski and Dietz,
2012) measured 357 and 255 read aloud, Zola's table has 653 and 439. Medium and Hugo take 500 for both.
"""


def words_per_minute(language: str = "en") -> int:
    """Return the rate for a BCP 47 tag such as "en", "en-GB" or "pt_BR"; an unknown language gets `OTHER`."""
    return WORDS_PER_MINUTE.get(base(language), OTHER)


def characters_per_minute(language: str, kana: bool) -> int:
    """Return the rate for Chinese characters and kana in a text of `language` that has `kana` in it or has none.

    Japanese has passages without kana, and a Chinese quotation may stand in any language.
    """
    return CHARACTERS_PER_MINUTE["ja" if kana or base(language) == "ja" else "zh"]
