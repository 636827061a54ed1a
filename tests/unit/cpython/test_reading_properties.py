"""What holds of the live read time whatever a reader does."""

import math

from hypothesis import given
from hypothesis import strategies as st

from readerly.hearts.heart import Heart
from readerly.hearts.outbox import Outbox
from readerly.read_time.pace import WARM_UP, Pace
from readerly.read_time.reading import FASTEST, Reading

POSITIVE = st.floats(0.01, 10_000)
STEPS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 300), st.booleans()), max_size=40)


@given(st.lists(st.tuples(POSITIVE, POSITIVE), max_size=20), POSITIVE)
def test_a_pace_lies_within_what_was_seen_and_what_is_usual(observed, words):
    pace = Pace()
    for some_words, seconds in observed:
        pace.observe(some_words, seconds)
    seen = [seconds / some_words for some_words, seconds in observed] + [60 / 238]
    low, high = min(seen) * math.exp(-WARM_UP), max(seen)
    assert low * 0.999 <= pace.seconds_left(words) / words <= high * 1.001


@given(st.floats(0, 100_000), STEPS)
def test_a_reading_is_sane_whatever_is_seen(words, steps):
    reading, at, before = Reading(words), 0.0, 0.0
    for start, extent, seconds, away in steps:
        first = start * words
        reading.see(first, min(words * 1.5, first + extent * words), at)
        if away:
            reading.look_away(at)
        at += seconds
        left = reading.seconds_left(at)
        assert math.isfinite(left)
        assert left >= 0
        assert reading.minutes_left(at) >= 0
        position = reading.position(at)
        assert before - 1e-6 <= position <= max(words, 0) + 1e-6
        assert position <= at * FASTEST * 238 / 60 + 1e-6
        before = position


@given(st.floats(100, 10_000), STEPS, st.floats(0, 1000))
def test_time_alone_never_makes_more_time_left(words, steps, wait):
    reading, at = Reading(words), 0.0
    for start, extent, seconds, _ in steps:
        reading.see(start * words, min(words, (start + extent) * words), at)
        at += seconds
    assert reading.seconds_left(at + wait) <= reading.seconds_left(at) + 1e-6


@given(st.integers(0, 3), st.booleans(), st.lists(st.sampled_from(["press", "send", "answer", "lose", "refuse"])))
def test_a_heart_ends_as_the_reader_last_wished_or_as_the_service_last_said(count, on, events):
    """A service of one reader, whose answers may be lost, and a page that sends one wish at a time, again and again."""
    wishes: dict[str, bool] = {}

    def remember(key: str, wish: bool | None) -> None:
        wishes.pop(key, None)
        if wish is not None:
            wishes[key] = wish

    outbox = Outbox(wishes.get, remember, lambda prefix: list(wishes), lambda: 0)
    others, kept, shown, flying = count, on, on, None
    for event in [*events, "send", "answer", "send", "answer"]:
        if event == "press":
            outbox.put("/", not Heart(others + shown, shown, outbox.wish("/")).on)
        elif event == "send" and flying is None:
            flying = outbox.next()
        elif flying is not None and event != "send":
            if event == "refuse":
                outbox.refused("/")
            else:
                kept = flying[1]
            if event == "answer":
                outbox.confirmed(*flying)
                shown = kept
            flying = None
        heart = Heart(others + shown, shown, outbox.wish("/"))
        assert heart.count == others + heart.on
    assert outbox.next() is None
    assert kept == shown or "refuse" in events or "lose" in events
    if "refuse" not in events:
        assert heart.on == kept
