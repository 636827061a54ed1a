import pytest

from readerly.page.pause import FIRST, LONGEST, Pause


class Browser:
    """A clock, what tabs share, and a chance."""

    def __init__(self):
        self.kept = {}
        self.now = 1_790_000_000_000.0
        self.chance = 1


def tab(browser):
    def remember(key, value):
        browser.kept[key] = value

    return Pause(browser.kept.get, remember, lambda: browser.now, lambda: browser.chance)


def test_no_pause_before_a_failure():
    assert tab(Browser()).left() == 0


def test_each_pause_is_twice_as_long_up_to_the_longest():
    pause = tab(Browser())
    lengths = []
    for _ in range(12):
        pause.failed()
        lengths.append(pause.left())
    assert lengths[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert lengths[-1] == lengths[-2] == LONGEST


@pytest.mark.parametrize(("chance", "length"), [(0, FIRST // 2), (0.5, FIRST * 3 // 4), (1, FIRST)])
def test_chance_keeps_readers_apart(chance, length):
    browser = Browser()
    browser.chance = chance
    pause = tab(browser)
    pause.failed()
    assert pause.left() == length


def test_it_ends_with_time():
    browser = Browser()
    pause = tab(browser)
    pause.failed()
    browser.now += FIRST - 1
    assert pause.left() == 1
    browser.now += 1
    assert pause.left() == 0


def test_an_answer_ends_it_and_the_next_is_short_again():
    pause = tab(Browser())
    pause.failed()
    pause.failed()
    pause.ended()
    assert pause.left() == 0
    pause.failed()
    assert pause.left() == FIRST


def test_all_tabs_wait_and_the_next_page_too():
    browser = Browser()
    tab(browser).failed()
    assert tab(browser).left() == FIRST


@pytest.mark.parametrize(("after", "length"), [(60_000, 60_000), (1, FIRST), (10**9, LONGEST)])
def test_the_service_may_ask_for_longer(after, length):
    pause = tab(Browser())
    pause.failed(after)
    assert pause.left() == length


def test_hurry_lets_a_try_through_but_no_flood():
    browser = Browser()
    pause = tab(browser)
    for _ in range(6):
        pause.failed()
    pause.hurry()
    assert pause.left() == FIRST
    browser.now += FIRST
    assert pause.left() == 0
    pause.hurry()
    assert pause.left() == 0


def test_a_clock_that_was_put_back_pauses_nothing_for_hours():
    browser = Browser()
    pause = tab(browser)
    pause.failed()
    browser.now -= 3_600_000
    assert pause.left() == 0
