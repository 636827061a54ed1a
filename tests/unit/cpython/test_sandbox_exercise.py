import asyncio
import json
import sys

import pytest

from readerly.code_sample.sandbox import runner


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch):
    """The runner changes what belongs to its whole interpreter: put it back."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(runner, "sessions", {})


async def unasked(kind, text):
    raise AssertionError(f"nobody answers {kind} here: {text}")


def run(source, check, session=None, **more):
    """Return what a run with a check says, without the closing "done"."""
    said = []

    def say(kind, text="", line=None):
        said.append((kind, text, line))

    asked = {"source": source, "name": "sample-1.py", "session": session, **more}
    if check is not None:
        asked["check"] = check
    asyncio.run(runner.run(json.dumps(asked), say, unasked))
    assert said.pop()[0] == "done"
    return said


def verdict(source, check, **more):
    said = run(source, check, **more)
    assert [each[0] for each in said].count("checking") == 1
    return said[-1]


def test_a_check_that_holds_passes_after_the_output():
    said = run("print('hi')\n3", "assert attempt.value == 3\nassert attempt.printed == 'hi\\n'")
    assert [(kind, text) for kind, text, _ in said if kind != "stdout"] == [
        ("result", "3"),
        ("checking", ""),
        ("passed", ""),
    ]


def test_an_assertions_message_is_what_the_reader_hears():
    assert verdict("total = 5", "\nassert total == 6, 'Count the last one too.'") == (
        "unmet",
        "Count the last one too.",
        2,
    )


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        ("assert total == 6", "total should be 6 but is 5."),
        ("wanted = 6\nassert total == wanted", "total should be wanted, which is 6, but is 5."),
        ("assert total != 5", "total should not be 5."),
        ("assert total > 5", "total should be more than 5 but is 5."),
        ("assert total >= 6", "total should be at least 6 but is 5."),
        ("assert total < 5", "total should be less than 5 but is 5."),
        ("assert total <= 4", "total should be at most 4 but is 5."),
        ("assert total is None", "total should be None but is 5."),
        ("assert 9 in names", "names should contain 9 but is [1, 2]."),
        ("assert 1 not in names", "names should not contain 1 but is [1, 2]."),
        ("assert 'Ada' in attempt.printed", "What it prints should contain 'Ada' but is 'Eve\\n'."),
        ("assert 'for' in attempt.source", "The source should contain 'for'."),
        ("assert attempt.value == 6", "The last value should be 6 but is 5."),
        ("assert isinstance(total, str)", "isinstance(total, str) should be true."),
        ("assert not total", "total should not be true."),
        ("assert 1 < total < 3", "1 < total < 3 should be true."),
        ("raise AssertionError", "Something that is asked for is not so."),
    ],
)
def test_an_assertion_without_a_message_says_in_words_what_was_expected(check, sentence):
    kind, text, _ = verdict("names = [1, 2]\ntotal = 5\nprint('Eve')\ntotal", check)
    assert (kind, text) == ("unmet", sentence)


def test_each_part_of_an_assertion_is_evaluated_once():
    source = "calls = []\ndef f():\n    calls.append(1)\n    return len(calls)"
    assert verdict(source, "assert f() == 1\nassert len(calls) == 1")[0] == "passed"


def test_await_and_asserts_within_blocks_work():
    check = "import asyncio\nfor i in range(3):\n    await asyncio.sleep(0)\n    assert await double(i) == 2 * i"
    assert verdict("async def double(n):\n    return 2 * n", check)[0] == "passed"
    assert verdict("async def double(n):\n    return n", check)[1].startswith("await double(i) should be 2 * i")


@pytest.mark.parametrize(
    ("source", "check", "sentence"),
    [
        ("", "assert area(1, 2) == 2", "There is no area yet."),
        ("def area(a): return a", "area(1, 2)", "area() takes 1 positional argument but 2 were given."),
        ("class Pot: pass", "Pot().pour()", "Pot has no pour yet."),
        (
            "def area(a, b):\n    return a / b",
            "area(1, 0)",
            "When it was tried, sample-1.py, line 2, raised ZeroDivisionError: division by zero.",
        ),
        (
            "def area(a, b):\n    assert b, 'no b'",
            "area(1, 0)",
            "When it was tried, sample-1.py, line 2, raised AssertionError: no b.",
        ),
        (
            "def leave():\n    raise SystemExit(3)",
            "leave()",
            "When it was tried, sample-1.py, line 2, raised SystemExit: 3.",
        ),
    ],
)
def test_what_is_the_readers_to_do_is_not_the_checks_fault(source, check, sentence):
    assert verdict(source, check)[:2] == ("unmet", sentence)


@pytest.mark.parametrize(
    ("check", "text", "line"),
    [
        ("\n1 / 0", "ZeroDivisionError: division by zero", 2),
        ("x = 1\nif x\n", "SyntaxError: expected ':'", 2),
        ("{}['key']", "KeyError: 'key'", 1),
        ("raise SystemExit", "SystemExit", 1),
        ("None.x", "AttributeError: 'NoneType' object has no attribute 'x'", 1),
    ],
)
def test_any_other_exception_of_the_check_is_its_own_fault(check, text, line):
    assert verdict("", check) == ("unsound", text, line)


def test_a_run_that_raises_is_not_checked():
    said = run("1 / 0", "assert True")
    assert [kind for kind, _, _ in said] == ["error"]


def test_what_a_check_prints_and_shows_is_not_output():
    assert [each[0] for each in run("", "print('secret')\ndisplay('more')\nimport sys\nprint(1, file=sys.stderr)")] == [
        "checking",
        "passed",
    ]


def test_a_check_reads_nothing_and_may_stand_in_for_input():
    source = "def ask():\n    return input('Name? ')"
    assert "EOFError" in verdict(source, "ask()", stdin="")[1]
    assert verdict(source, "input = lambda prompt: 'Ada'\nassert ask() == 'Ada'", stdin="")[0] == "passed"


def test_a_check_sees_the_session_and_leaves_nothing_in_it():
    run("rate = 2\nnames = ['a']", None, session="s")
    source = "def double(n):\n    global seen\n    seen = n\n    names.append(n)\n    return rate * n"
    check = "rate = 3\nextra = 1\nassert double(2) == 6\nassert names == ['a', 2]\nnames.clear()\ndel double"
    assert verdict(source, check, session="s")[0] == "passed"
    said = run("sorted(n for n in globals() if n[0] != '_'), rate, names, double.__name__", None, session="s")
    assert said[-1][1] == "(['double', 'names', 'rate'], 2, ['a'], 'double')"


def test_objects_of_the_readers_own_classes_are_copies_too():
    source = "class Pot:\n    full = True\npot = Pot()\npot"
    check = "assert attempt.value is pot\npot.full = False"
    run(source, check, session="s")
    assert run("pot.full", None, session="s")[-1][1] == "True"


def test_a_check_after_earlier_samples_that_it_needs():
    ahead = [{"name": "sample-0.py", "source": "base = 40"}]
    assert verdict("answer = base + 2", "assert answer == 42", ahead=ahead)[0] == "passed"


def test_a_long_value_is_cut():
    text = verdict("text = 'x' * 5000", "assert text == ''")[1]
    assert len(text) < 300


def test_a_value_that_cannot_be_shown_is_named():
    source = "class Odd:\n    def __repr__(self): 1 / 0\nodd = Odd()\nNone"
    assert verdict(source, "assert odd == 1")[1] == "odd should be 1 but is <Odd>."
