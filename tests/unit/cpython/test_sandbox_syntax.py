import pytest

from readerly.code_sample.sandbox.syntax import LONGEST, check


@pytest.mark.parametrize(
    ("source", "error", "line"),
    [
        ("x = 1\nprint(x", "SyntaxError: '(' was never closed", 2),
        ("if x:\npass", "IndentationError: expected an indented block", 2),
        ("x = 1\nreturn x", "SyntaxError: 'return' outside function", 2),
    ],
)
def test_what_is_wrong_is_said_with_its_line(source, error, line):
    text, at = check(source)
    assert at == str(line)
    assert text.startswith(error)


@pytest.mark.parametrize("source", ["", "await f()", "print('x'); 1 is 1", "x" * LONGEST + ".\n("])
def test_nothing_is_said_of_what_runs_or_cannot_be_told(source):
    assert check(source) == []


@pytest.mark.parametrize("source", ["\0", "(" * 5000, "-" * 15000 + "1"])
def test_a_source_may_be_anything(source):
    check(source)


def test_nothing_runs():
    assert check("raise SystemExit") == []
