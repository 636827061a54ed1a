from readerly.code_sample.attempts import (
    ASKED,
    MOST,
    SHOWN,
    SOLVED,
    TRIED,
    Attempts,
    find,
    forget,
    keep,
    unsound,
    view,
    whole,
)
from readerly.page.markup import Element, to_html


def test_attempts_are_counted_until_one_passes():
    tries = Attempts(False, False)
    assert tries.kept == ASKED
    assert tries.failed("Add one.") == "Not yet: Add one."
    assert tries.kept == "Attempts so far: 1."
    assert tries.passed(False) == "Solved, at attempt 2."
    assert tries.kept == "Solved at an earlier visit."


def test_the_first_attempt_may_pass():
    assert Attempts(True, True).passed(False) == "Solved at the first attempt."


def test_the_hint_is_offered_after_one_attempt_and_the_solution_after_three():
    tries = Attempts(True, True)
    assert not tries.hint
    assert tries.failed("No.").endswith("No. There is a hint below.")
    assert tries.hint
    assert not tries.solution
    tries.unchecked()
    assert tries.failed("No.").endswith(" There is a hint and a solution below.")
    assert tries.solution


def test_what_is_not_there_is_not_offered():
    tries = Attempts(False, False)
    for _ in range(5):
        assert "below" not in tries.failed("No.")


def test_an_error_is_an_attempt_that_was_not_checked():
    tries = Attempts(True, False)
    assert tries.unchecked() == "Not checked, since the run ended with an error. There is a hint below."
    assert tries.count == 1


def test_what_was_solved_stays_solved_when_it_is_spoilt_later():
    tries = Attempts(True, True, SOLVED, 1)
    assert tries.failed("No.") == "Not yet: No. You have solved it before."
    assert tries.state == SOLVED


def test_taking_the_solution_is_not_solving():
    tries = Attempts(True, True, SHOWN, 3)
    assert tries.passed(True) == "This is the author\u2019s solution, and it passes."
    assert tries.state == SHOWN
    assert tries.passed(False) == "Solved, at attempt 4."


def test_who_writes_the_very_solution_has_solved_it():
    tries = Attempts(True, True)
    tries.passed(True)
    assert tries.state == SOLVED


def test_a_broken_check_is_the_authors_to_mend():
    assert unsound("KeyError: 1", 3) == (
        "The check itself is broken, on line 3 of it: KeyError: 1. Its author has to mend it."
    )
    assert unsound("KeyError: 1", 0) == "The check itself is broken: KeyError: 1. Its author has to mend it."


def test_what_is_kept_is_found_for_the_same_check_only():
    kept = keep([], "/a/", "first", "c1", SOLVED, 2)
    assert find(kept, "/a/", "first", "c1") == (SOLVED, 2)
    assert find(kept, "/a/", "first", "c2") == (TRIED, 0)
    assert find(kept, "/b/", "first", "c1") == (TRIED, 0)
    assert find(keep(kept, "/a/", "first", "c1", SOLVED, 3), "/a/", "first", "c1") == (SOLVED, 3)


def test_one_is_forgotten_and_others_stay():
    kept = keep(keep([], "/a/", "first", "c", TRIED, 1), "/a/", "second", "c", TRIED, 1)
    assert [each[1] for each in forget(kept, "/a/", "first")] == ["second"]


def test_anything_may_stand_in_storage():
    for odd in (None, 5, "x", {}, [1], [["a", "b", "c", "solved"]], [["a", "b", "c", "solved", "many"]]):
        assert whole(odd) == []
    assert find([["/a/", "b", "c", "odd", "1"]], "/a/", "b", "c") == (TRIED, 0)


def test_the_oldest_go_first():
    kept = []
    for number in range(MOST + 1):
        kept = keep(kept, "/a/", str(number), "c", TRIED, 1)
    assert (len(kept), kept[0][1]) == (MOST, "1")


def test_hint_and_solution_are_folded_and_neither_has_to_be_there():
    html = to_html(view("Sums", Element("p", {}, ("Use sum.",)), "total = 6"))
    assert 'aria-label="Exercise: Sums"' in html
    assert '<details data-part="clue"><summary>Hint</summary><div><p>Use sum.</p></div></details>' in html
    assert '<summary>Solution</summary><pre tabindex="0"><code class="language-python">total = 6</code></pre>' in html
    assert "<details" not in to_html(view())
