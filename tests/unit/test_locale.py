import pytest

from readerly.page import locale


def table(rule, group=",", least=4):
    return {
        "plural": rule,
        "group": group,
        "least": least,
        "texts": {
            "minutes-read": {
                "one": "one minute",
                "two": "two minutes",
                "few": "{} minutes (few)",
                "other": "{} minutes",
            },
            "minutes-left": {"other": "{} to go"},
            "hearts": {"zero": "{} (zero)", "one": "{} (one)", "few": "{} (few)", "other": "{} (other)"},
            "continue": {"other": "Go on: {}"},
            "finished": {"other": "Done"},
        },
    }


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12345, "12,345"), (1234567, "1,234,567")]
)
def test_thousands_are_parted(value, text):
    assert locale.number(value) == text


@pytest.mark.parametrize(
    ("group", "least", "texts"),
    [
        (".", 4, ["999", "1.000", "12.345", "1.234.567"]),
        ("\u202f", 4, ["999", "1\u202f000", "12\u202f345", "1\u202f234\u202f567"]),
        ("\u00a0", 5, ["999", "1000", "12\u00a0345", "1\u00a0234\u00a0567"]),
    ],
)
def test_thousands_are_parted_as_the_language_has_it(group, least, texts):
    locale.learn("qag", table("one", group, least))
    assert [locale.number(value, "qag") for value in (999, 1000, 12345, 1234567)] == texts


@pytest.mark.parametrize(("count", "text"), [(0, "0 hearts"), (1, "1 heart"), (2, "2 hearts"), (1200, "1,200 hearts")])
def test_hearts(count, text):
    assert locale.hearts(count) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 views"), (1, "1 view"), (2, "2 views")])
def test_views(count, text):
    assert locale.views(count) == text


def test_comments():
    assert [locale.comments(count) for count in (0, 1, 2)] == ["0 comments", "1 comment", "2 comments"]


def test_words():
    assert [locale.words(count) for count in (0, 1, 1234)] == ["0 words", "1 word", "1,234 words"]


def test_a_count_not_known_yet_keeps_its_place():
    assert locale.hearts(None) == "\u2013 hearts"
    assert locale.views(None) == "\u2013 views"
    assert locale.comments(None) == "\u2013 comments"


def test_minutes():
    assert [locale.minutes_read(minutes) for minutes in (1, 7)] == ["1 min read", "7 min read"]
    assert [locale.minutes_left(minutes) for minutes in (0, 1, 4)] == [
        "less than a minute left",
        "1 min left",
        "4 min left",
    ]
    assert locale.finished() == "Finished"


def test_a_range_of_minutes():
    assert locale.minutes_read(6, "en", 9) == "6\u20139 min read"
    assert locale.minutes_read(7, high=7) == "7 min read"
    assert locale.minutes_read(900, high=1100) == "900\u20131,100 min read"


def test_a_range_takes_the_plural_of_its_higher_number():
    locale.learn("qar", table("pl"))
    assert locale.minutes_read(1, "qar", 3) == "1\u20133 minutes (few)"
    assert locale.minutes_read(3, "qar", 5) == "3\u20135 minutes"


def test_a_range_keeps_its_numbers_where_a_dual_says_its_own():
    locale.learn("qar", table("he"))
    assert locale.minutes_read(2, "qar") == "two minutes"
    assert locale.minutes_read(1, "qar", 2) == "1\u20132 minutes"


def test_the_offer_to_go_on_tells_how_much_is_left():
    assert locale.resume(3) == "Continue where you were (3 min left)"
    assert locale.resume(0) == "Continue where you were (less than a minute left)"
    locale.learn("qao", table("none"))
    assert locale.resume(3, "qao") == "Go on: 3 to go"


def test_the_reading_pace():
    assert locale.pace_known(1238) == (
        "Your reading pace, about 1,238 words per minute, is remembered in this browser only."
    )
    assert "about 1 word per" in locale.pace_known(1)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("dismiss", "Not now"),
        ("progress", "Reading progress"),
        ("pace-unknown", "Your reading pace is not known yet."),
        ("pace-off", "Your browser asks not to be tracked, so your reading pace is not remembered."),
        ("forget", "Forget it"),
        ("forgotten", "Your reading pace is forgotten."),
    ],
)
def test_a_text_without_a_number(key, text):
    assert locale.text(key) == locale.text(key, None, "en") == text


@pytest.mark.parametrize(
    ("language", "base"),
    [("en", "en"), ("pt-BR", "pt"), ("pt_BR", "pt"), ("zh-Hant", "zh"), ("zh_Hant-TW", "zh"), ("DE", "de"), ("", "")],
)
def test_the_primary_language_of_a_tag(language, base):
    assert locale.base(language) == base


def test_a_language_is_learnt_with_its_regions():
    assert [locale.known(language) for language in ("en", "en-GB", "qal")] == [True, True, False]
    assert locale.finished("qal") == "Finished"
    locale.learn("qal-XX", table("none"))
    assert [locale.known(language) for language in ("qal", "QAL_yy")] == [True, True]
    assert locale.finished("qal") == locale.finished("qal-ZZ") == "Done"
    assert locale.hearts(None, "qal") == "\u2013 (other)"
    assert locale.finished() == "Finished"


def test_a_language_without_a_table_gets_english():
    assert locale.hearts(2, "xx") == locale.hearts(2, "en-GB") == "2 hearts"
    assert locale.minutes_read(6, "xx", 9) == "6\u20139 min read"
    assert locale.number(1234, "") == "1,234"


def test_zero_and_a_category_without_a_text():
    locale.learn("qaz", table("pl"))
    assert [locale.hearts(count, "qaz") for count in (0, 1, 2, 5)] == ["0 (zero)", "1 (one)", "2 (few)", "5 (other)"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("none", {"other": [0, 1, 2, 5, 11, 100]}),
        ("one", {"one": [1], "other": [0, 2, 11, 21, 101]}),
        ("01", {"one": [0, 1], "other": [2, 10, 21, 101]}),
        ("pl", {"one": [1], "few": [2, 3, 4, 22, 34, 102], "many": [0, 5, 11, 12, 14, 21, 25, 101, 112, 1000]}),
        ("ru", {"one": [1, 21, 101], "few": [2, 4, 22, 104], "many": [0, 5, 11, 12, 14, 20, 111, 112, 1000]}),
        ("he", {"one": [1], "two": [2], "other": [0, 3, 10, 11, 12, 20, 102]}),
        (
            "ar",
            {
                "zero": [0],
                "one": [1],
                "two": [2],
                "few": [3, 10, 103, 110, 1003],
                "many": [11, 26, 99, 111, 199],
                "other": [100, 101, 102, 200, 1000, 1002],
            },
        ),
    ],
)
def test_plurals(rule, expected):
    locale.learn("qap", table(rule))
    for category, values in expected.items():
        assert [locale.plural(value, "qap") for value in values] == [category] * len(values)


@pytest.mark.parametrize("value", [1000, 1001, 1002, 1005])
def test_a_short_number_has_its_noun_as_thousands_have(value):
    locale.learn("qas", table("pl"))
    assert locale.text("hearts", value, "qas", "1 tys.") == "1 tys. (other)"
    assert locale.text("hearts", 1002, "qas") == "1,002 (few)"
    assert locale.text("hearts", 1234, "en", "1.2K") == "1.2K hearts"


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        locale.text("no-such-text", 1)
