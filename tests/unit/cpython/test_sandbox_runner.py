import asyncio
import json
import re
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


@pytest.fixture
def run():
    """A function that runs a sample and returns what was said, without the closing "done"."""

    def of(source, session=None, name="sample-1.py", **options):
        said = []

        def say(kind, text, line=None):
            said.append((kind, text, line))

        request = json.dumps({"source": source, "name": name, "session": session, **options})
        ok = asyncio.run(runner.run(request, say, unasked))
        kind, seconds, _ = said.pop()
        assert kind == "done"
        assert float(seconds) >= 0
        assert ok == (
            not any(kind == "error" for kind, _, _ in said) and not any(kind == "stderr" for kind, _, _ in said)
        )
        return said

    return of


def kinds(said):
    return [kind for kind, _, _ in said]


def test_prints_are_streamed(run):
    said = run("print('a')\nprint('b', end='')")
    assert set(kinds(said)) == {"stdout"}
    assert "".join(text for _, text, _ in said) == "a\nb"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("1 + 1", "2"),
        ("0", "0"),
        ("False", "False"),
        ("''", "''"),
        ("x = 5\nx", "5"),
        ("'é'", "'é'"),
        ("[1,\n 2]", "[1, 2]"),
        ("import asyncio\nawait asyncio.sleep(0, 'slept')", "'slept'"),
    ],
)
def test_the_last_expressions_value_is_shown(run, source, shown):
    assert run(source) == [("result", shown, None)]


@pytest.mark.parametrize("source", ["", "# only a comment", "None", "x = 5", "def f(): pass", "if True:\n    5"])
def test_other_endings_show_no_value(run, source):
    assert run(source) == []


def test_await_and_async_for_work_at_the_top_level(run):
    generator = "import asyncio\nasync def two():\n    yield 1\n    yield 2\n"
    source = generator + "async for n in two():\n    await asyncio.sleep(0)\nn"
    assert run(source) == [("result", "2", None)]


def test_an_error_shows_the_samples_own_lines_and_none_of_ours(run):
    ((kind, text, line),) = run("def half(x):\n    return x / 0\n\nhalf(1)")
    assert (kind, line) == ("error", 2)
    assert "return x / 0" in text
    assert "half(1)" in text
    assert "ZeroDivisionError" in text
    assert "runner.py" not in text
    assert text.count("File ") == text.count('File "sample-1.py"') == 2


def test_a_syntax_error_points_at_its_line(run):
    ((kind, text, line),) = run("x = 1\nif x\n    pass")
    assert (kind, line) == ("error", 2)
    assert "SyntaxError" in text
    assert "if x" in text
    assert "runner.py" not in text


def test_the_cause_of_an_error_is_shown_without_our_frames(run):
    source = "try:\n    {}['k']\nexcept KeyError as error:\n    raise ValueError('no') from error"
    ((_, text, line),) = run(source)
    assert line == 4
    assert "KeyError" in text
    assert "direct cause" in text
    assert "runner.py" not in text


def test_an_error_in_a_library_points_at_the_samples_line(run):
    ((_, text, line),) = run("import json\n\njson.loads('{')")
    assert line == 3
    assert "JSONDecodeError" in text


def test_an_exception_group_is_shown(run):
    ((kind, text, line),) = run("raise ExceptionGroup('two', [ValueError('a'), KeyError('b')])")
    assert (kind, line) == ("error", 1)
    assert "ValueError: a" in text
    assert "KeyError: 'b'" in text


def test_a_value_that_cannot_be_shown_is_an_error(run):
    said = run("class Broken:\n    def __repr__(self):\n        raise ValueError('no repr')\nBroken()")
    assert kinds(said) == ["error"]
    assert "no repr" in said[0][1]


def test_what_was_printed_before_an_error_comes_before_it(run):
    said = run("print('before')\n1 / 0")
    assert kinds(said)[0] == "stdout"
    assert kinds(said)[-1] == "error"


def test_exit_is_no_error_with_status_zero_and_is_told_otherwise(run):
    assert run("import sys\nsys.exit()") == []
    assert run("raise SystemExit(0)") == []
    ((kind, text, _),) = run("import sys\nsys.exit(3)")
    assert kind == "stderr"
    assert "exit status 3" in text


def test_even_a_keyboard_interrupt_stays_inside(run):
    assert kinds(run("raise KeyboardInterrupt")) == ["error"]


def test_a_second_run_starts_anew(run):
    run("x = 1")
    assert kinds(run("x")) == ["error"]


def test_samples_of_one_session_share_their_names(run):
    run("x = 1\ndef f():\n    return x", "intro")
    assert run("f() + 1", "intro", "sample-2.py") == [("result", "2", None)]
    assert kinds(run("x", "other")) == ["error"]


