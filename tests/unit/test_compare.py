import pytest

from readerly.code_sample.compare import MOST, differences, joined, matches, same


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("a\n", "a\n"),
        ("took ... s\n", "took 0.1 s\n"),
        ("...", ""),
        ("a ... b ... c", "a 1 b 2 b 3 c"),
        ("[...]", "[...]"),
        ("<object at 0x7f0a1B>", "<object at 0x12>"),
        ('File "sample-3.py", line 2', 'File "sample-12.py", line 2'),
    ],
)
def test_what_is_the_same(wanted, got):
    assert matches(wanted, got)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("a\n", "a"),
        ("took ... s", "took 0.1 ms"),
        ("ab...ba", "aba"),
        ("a ... b ... c", "a 1 c"),
        ("<object at 0x7f>", "<other at 0x7f>"),
        ('File "sample-3.py", line 2', 'File "sample-3.py", line 3'),
    ],
)
def test_what_is_not(wanted, got):
    assert not matches(wanted, got)


def test_pieces_of_one_stream_are_one():
    assert same([("stdout", "a\nb\n")], [("stdout", "a\n"), ("stdout", "b\n")])
    assert same([], [("stdout", "")])


def test_another_kind_is_another_output():
    assert not same([("stdout", "4")], [("result", "4")])
    assert not same([("stdout", "a")], [("stdout", "a"), ("stderr", "b")])


def test_differences_are_the_lines_between_what_is_the_same():
    author = [("stdout", "one\ntwo\nthree ...\n"), ("result", "4")]
    now = [("stdout", "one\n2\n3\nthree days\n"), ("result", "4")]
    assert differences(author, now) == [("author", "two"), ("now", "2"), ("now", "3")]


def test_differences_name_the_kind_and_their_number_is_bounded():
    now = [("stderr", "x\n" * (MOST + 5))]
    found = differences([], now)
    assert found[0] == ("now", "stderr: x")
    assert found[-1] == ("now", "\u2026 5 lines more")
    assert len(found) == MOST + 1


def test_only_the_last_word_on_what_is_left_out_counts():
    assert joined([("stdout", "a"), ("capped", "1"), ("capped", "2")]) == [("stdout", "a"), ("capped", "2")]


def test_white_space_may_be_of_no_account():
    author, now = [("stdout", "a  b\n ... d\n")], [("stdout", "a b c\nd")]
    assert same(author, now, True)
    assert not same(author, now)
    assert differences([("stdout", "a  b\nc\n")], [("stdout", "a b\nd\n")], True) == [("author", "c"), ("now", "d")]
