import pytest

from readerly.read_time.pace import Pace
from readerly.read_time.rates import OTHER, words_per_minute


@pytest.mark.parametrize(
    ("language", "rate"), [("en", 238), ("en-GB", 238), ("DE", 177), ("nb_NO", 179), ("xx", OTHER), ("", OTHER)]
)
def test_begins_at_the_rate_of_the_language(language, rate):
    assert words_per_minute(language) == rate
    assert Pace(language).seconds_left(rate) == pytest.approx(60)


def test_nothing_left_takes_no_time():
    assert Pace().seconds_left(0) == 0
    assert Pace().seconds_left(-5) == 0


def test_follows_a_reader_who_is_slower():
    pace = Pace()
    for _ in range(100):
        pace.observe(238, 120)
    assert pace.seconds_left(238) == pytest.approx(120, rel=0.01)


def test_follows_a_reader_who_is_faster():
    pace = Pace()
    for _ in range(100):
        pace.observe(238, 30)
    assert pace.seconds_left(238) == pytest.approx(30, rel=0.01)


def test_a_few_words_tell_little():
    pace = Pace()
    pace.observe(2, 60)
    assert 60 < pace.seconds_left(238) < 75


def test_more_words_tell_more():
    estimates = []
    for words in (10, 50, 200, 1000):
        pace = Pace()
        pace.observe(words, words / 119 * 60)
        estimates.append(pace.seconds_left(238))
    assert estimates == sorted(estimates)
    assert 60 < estimates[0] < estimates[-1] < 120


def test_the_estimate_does_not_depend_on_how_the_words_come():
    whole, parts = Pace(), Pace()
    whole.observe(300, 90)
    for _ in range(30):
        parts.observe(10, 3)
    assert parts.seconds_left(500) == pytest.approx(whole.seconds_left(500))


@pytest.mark.parametrize(("words", "seconds"), [(0, 10), (10, 0), (-10, 10), (10, -10), (0, 0)])
def test_what_is_not_positive_tells_nothing(words, seconds):
    pace = Pace()
    pace.observe(words, seconds)
    assert pace.seconds_left(238) == pytest.approx(60)
