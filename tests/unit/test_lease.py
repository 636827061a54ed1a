from readerly.page.lease import LENGTH, Lease


class Browser:
    """A clock, and what tabs share."""

    def __init__(self):
        self.kept = {}
        self.now = 1_790_000_000_000.0

    def remember(self, key, value):
        self.kept[key] = value

    def tab(self, owner, name="outbox"):
        return Lease(name, owner, self.kept.get, self.remember, lambda: self.now)


def test_one_tab_has_it_and_the_other_waits():
    browser = Browser()
    one, two = browser.tab("1"), browser.tab("2")
    assert (one.take(), two.take(), one.mine(), two.mine()) == (True, False, True, False)
    one.give()
    assert (two.take(), two.mine(), one.mine()) == (True, True, False)


def test_who_gives_back_late_takes_nothing_from_its_successor():
    browser = Browser()
    one, two = browser.tab("1"), browser.tab("2")
    one.take()
    browser.now += LENGTH
    assert two.take()
    one.give()
    assert two.mine()


def test_it_ends_by_itself_when_its_tab_is_closed():
    browser = Browser()
    browser.tab("1").take()
    browser.now += LENGTH - 1
    assert not browser.tab("2").take()
    browser.now += 1
    assert browser.tab("2").take()


def test_a_clock_that_was_put_back_blocks_nobody():
    browser = Browser()
    browser.tab("1").take()
    browser.now -= 3_600_000
    assert browser.tab("2").take()


def test_of_two_that_take_it_in_one_instant_the_later_has_it():
    browser = Browser()
    one, two = browser.tab("1"), browser.tab("2")
    one.take()
    browser.kept.clear()  # the other tab had not seen it yet
    two.take()
    assert (one.mine(), two.mine()) == (False, True)


def test_locks_of_different_names_are_apart():
    browser = Browser()
    assert browser.tab("1", "reader").take()
    assert browser.tab("2", "outbox").take()
