import pytest

from readerly.read_time.reading import Reading

MINUTE = 238
"""Words the median reader of English takes a minute for."""


def read(reading, words, words_a_minute, view=100, at=0.0):
    """Let a steady reader read `words` words from the beginning, scrolling ten words at a time; return the time."""
    for first in range(0, int(words) - view + 1, 10):
        reading.see(first, first + view, at)
        at += 10 * 60 / words_a_minute
    return at


def test_begins_with_the_time_of_the_median_reader():
    reading = Reading(4 * MINUTE)
    assert reading.seconds_left(0) == pytest.approx(240)
    assert reading.minutes_left(0) == 4


def test_the_language_sets_the_beginning():
    assert Reading(354, "de").seconds_left(0) == pytest.approx(120)


def test_time_left_goes_down_as_the_reader_goes_on():
    reading = Reading(10 * MINUTE)
    left = []
    for words in (500, 1000, 1500, 2000):
        left.append(reading.seconds_left(read(reading, words, MINUTE)))
    assert left == sorted(left, reverse=True)


def test_a_slow_reader_is_given_more_time():
    fast, slow = Reading(20 * MINUTE), Reading(20 * MINUTE)
    at_fast = read(fast, 10 * MINUTE, 350)
    at_slow = read(slow, 10 * MINUTE, 150)
    assert slow.seconds_left(at_slow) > 1.2 * fast.seconds_left(at_fast)


def test_the_pace_learned_is_the_readers():
    reading = Reading(20 * MINUTE)
    read(reading, 10 * MINUTE, 150)
    assert reading.pace.words * 60 / reading.pace.seconds == pytest.approx(150, rel=0.1)


def test_no_more_is_taken_as_read_than_three_times_the_usual_rate():
    reading = Reading(10 * MINUTE)
    reading.see(0, 200, 0)
    reading.see(2000, 2200, 1)
    assert reading.position(30) == pytest.approx(3 * MINUTE / 2, rel=0.01)


def test_a_view_is_taken_as_looked_at_for_as_long_as_a_very_slow_reader_needs():
    reading = Reading(20 * MINUTE)
    reading.see(4000, 4190, 0)
    assert reading.position(120) > reading.position(110)
    assert reading.position(3600) == reading.position(121)


def test_a_jump_forward_counts_as_read_only_as_time_goes_by():
    reading = Reading(10 * MINUTE)
    reading.see(0, 200, 0)
    reading.see(1800, 2000, 1)
    soon, later = reading.seconds_left(2), reading.seconds_left(40)
    assert soon > 0.95 * 600
    assert later < soon


def test_an_open_tab_that_nobody_reads_does_not_count():
    reading = Reading(10 * MINUTE)
    reading.see(0, 200, 0)
    reading.see(10, 210, 3600)
    steady = Reading(10 * MINUTE)
    steady.see(0, 200, 0)
    steady.see(10, 210, 126)
    assert reading.position(3601) == pytest.approx(steady.position(127), rel=0.05)


def test_saying_the_same_view_again_does_not_keep_an_open_tab_alive():
    silent, chatty = Reading(10 * MINUTE), Reading(10 * MINUTE)
    for reading in (silent, chatty):
        reading.see(0, 100, 0)
        reading.see(1800, 1900, 1)
    for second in range(2, 1000):
        chatty.see(1800, 1900, second)
    assert chatty.position(1000) == silent.position(1000)


def test_looking_away_stops_the_clock():
    reading = Reading(10 * MINUTE)
    reading.see(0, 200, 0)
    reading.see(1800, 2000, 10)
    reading.look_away(20)
    before = reading.seconds_left(20)
    assert reading.seconds_left(5000) == before
    reading.see(1800, 2000, 5000)
    assert reading.seconds_left(5000) == pytest.approx(before)


def test_scrolling_back_does_not_take_back_what_was_read():
    reading = Reading(10 * MINUTE)
    at = read(reading, 5 * MINUTE, MINUTE)
    position = reading.position(at)
    reading.see(0, 100, at)
    assert reading.position(at) == position


def test_finished_when_the_end_was_scrolled_to():
    reading = Reading(4 * MINUTE)
    at = read(reading, 4 * MINUTE - 100, MINUTE)
    assert not reading.finished(at)
    reading.see(4 * MINUTE - 100, 4 * MINUTE, at)
    assert reading.finished(at)