def test_an_error_in_another_samples_function_shows_that_samples_line(run):
    run("def f():\n    return missing", "intro", "sample-1.py")
    ((_, text, line),) = run("\n\nf()", "intro", "sample-2.py")
    assert line == 3
    assert 'File "sample-1.py", line 2' in text
    assert "return missing" in text


def test_type_hints_dataclasses_and_pickle_find_the_sample(run):
    source = (
        "import dataclasses, pickle, typing\n"
        "@dataclasses.dataclass\nclass Point:\n    x: 'int'\n    other: 'Point | None' = None\n"
        "print(typing.get_type_hints(Point)['x'].__name__)\n"
        "pickle.loads(pickle.dumps(Point(2))) == Point(2) and __name__ == '__main__'"
    )
    said = run(source)
    assert said[-1] == ("result", "True", None)
    assert "int" in said[0][1]


def test_a_sample_cannot_see_the_runners_future_imports_or_names(run):
    assert kinds(run("tracebacks")) == ["error"]
    assert run("def f(x: int): pass\nf.__annotations__['x'] is int") == [("result", "True", None)]


def test_a_very_long_value_is_cut(run):
    ((_, text, _),) = run("'x' * 1_000_000")
    assert len(text) < 210_000
    assert "characters more" in text


def test_a_deep_recursion_is_shown_by_its_ends(run):
    source = "def even(n):\n    return odd(n + 1)\n\n\ndef odd(n):\n    return even(n + 1)\n\n\neven(0)"
    kind, text, line = run(source)[-1]
    assert kind == "error"
    assert line in (2, 6)
    assert re.search(r"\n  \[… \d+ more calls …\]\n", text)
    assert len(text.splitlines()) < 80
    assert text.rstrip().splitlines()[-1].startswith("RecursionError")


def test_a_message_of_any_length_is_cut(run):
    kind, text, _ = run("raise ValueError('x' * 1_000_000)")[-1]
    assert kind == "error"
    assert len(text) < 21_000
    assert text.endswith("characters more")


def test_a_giant_repr_is_cut(run):
    kind, text, _ = run("list(range(1_000_000))")[-1]
    assert kind == "result"
    assert len(text) < 21_000
    assert text.endswith("characters more")


def test_a_repr_that_raises_is_an_error_of_the_sample(run):
    source = "class Odd:\n    def __repr__(self):\n        raise ValueError('odd')\n\n\nOdd()"
    kind, text, line = run(source)[-1]
    assert (kind, line) == ("error", 3)
    assert "ValueError: odd" in text


def test_after_a_memory_error_the_interpreter_is_given_up():
    said = []
    request = json.dumps({"source": "raise MemoryError", "name": "sample-1.py", "session": None})
    assert not asyncio.run(runner.run(request, lambda kind, text, line=None: said.append((kind, text)), unasked))
    assert [kind for kind, _ in said] == ["error", "failed"]
    assert said[-1][1] == runner.NO_MEMORY


def test_leaving_with_a_message_shows_it(run):
    assert run("raise SystemExit('Goodbye')") == [("stderr", "Goodbye\n", None)]
    assert run("import os\nos._exit(0)") == []


def test_asyncio_run_at_the_top_is_awaited(run):
    source = "import asyncio\nasync def main():\n    await asyncio.sleep(0)\n    return 5\n"
    assert run(source + "asyncio.run(main())") == [("result", "5", None)]
    assert run(source + "print(asyncio.get_event_loop().run_until_complete(main()))")[0][1].startswith("5")
    ((kind, text, _),) = run(source + "def f():\n    return asyncio.run(None)\nf()")[-1:]
    assert kind == "error"
    assert "write await main() instead" in text


def test_a_frame_of_javascript_is_not_spelt_out(run):
    (_, text, _), *_ = run("raise ValueError('at data:text/javascript;base64,QUJD+/==:1:2')")
    assert "at data:…:1:2" in text


def test_echo_prints_each_value_with_the_line_of_its_statement(run):
    source = "x = 6\nx * 7\nNone\nfor n in (1, 2):\n    n\n_ + 1\nimport asyncio\nawait asyncio.sleep(0, 'slept')"
    printed = {}
    for kind, text, line in run(source, echo=True):
        assert kind == "stdout"
        printed[line] = printed.get(line, "") + text
    assert printed == {2: "42\n", 4: "1\n2\n", 6: "3\n", 8: "'slept'\n"}
    assert kinds(run("_")) == ["error"], "nothing stays of it"


def test_echo_runs_until_a_statement_raises(run):
    *printed, error = run("'before'\n1 / 0\n'after'", echo=True)
    assert "".join(text for _, text, _ in printed) == "'before'\n"
    assert (error[0], error[2]) == ("error", 2)
