import pytest

from readerly.read_time.places import MOST, found, kept


def test_a_place_is_found_again():
    places = kept(kept([], "/a", 0.4), "/b", 0.7)
    assert (found(places, "/a"), found(places, "/b"), found(places, "/c")) == (0.4, 0.7, None)


def test_a_newer_place_stands_for_an_older_one():
    places = kept(kept([], "/a", 0.4), "/a", 0.6)
    assert len(places) == 1
    assert found(places, "/a") == 0.6


@pytest.mark.parametrize("part", [0, 0.05, 0.95, 1])
def test_who_has_hardly_begun_or_is_through_has_no_place(part):
    assert kept(kept([], "/a", 0.4), "/a", part) == []


def test_only_the_last_articles_are_kept():
    places = []
    for number in range(MOST + 5):
        places = kept(places, str(number), 0.5)
    assert len(places) == MOST
    assert found(places, "4") is None
    assert found(places, "5") == 0.5


@pytest.mark.parametrize(
    "record", [None, 7, "text", {"/a": 0.4}, [1, None, ["/a"], ["/a", "x"], [3, 0.4], ["/a", 9.0]]]
)
def test_a_damaged_record_is_nothing(record):
    assert found(record, "/a") is None
    assert found(kept(record, "/b", 0.5), "/b") == 0.5
