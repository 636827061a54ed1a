import pytest

from readerly.read_time.pace import Pace, middle_half
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
    assert pace.seconds_left(238) == pytest.approx(120, rel=0.05)


def test_follows_a_reader_who_is_faster():
    pace = Pace()
    for _ in range(100):
        pace.observe(238, 30)
    assert pace.seconds_left(238) == pytest.approx(30, rel=0.05)


def test_a_few_words_tell_little():
    pace = Pace()
    pace.observe(2, 2)
    assert 60 < pace.seconds_left(238) < 75


def test_more_words_tell_more():
    estimates = []
    for words in (10, 50, 200, 1000):
        pace = Pace()
        pace.observe(words, words / 119 * 60)
        estimates.append(pace.seconds_left(238))
    assert estimates == sorted(estimates)
    assert 60 < estimates[0] < estimates[-1] < 120


def test_the_estimate_hardly_depends_on_how_the_words_come():
    whole, parts = Pace(), Pace()
    whole.observe(300, 90)
    for _ in range(30):
        parts.observe(10, 3)
    assert parts.seconds_left(500) == pytest.approx(whole.seconds_left(500), rel=0.08)


@pytest.mark.parametrize(("words", "seconds"), [(0, 10), (10, 0), (-10, 10), (10, -10), (0, 0)])
def test_what_is_not_positive_tells_nothing(words, seconds):
    pace = Pace()
    pace.observe(words, seconds)
    assert pace.seconds_left(238) == pytest.approx(60)


@pytest.mark.parametrize(("words", "seconds"), [(20, 40), (1000, 60), (10, 3600)])
def test_a_pause_and_a_leap_tell_nothing(words, seconds):
    pace = Pace()
    pace.observe(words, seconds)
    assert pace.words == 0
    assert pace.seconds_left(238) == pytest.approx(60)


def test_one_strange_step_hardly_moves_a_pace_that_is_known():
    pace = Pace()
    for _ in range(40):
        pace.observe(50, 50 / 238 * 60)
    before = pace.seconds_left(1000)
    pace.observe(50, 70)
    assert before <= pace.seconds_left(1000) < before * 1.05


def test_the_estimate_is_held_while_the_reader_varies():
    """Steps that are now slower, now faster by a fifth do not make the estimate go to and fro."""
    pace, shown = Pace(), []
    for step in range(60):
        pace.observe(50, 50 / 238 * 60 * (1.2 if step % 2 else 1 / 1.2))
        shown.append(pace.seconds_a_word())
    settled = shown[20:]
    assert settled == sorted(settled)
    assert settled[-1] < settled[0] * 1.02


def test_old_steps_weigh_less_than_new_ones():
    pace = Pace()
    for _ in range(60):
        pace.observe(50, 50 / 300 * 60)
    for _ in range(60):
        pace.observe(50, 50 / 200 * 60)
    assert 200 < 60 / pace.seconds_a_word() < 240


def test_a_reader_who_is_known_begins_with_their_own_pace():
    assert Pace("en", 0.2, 0.1).seconds_left(238) == pytest.approx(60 * 1.2214, rel=0.001)


def test_what_is_known_well_moves_less():
    known, new = Pace("en", 0.0, 0.1), Pace("en")
    for pace in (known, new):
        pace.observe(200, 200 / 150 * 60)
    assert 60 < known.seconds_left(238) < new.seconds_left(238)


@pytest.mark.parametrize(("minutes", "between"), [(1, (1, 1)), (2, (2, 2)), (7, (6, 9)), (9, (7, 11)), (60, (48, 74))])
def test_half_of_all_readers_take_between_the_quartiles(minutes, between):
    assert middle_half(minutes) == between
