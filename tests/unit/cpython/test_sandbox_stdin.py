import ast
import asyncio
import json
import sys

import pytest

from readerly.code_sample.sandbox import runner, stdin


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(runner, "sessions", {})


@pytest.fixture
def run():
    """A function that runs a sample, answers what it asks, and returns what was said and what was asked."""

    def of(source, answers=(), **options):
        said, asked, left = [], [], list(answers)

        def say(kind, text, line=None):
            said.append((kind, text))

        async def ask(kind, text):
            asked.append((kind, text))
            return left.pop(0)

        request = json.dumps({"source": source, "name": "sample-1.py", "session": None, **options})
        asyncio.run(runner.run(request, say, ask))
        return said[:-1], asked

    return of


@pytest.fixture
def suspended(monkeypatch):
    """Let Python wait for an answer, as WebAssembly can be suspended in most browsers."""

    def wait(answer):
        with pytest.raises(StopIteration) as ended:
            answer.send(None)
        return ended.value.value

    monkeypatch.setattr(stdin, "can_wait", lambda: True)
    monkeypatch.setattr(stdin, "wait", wait)


def printed(said):
    return "".join(text for kind, text in said if kind in ("stdout", "stdin"))


def test_the_reader_is_asked_and_the_answer_echoed(run, suspended):
    said, asked = run("name = input('Who? ')\nprint('Hello', name)", ["Ada\n"])
    assert asked == [("input", "Who?")]
    assert said[:2] == [("stdout", "Who? "), ("stdin", "Ada\n")]
    assert printed(said) == "Who? Ada\nHello Ada\n"


def test_several_in_a_loop_with_what_was_printed_before_each(run, suspended):
    said, asked = run("print('Sum:')\nsum(int(input(f'{n}: ')) for n in range(3))", ["1\n", "2\n", "3\n"])
    assert asked == [("input", "0:"), ("input", "1:"), ("input", "2:")]
    assert said[-1] == ("result", "6")


def test_the_end_of_input_is_an_eof_error_that_can_be_caught(run, suspended):
    said, _ = run("try:\n    input()\nexcept EOFError:\n    print('end')", [""])
    assert printed(said) == "end\n"


def test_lines_of_stdin(run, suspended):
    assert printed(run("import sys\nprint([line for line in sys.stdin])", ["a\n", "b\n", ""])[0]).endswith(
        "['a\\n', 'b\\n']\n"
    )
    assert printed(run("import sys\nprint(repr(sys.stdin.readline()))", ["é\n"])[0]).endswith("'é\\n'\n")
    assert printed(run("import sys\nprint(sys.stdin.buffer.read())", ["a\n", ""])[0]).endswith("b'a\\n'\n")


def test_a_secret_is_not_echoed(run, suspended):
    said, asked = run("import getpass\nlen(getpass.getpass('Key: '))", ["hidden\n"])
    assert asked == [("secret", "Key:")]
    assert "hidden" not in str(said)
    assert said[-1] == ("result", "6")


@pytest.mark.parametrize(
    "source", ["input()", "import sys\nsys.stdin.readline()", "from getpass import getpass\ngetpass()"]
)
def test_answers_are_asked_for_before_where_python_cannot_be_suspended(run, source):
    _, asked = run(source, ["one\ntwo"])
    assert asked == [("answers", "")]


def test_the_answers_are_read_line_by_line(run):
    said, asked = run("a = input('a? ')\nb = input('b? ')\nprint(b, a)", ["1\n2"])
    assert asked == [("answers", "")]
    assert printed(said) == "a? 1\nb? 2\n2 1\n"


def test_a_source_that_reads_nothing_is_asked_nothing(run):
    assert run("print('input')")[1] == []


def test_a_call_nobody_could_foresee_says_so(run):
    said, asked = run("eval('inp' + 'ut()')")
    assert asked == []
    assert said[-1][0] == "error"
    assert "cannot suspend Python while you answer" in said[-1][1]


def test_the_authors_lines_take_the_place_of_asking(run):
    said, asked = run("print(input('Name? '), int(input('Age? ')) + 1)", stdin="Ada\n36")
    assert asked == []
    assert printed(said) == "Name? Ada\nAge? 36\nAda 37\n"


def test_reading_past_the_authors_lines_tells_how_many_there_were(run):
    said, _ = run("input()\ninput()", stdin="one")
    assert said[-1][0] == "error"
    assert "EOFError" in said[-1][1]
    assert "1 line of input was given" in said[-1][1]


def test_a_samples_own_stdin_stays_its_own_and_goes_with_the_run(run, suspended):
    before = sys.stdin
    said, _ = run("import io, sys\nsys.stdin = io.StringIO('x')\ninput()")
    assert said[-1] == ("result", "'x'")
    assert sys.stdin is before


@pytest.mark.parametrize("source", ["x = 'input'", "print()", "from sys import argv"])
def test_what_does_not_read(source):
    assert not stdin.reads(ast.parse(source))
