import pytest

from readerly.page import locale


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12345, "12,345"), (1234567, "1,234,567")]
)
def test_thousands_are_parted(value, text):
    assert locale.number(value) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 hearts"), (1, "1 heart"), (2, "2 hearts"), (1200, "1,200 hearts")])
def test_hearts(count, text):
    assert locale.hearts(count) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 views"), (1, "1 view"), (2, "2 views")])
def test_views(count, text):
    assert locale.views(count) == text


def test_comments():
    assert [locale.comments(count) for count in (0, 1, 2)] == ["0 comments", "1 comment", "2 comments"]


def test_a_count_not_known_yet_keeps_its_place():
    assert locale.hearts(None) == "\u2013 hearts"
    assert locale.views(None) == "\u2013 views"


def test_minutes():
    assert [locale.minutes_read(minutes) for minutes in (1, 7)] == ["1 min read", "7 min read"]
    assert [locale.minutes_left(minutes) for minutes in (0, 1, 4)] == [
        "less than a minute left",
        "1 min left",
        "4 min left",
    ]
    assert locale.finished() == "Finished"


def test_a_language_without_a_table_gets_english():
    assert locale.hearts(2, "xx") == locale.hearts(2, "en-GB") == "2 hearts"


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        locale.text("no-such-text", 1)
