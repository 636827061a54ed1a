from readerly.code_sample.changes import changes, counted


def shown(found, side):
    """The lines of one side, as far as they are shown."""
    return [line for kind, line in found if kind in ("same", side)]


def test_what_stays_is_kept_between_what_changed():
    found = changes("a\nb\nc\nd", "a\nB\nc\nD\ne")
    assert shown(found, "removed") == ["a", "b", "c", "d"]
    assert shown(found, "added") == ["a", "B", "c", "D", "e"]
    assert [kind for kind, _ in found].count("same") == 2


def test_lines_far_from_a_change_are_left_out_and_what_follows_is_numbered():
    old = [str(number) for number in range(30)]
    new = old[:5] + ["x"] + old[5:20] + old[21:]
    found = changes("\n".join(old), "\n".join(new))
    assert [line for kind, line in found if kind == "line"] == ["4", "20"]
    assert [each for each in found if each[0] not in ("same", "line")] == [("added", "x"), ("removed", "20")]


def test_texts_too_long_to_compare_are_told_apart_as_blocks():
    old, new = ["a" + str(number) for number in range(300)], ["b" + str(number) for number in range(300)]
    found = changes("\n".join(old), "\n".join(new))
    assert shown(found, "removed") == old
    assert shown(found, "added") == new


def test_nothing_changed():
    assert changes("a\nb", "a\nb") == []
    assert counted([]) == "nothing"


def test_counts_are_said_as_people_say_them():
    assert counted([("added", ""), ("added", "")]) == "2 lines added"
    assert counted([("removed", "")]) == "1 line removed"
