import asyncio
import builtins
import json
import sys

import pytest

from readerly.code_sample.sandbox import runner


@pytest.fixture
def run(monkeypatch):
    """A function that runs a sample with what goes ahead of it, and returns what was said but for "done"."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(builtins, "input", builtins.input)
    monkeypatch.setattr(runner, "sessions", {})

    async def unasked(kind, text):
        raise AssertionError(f"nobody answers {kind} here: {text}")

    def of(source, ahead=(), **options):
        said = []
        request = {"source": source, "name": "sample-9.py", "session": None, **options}
        request["ahead"] = [{"name": f"sample-{i}.py", **part} for i, part in enumerate(ahead, 1)]
        asyncio.run(runner.run(json.dumps(request), lambda *message: said.append(message), unasked))
        assert said.pop()[0] == "done"
        return said

    return of


def test_what_goes_ahead_runs_in_the_same_namespace_and_in_silence(run):
    ahead = [{"source": "x = 20\nprint('unheard')"}, {"source": "x += 1\nx"}]
    assert run("x * 2", ahead) == [("ran", "sample-1.py", 1), ("ran", "sample-2.py", 2), ("result", "42", None)]


def test_an_error_ahead_is_told_with_its_own_name_and_ends_it(run):
    said = run("print('never')", [{"source": "x = 1"}, {"source": "\n1 / 0"}, {"source": "y = 1"}])
    assert [message[:2] for message in said[:2]] == [("ran", "sample-1.py"), ("broken", "sample-2.py")]
    kind, text, line = said[2]
    assert (kind, line, len(said)) == ("error", None, 3)
    assert 'File "sample-2.py", line 2' in text
    assert "ZeroDivisionError" in text


def test_an_error_that_is_no_news_is_passed_over(run):
    said = run("x", [{"source": "x = 1\n1 / 0", "failed": True}, {"source": "import sys\nsys.exit(3)"}])
    assert said[-1] == ("result", "1", None)


def test_a_fresh_session_has_no_names_and_no_files(run):
    run("import pathlib\npathlib.Path('a.txt').write_text('a')\nx = 1", session="s")
    assert run("import os\nx, os.listdir()", session="s") == [("result", "(1, ['a.txt'])", None)]
    assert run("import os\n'x' in globals(), os.listdir()", session="s", fresh=True) == [
        ("result", "(False, [])", None)
    ]


def test_where_time_counts_from_is_told_where_it_counts(run):
    kinds = [message[0] for message in run("print('x', end='')", [{"source": "x = 1"}], timeout=2)]
    assert kinds == ["begun", "ran", "begun", "stdout"]
