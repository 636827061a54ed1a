import pytest

from readerly.hearts.heart import Heart


def seen(heart):
    return heart.on, heart.count


def test_a_press_is_seen_at_once_and_leaves_a_wish():
    heart = Heart(2, False)
    assert heart.press() is True
    assert seen(heart) == (True, 3)
    assert heart.wish is True


def test_a_second_press_takes_it_back():
    heart = Heart(2, True)
    assert heart.press() is False
    assert seen(heart) == (False, 1)


def test_the_answer_settles_the_wish_with_everybody_elses_hearts():
    heart = Heart(2, False)
    heart.press()
    heart.confirmed(7, True)
    assert seen(heart) == (True, 7)
    assert heart.wish is None


def test_a_refusal_brings_back_what_was_confirmed():
    heart = Heart(2, False)
    heart.press()
    heart.refused()
    assert seen(heart) == (False, 2)
    assert heart.wish is None


@pytest.mark.parametrize("presses", [2, 3, 4, 5])
def test_the_last_of_many_presses_wins_while_a_request_is_under_way(presses):
    heart = Heart(10, False)
    sent = heart.press()
    for _ in range(presses - 1):
        heart.press()
    wanted = presses % 2 == 1
    assert heart.on is wanted
    heart.confirmed(11, sent)
    assert seen(heart) == (wanted, 11 if wanted else 10)
    assert heart.wish is (None if wanted else False)


def test_a_wish_back_to_the_confirmed_state_still_has_to_be_sent():
    heart = Heart(0, False)
    heart.press()
    assert heart.press() is False
    assert heart.wish is False
    assert seen(heart) == (False, 0)


def test_a_refusal_of_the_second_request_keeps_the_first():
    heart = Heart(0, False)
    heart.press()
    heart.press()
    heart.confirmed(1, True)
    assert seen(heart) == (False, 0)
    heart.refused()
    assert seen(heart) == (True, 1)


def test_never_negative():
    heart = Heart(0, True)
    heart.press()
    assert seen(heart) == (False, 0)
    assert Heart(-3, False).count == 0
