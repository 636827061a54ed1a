from readerly.hearts.outbox import Outbox


class Browser:
    """What tabs share, and a pause that a test sets."""

    def __init__(self):
        self.kept = {}
        self.pause = 0

    def remember(self, key, value):
        if value is None:
            self.kept.pop(key, None)
        else:
            self.kept[key] = value

    def keys(self, prefix):
        return sorted([key for key in self.kept if key.startswith(prefix)])

    def tab(self):
        return Outbox(self.kept.get, self.remember, self.keys, lambda: self.pause)


def test_nothing_waits_at_first():
    outbox = Browser().tab()
    assert (outbox.next(), outbox.paths(), outbox.wish("/a")) == (None, [], None)


def test_only_the_last_wish_for_a_page_is_sent():
    outbox = Browser().tab()
    for on in (True, False, True, False):
        outbox.put("/a", on)
    assert outbox.next() == ("/a", False)
    outbox.confirmed("/a", False)
    assert outbox.next() is None


def test_pages_wait_side_by_side():
    outbox = Browser().tab()
    outbox.put("/b", True)
    outbox.put("/a", False)
    assert outbox.paths() == ["/a", "/b"]
    outbox.confirmed("/a", False)
    assert outbox.next() == ("/b", True)


def test_a_newer_wish_survives_the_answer_to_an_older_one():
    outbox = Browser().tab()
    outbox.put("/a", True)
    sent = outbox.next()
    outbox.put("/a", False)
    outbox.confirmed(*sent)
    assert outbox.next() == ("/a", False)


def test_a_wish_that_came_back_is_fulfilled_by_the_first_answer():
    outbox = Browser().tab()
    outbox.put("/a", True)
    sent = outbox.next()
    outbox.put("/a", False)
    outbox.put("/a", True)
    outbox.confirmed(*sent)
    assert outbox.next() is None


def test_nothing_is_sent_during_a_pause_and_nothing_is_lost():
    browser = Browser()
    outbox = browser.tab()
    outbox.put("/a", True)
    browser.pause = 1
    assert outbox.next() is None
    assert outbox.wish("/a") is True
    browser.pause = 0
    assert outbox.next() == ("/a", True)


def test_a_refusal_for_good_ends_every_wish_for_the_page():
    outbox = Browser().tab()
    outbox.put("/a", True)
    outbox.put("/b", True)
    outbox.refused("/a")
    assert outbox.paths() == ["/b"]


def test_another_tab_sees_sends_and_ends_it():
    browser = Browser()
    one, two = browser.tab(), browser.tab()
    one.put("/a", True)
    assert two.next() == ("/a", True)
    two.confirmed("/a", True)
    assert one.next() is None


def test_it_is_there_after_a_restart_and_sent_again_until_it_is_confirmed():
    browser = Browser()
    browser.tab().put("/a", True)
    assert browser.tab().next() == ("/a", True)
    assert browser.tab().next() == ("/a", True)


def test_what_else_is_remembered_is_no_wish():
    browser = Browser()
    browser.kept = {"reader": "token", "wish:/a": "nonsense", "wish:/b": False}
    assert browser.tab().paths() == ["/b"]
    assert browser.tab().next() == ("/b", False)


def test_a_wish_of_another_tab_is_known_before_what_it_wrote_can_be_read():
    outbox = Browser().tab()
    outbox.hear("/a", True)
    assert (outbox.wish("/a"), outbox.paths(), outbox.next()) == (True, ["/a"], ("/a", True))
    outbox.confirmed("/a", True)
    assert outbox.next() is None


def test_what_is_wished_here_replaces_what_another_tab_wished():
    outbox = Browser().tab()
    outbox.hear("/a", True)
    outbox.put("/a", False)
    assert outbox.next() == ("/a", False)
    outbox.hear("/a", True)
    assert outbox.next() == ("/a", True)
