from readerly.code_sample import places


class Python:
    def __init__(self, place=None, job=None, ready=True):
        self.place, self.job, self.ready = place, job, ready


def test_a_sample_comes_back_to_its_own():
    own, fresh = Python("sample 1"), Python()
    assert places.choice([own, fresh], "sample 1") == (own, None)


def test_nobody_gets_anothers():
    other, fresh = Python("sample 1"), Python()
    assert places.choice([other, fresh], "sample 2") == (fresh, None)
    assert places.choice([other], "sample 2") == (None, None)


def test_a_session_waits_for_its_own():
    assert places.choice([Python("session a", job=1), Python()], "session a") == (None, None)


def test_one_that_has_started_goes_before_one_that_starts():
    starting, ready = Python(ready=False), Python()
    assert places.choice([starting, ready], "sample 1") == (ready, None)
    assert places.choice([starting], "sample 1") == (starting, None)


def test_two_run_side_by_side_and_a_third_waits():
    busy = [Python("sample 1", job=1), Python("sample 2", job=1)]
    assert places.waits(busy)
    assert places.choice(busy + [Python()], "sample 3") == (None, None)


def test_room_is_made_where_nothing_is_lost_and_longest_unused():
    session, first, second = Python("session a"), Python("sample 1"), Python("sample 2")
    assert places.choice([session, first, second], "sample 3") == (None, first)
    sessions = [Python("session a"), Python("session b"), Python("session c")]
    assert places.choice(sessions, "session d") == (None, sessions[0])


def test_a_fresh_one_is_kept_ready_but_not_for_a_sessions_names():
    first, second, third = Python("sample 1"), Python("sample 2", job=1), Python("session a")
    assert places.for_a_fresh_one([first]) == (True, None)
    assert places.for_a_fresh_one([first, Python()]) == (False, None)
    assert places.for_a_fresh_one([first, second, third]) == (True, first)
    assert places.for_a_fresh_one([Python("session b"), second, third]) == (False, None)
