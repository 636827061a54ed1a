"""Work is taken in steps, in order, and the browser gets its turn whenever the time is used."""

from readerly.page.turns import SLICE, Turns


class Browser:
    """A clock that only work moves, and the turns that were given."""

    def __init__(self):
        self.time = 0.0
        self.given = 0
        self.patient = []
        self.reported = []
        self.done = []
        self.turns = Turns(lambda: self.time, self.give, self.reported.append)

    def give(self, patient):
        self.given += 1
        self.patient.append(patient)

    def steps(self, name, count, milliseconds):
        for number in range(count):
            self.time += milliseconds
            self.done.append(name + str(number))
            yield

    def finish(self):
        """Let every turn that was given end; return what was done in each."""
        turns = []
        ended = 0
        while ended < self.given:
            ended += 1
            before = len(self.done)
            self.turns.go()
            turns.append(self.done[before:])
        return turns


def test_the_browser_has_its_turn_before_anything_is_done():
    browser = Browser()
    browser.turns.run(browser.steps("a", 1, 1))
    assert (browser.given, browser.done) == (1, [])


def test_steps_share_a_turn_until_its_time_is_used():
    browser = Browser()
    browser.turns.run(browser.steps("a", 4, SLICE / 2))
    assert browser.finish() == [["a0", "a1"], ["a2", "a3"], []]


def test_a_step_that_is_longer_has_a_turn_to_itself():
    browser = Browser()
    browser.turns.run(browser.steps("a", 3, SLICE * 5))
    assert browser.finish() == [["a0"], ["a1"], ["a2"], []]


def test_one_after_the_other():
    browser = Browser()
    browser.turns.run(browser.steps("a", 2, SLICE))
    browser.turns.run(browser.steps("b", 1, SLICE))
    browser.finish()
    assert browser.done == ["a0", "a1", "b0"]
    assert browser.given == 4  # one for each step, and the last to find that nothing is left


def test_patient_work_waits_until_nothing_else_is_left():
    browser = Browser()
    browser.turns.run(browser.steps("patient", 2, SLICE), patient=True)
    browser.turns.run(browser.steps("a", 1, SLICE))
    browser.turns.go()
    browser.turns.go()
    browser.turns.run(browser.steps("b", 1, SLICE))
    browser.finish()
    assert browser.done == ["a0", "patient0", "b0", "patient1"]


def test_work_that_work_asks_for_comes_after_it():
    browser = Browser()

    def asking():
        browser.turns.run(browser.steps("asked", 1, SLICE))
        yield from browser.steps("a", 2, SLICE)

    browser.turns.run(asking())
    browser.finish()
    assert browser.done == ["a0", "a1", "asked0"]


def test_what_fails_ends_alone_and_is_reported():
    browser = Browser()

    def failing():
        yield
        raise ValueError("broken")

    browser.turns.run(failing())
    browser.turns.run(browser.steps("a", 1, SLICE))
    browser.finish()
    assert browser.done == ["a0"]
    assert [str(error) for error in browser.reported] == ["broken"]


def test_it_starts_again_after_a_rest():
    browser = Browser()
    for name in ("a", "b"):
        browser.turns.run(browser.steps(name, 1, 0))
        browser.finish()
        assert browser.given == (1 if name == "a" else 2)
        browser.turns.go()  # a turn that nobody waits for does nothing
    assert browser.done == ["a0", "b0"]


def test_only_when_all_that_is_left_is_patient_everything_else_of_the_page_comes_first():
    browser = Browser()
    browser.turns.run(browser.steps("long", 2, SLICE), patient=True)
    browser.turns.run(browser.steps("a", 2, SLICE))
    browser.finish()
    assert browser.done == ["a0", "a1", "long0", "long1"]
    assert browser.patient == [True, False, False, True, True]
