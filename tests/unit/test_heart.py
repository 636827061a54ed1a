import pytest

from readerly.hearts.heart import Heart


def seen(heart):
    return heart.on, heart.count


@pytest.mark.parametrize(
    ("count", "on", "wish", "shown"),
    [
        (2, False, None, (False, 2)),
        (2, True, None, (True, 2)),
        (2, False, True, (True, 3)),
        (2, True, False, (False, 1)),
        (2, True, True, (True, 2)),
        (2, False, False, (False, 2)),
        (0, True, False, (False, 0)),
        (-3, False, None, (False, 0)),
    ],
)
def test_a_wish_is_seen_upon_what_was_confirmed(count, on, wish, shown):
    assert seen(Heart(count, on, wish)) == shown
