import pytest

from readerly.code_sample.sandbox.syntax import LONGEST, check


def checked(source):
    """What is said of `source`."""
    said = []
    check(source, lambda *message: said.append(message))
    (only,) = said
    return only


@pytest.mark.parametrize(
    ("source", "error", "line"),
    [
        ("x = 1\nprint(x", "SyntaxError: '(' was never closed", 2),
        ("if x:\npass", "IndentationError: expected an indented block", 2),
        ("x = 1\nreturn x", "SyntaxError: 'return' outside function", 2),
    ],
)
def test_what_is_wrong_is_said_with_its_line(source, error, line):
    kind, text, at = checked(source)
    assert (kind, at) == ("checked", line)
    assert text.startswith(error)


@pytest.mark.parametrize("source", ["", "await f()", "print('x'); 1 is 1", "x" * LONGEST + ".\n("])
def test_nothing_is_said_of_what_runs_or_cannot_be_told(source):
    assert checked(source) == ("checked", "", 0)


@pytest.mark.parametrize("source", ["\0", "(" * 5000, "-" * 15000 + "1"])
def test_a_source_may_be_anything(source):
    assert checked(source)[0] == "checked"


def test_nothing_runs():
    assert checked("raise SystemExit") == ("checked", "", 0)
