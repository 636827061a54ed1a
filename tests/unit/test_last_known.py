from readerly.page.last_known import MOST, LastKnown


class Browser:
    def __init__(self):
        self.kept = {}
        self.now = 1_790_000_000_000.0

    def remember(self, key, value):
        self.kept[key] = value

    def page(self):
        return LastKnown(self.kept.get, self.remember, lambda: self.now)


def test_what_was_told_is_known_on_the_next_page_with_its_time():
    browser = Browser()
    browser.page().keep({"/a": {"hearts": 3, "hearted": True, "views": 10, "comments": 0}})
    assert browser.page().of("/a") == {"hearts": 3, "hearted": True, "views": 10, "at": browser.now}
    assert browser.page().of("/b") is None


def test_a_part_that_is_told_leaves_the_rest():
    browser = Browser()
    last = browser.page()
    last.keep({"/a": {"hearts": 3, "hearted": True, "views": 10}})
    browser.now += 5
    last.keep({"/a": {"views": 11}})
    assert last.of("/a") == {"hearts": 3, "hearted": True, "views": 11, "at": browser.now}


def test_what_was_told_longest_ago_makes_room():
    browser = Browser()
    last = browser.page()
    for number in range(MOST + 2):
        browser.now += 1
        last.keep({"/" + str(number): {"hearts": number}})
    assert last.of("/0") is None
    assert last.of("/1") is None
    assert last.of("/2")["hearts"] == 2
    assert last.of("/" + str(MOST + 1))["hearts"] == MOST + 1
