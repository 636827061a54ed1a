import pytest

from readerly.read_time.words import count_words, measure


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("one", 1),
        ("  one two\nthree ", 3),
        ("wave\u2014it grew", 3),
        ("a \u2014 b \u2013 c - d", 4),
        ("2020\u20132024", 2),
        ("well-known don\u2019t o'clock", 3),
        ("\u201cquoted\u201d \u2026 end", 2),
        ("no\u00a0break\u202fspaces", 3),
        ("\u00ab\u00a0\u00c7a va\u00a0?\u00a0\u00bb Oui\u202f!", 3),
        ("Bonjour ! Comment : bien ; merci ?", 4),
        ("\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440", 2),
        ("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", 2),
        ("\uc548\ub155\ud558\uc138\uc694 \uc5ec\ub7ec\ubd84 \ubc18\uac11\uc2b5\ub2c8\ub2e4", 3),
    ],
)
def test_words_are_what_spaces_and_dashes_part(text, words):
    assert count_words(text) == words


def test_korean_counts_by_word_and_has_no_characters():
    assert measure("\uc548\ub155\ud558\uc138\uc694 \uc138\uacc4")[:2] == (2, 0)


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("\u65e5\u672c\u8a9e", 0, 3),
        ("\u3072\u3089\u304c\u306a\u3001\u30ab\u30bf\u30ab\u30ca\u3002", 0, 8),
        ("\u300c\u306f\u3044\u300d\uff01\uff1f", 0, 2),
        ("\u4e2d\u6587\uff0cPython\u548cAI\u3002", 2, 3),
        ("\u30c7\u30fc\u30bf\u30fb\u30d9\u30fc\u30b9", 0, 6),
        ("\uc0ac\ub78c\u6587\u5b57", 1, 2),
        ("\u4eba\u3005", 0, 2),
        ("\uff76\uff80\uff76\uff85", 0, 4),
        ("\U00020bb7\u91ce\u5bb6", 0, 3),
        ("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 Python", 2, 0),
        ("\u1019\u103c\u1014\u103a", 1, 0),
        ("\u10d2\u10d0\u10db\u10d0\u10e0\u10ef\u10dd\u10d1\u10d0", 1, 0),
    ],
)
def test_scripts_without_spaces_count_by_character_without_punctuation(text, words, characters):
    assert measure(text)[:2] == (words, characters)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("word", True, True),
        (" word", False, True),
        ("word\n", True, False),
        ("\u65e5\u672c", False, False),
        ("", False, False),
    ],
)
def test_a_piece_tells_whether_a_word_may_go_on_beyond_it(text, starts, ends):
    assert measure(text)[2:4] == (starts, ends)
