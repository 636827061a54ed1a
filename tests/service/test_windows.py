"""The windows in which one process counts requests."""

import pytest
from limits import parse

from readerly_site.service import windows
from readerly_site.service.windows import Windows

FIVE = parse("5/minute")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time it is, in seconds, which a test may change."""
    time = [600_000.0]
    monkeypatch.setattr(windows.time, "time", lambda: time[0])
    return time


def test_each_is_let_through_as_often_as_the_limit_says_and_refusals_do_not_count(now: list[float]) -> None:
    counted = Windows()
    assert [counted.hit(FIVE, "a") for _ in range(7)] == [True] * 5 + [False] * 2
    assert counted.hit(FIVE, "b")
    assert counted.hit(FIVE, "a", "page")
    assert counted.hit(parse("6/minute"), "a"), "each limit has counts of its own"


def test_the_window_slides(now: list[float]) -> None:
    counted = Windows()
    assert all(counted.hit(FIVE, "a") for _ in range(5))
    now[0] += 60
    assert not counted.hit(FIVE, "a"), "all of the window before still weighs"
    now[0] += 30
    assert [counted.hit(FIVE, "a") for _ in range(4)] == [True, True, True, False]
    now[0] += 120
    assert [counted.hit(FIVE, "a") for _ in range(6)] == [True] * 5 + [False]