def test_finished_stays_when_the_reader_turns_back_after_reading():
    reading = Reading(4 * MINUTE)
    at = read(reading, 4 * MINUTE - 100, MINUTE)
    reading.see(4 * MINUTE - 100, 4 * MINUTE, at)
    reading.see(0, 100, at + 30)
    assert reading.finished(at + 31)


def test_looking_how_long_it_is_does_not_finish_an_article():
    reading = Reading(4 * MINUTE)
    reading.see(0, 100, 0)
    reading.see(4 * MINUTE - 100, 4 * MINUTE, 1)
    reading.see(0, 100, 3)
    assert not reading.finished(4)
    assert reading.minutes_left(4) == 4


def test_an_article_that_fits_the_window_is_finished_by_time():
    reading = Reading(MINUTE)
    reading.see(0, MINUTE, 0)
    assert not reading.finished(0)
    assert not reading.finished(30)
    assert reading.seconds_left(30) == pytest.approx(30)
    assert reading.finished(60)


def test_an_article_that_fits_the_window_goes_on_where_the_reader_looked_away():
    reading = Reading(MINUTE)
    reading.see(0, MINUTE, 0)
    reading.look_away(30)
    reading.see(0, MINUTE, 500)
    assert reading.seconds_left(515) == pytest.approx(15)


@pytest.mark.parametrize(
    ("words", "unseen", "finished"), [(5000, 9, True), (5000, 11, False), (200, 1, True), (200, 3, False)]
)
def test_the_last_few_words_need_not_be_in_view(words, unseen, finished):
    reading = Reading(words)
    reading.see(0, 100, 0)
    reading.see(100, words - unseen, 30)
    assert reading.finished(30) is finished


def test_past_the_end_is_finished():
    reading = Reading(2 * MINUTE)
    reading.see(0, 100, 0)
    reading.see(2 * MINUTE, 2 * MINUTE, 100)
    assert reading.finished(100)


def test_an_empty_article_is_finished_at_once():
    reading = Reading(0)
    reading.see(0, 0, 0)
    assert reading.finished(0)
    assert reading.seconds_left(0) == 0


def test_minutes_shown_are_those_of_the_text_ahead():
    """A jump is believed by the label, and one back too; the guess at the end of reading believes neither."""
    reading = Reading(10 * MINUTE)
    reading.see(0, 200, 0)
    assert reading.minutes_left(0) == 10
    reading.see(6 * MINUTE - 100, 6 * MINUTE + 100, 1)
    assert reading.minutes_left(1) == 4
    assert reading.seconds_left(1) > 9 * 60
    reading.see(2 * MINUTE - 100, 2 * MINUTE + 100, 2)
    assert reading.minutes_left(2) == 8


def test_less_than_a_minute_is_shown_as_none():
    assert Reading(MINUTE * 0.4).minutes_left(0) == 0
    assert Reading(MINUTE * 0.6).minutes_left(0) == 1


class Estimates(Reading):
    """A reading whose estimates are given: `minutes_left` is what is tested."""

    def __init__(self, minutes):
        super().__init__(1)
        self.minutes = minutes

    def seconds_ahead(self, at):
        return self.minutes[int(at)] * 60


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        ([4.2, 3.6, 3.4, 2.6, 2.4, 1.4, 0.4], [4, 4, 3, 3, 2, 1, 0]),
        ([3.49, 3.51, 3.49, 3.6, 3.4], [3, 3, 3, 3, 3]),
        ([3.0, 3.9, 4.1, 3.9, 3.6], [3, 3, 4, 4, 4]),
        ([2.0, 8.0, 1.0], [2, 8, 1]),
        ([0.3, 0.9, 1.2], [0, 0, 1]),
    ],
)
def test_what_is_shown_goes_down_at_once_and_up_only_by_a_whole_minute(minutes, shown):
    estimates = Estimates(minutes)
    assert [estimates.minutes_left(at) for at in range(len(minutes))] == shown


def test_what_is_shown_never_flickers_for_a_steady_reader():
    reading = Reading(20 * MINUTE)
    shown, at = [], 0.0
    for first in range(0, 19 * MINUTE, 10):
        reading.see(first, first + 150, at)
        shown.append(reading.minutes_left(at))
        at += 10 * 60 / 200
    ups = [after for before, after in zip(shown[:-1], shown[1:]) if after > before]
    assert len(ups) <= 2
    assert shown[-1] <= 2
