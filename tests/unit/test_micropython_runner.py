import builtins
import json

import pytest

from readerly.code_sample.micropython import runner


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("6 * 7", "6 * 7"),
        ("x = 1\nx", "x"),
        ("x = 1; x", "x"),
        ("print(\n1,\n2\n)", "print(\n1,\n2\n)"),
        ("import asyncio\nawait asyncio.sleep(0)", "await asyncio.sleep(0)"),
        ("a, b = 1, 2\na, b  # both", "a, b  # both"),
        ("def f():\n    return 1\n\nf()\n\n# the end\n", "f()\n\n# the end"),
        ('x = ";"\nx + ";"', 'x + ";"'),
    ],
)
def test_the_last_expression_is_kept(source, value):
    head = source[: source.rindex(value)]
    assert runner.prepared(source) == head + "__import__('readerly_runner').keep((" + value + "\n))\n"


@pytest.mark.parametrize(
    "source",
    ["", "x = 1", 'x = """\na\n"""', "if 1:\n    2\nelse:\n    3", "for x in ():\n    x", "x = (", "x = \\\n5", "# x"],
)
def test_what_ends_otherwise_is_left_alone(source):
    assert runner.prepared(source) == source


def test_the_value_is_shown_once_and_none_is_not():
    runner.keep([1])
    assert runner.shown() == "[1]"
    assert runner.shown() == ""
    runner.keep(None)
    assert runner.shown() == ""


def test_a_long_value_is_cut():
    runner.keep("a" * (runner.LIMIT + 8))
    text = runner.shown()
    assert text.endswith("10 characters more")
    assert len(text) < runner.LIMIT + 40


def test_a_traceback_has_the_samples_name_and_lines():
    said = (
        "Traceback (most recent call last):\n"
        '  File "readerly_runner.py", line 9, in shown\n'
        '  File "<stdin>", line 3, in <module>\n'
        '  File "<stdin>", line 2, in half\n'
        "ZeroDivisionError: divide by zero\n"
    )
    text, line = json.loads(runner.described(said, "sample-2.py", "def half(x):\n    return x / 0\nhalf(1)"))
    assert line == 2
    assert text.split("\n") == [
        "Traceback (most recent call last):",
        '  File "sample-2.py", line 3, in <module>',
        "    half(1)",
        '  File "sample-2.py", line 2, in half',
        "    return x / 0",
        "ZeroDivisionError: divide by zero",
    ]


def test_an_error_of_javascript_has_no_line():
    assert json.loads(runner.described("TypeError: no", "sample-1.py", "x")) == ["TypeError: no", 0]


def test_a_run_begins_empty_where_that_is_wanted():
    real = builtins.input
    try:
        names = {"x": 1}
        runner.begin(names, False)
        assert names == {"x": 1, "__name__": "__main__"}
        runner.begin(names, True)
        assert names == {"__name__": "__main__"}
        with pytest.raises(RuntimeError, match="cannot ask the reader"):
            input("?")
    finally:
        builtins.input = real
