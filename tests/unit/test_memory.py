import pytest

from readerly.read_time.memory import NOTHING, expected, learned, restored
from readerly.read_time.pace import SPREAD


def test_a_reader_nobody_knows_is_the_median_one():
    assert expected(NOTHING) == (0, SPREAD)


def test_an_article_that_told_nothing_changes_nothing():
    assert learned((3.0, 0.5), 0.4, 0) == (3.0, 0.5)


def test_a_reader_who_is_always_slower_is_expected_slower_and_more_surely_so():
    memory, seen = NOTHING, []
    for _ in range(12):
        memory = learned(memory, 0.3, 600)
        seen.append(expected(memory))
    usual = [one for one, _ in seen]
    spread = [one for _, one in seen]
    assert usual == sorted(usual)
    assert 0.28 < usual[-1] < 0.3
    assert spread == sorted(spread, reverse=True)
    assert 0.16 < spread[-1] < 0.2


def test_a_glance_tells_less_than_an_article():
    glance, article = expected(learned(NOTHING, 0.3, 10)), expected(learned(NOTHING, 0.3, 1000))
    assert 0 < glance[0] < article[0] / 2


def test_who_changes_is_followed():
    memory = NOTHING
    for _ in range(30):
        memory = learned(memory, 0.3, 600)
    for _ in range(12):
        memory = learned(memory, -0.3, 600)
    assert expected(memory)[0] < -0.1


def test_what_was_stored_comes_back():
    memory = learned(NOTHING, 0.2, 500)
    assert restored(list(memory)) == memory


@pytest.mark.parametrize(
    "record", [None, [], [1], "12", [1, "a"], {"0": 1}, [-1, 0], [0, 0], [1, 9], [1e9, 0], [float("nan"), 1], 7]
)
def test_a_damaged_record_is_nothing(record):
    assert restored(record) == NOTHING
