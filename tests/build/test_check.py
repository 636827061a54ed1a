"""`readerly check`: real runs in the Python readers get, in Node, of articles that go wrong in each way there is."""

import shutil
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readerly_site import cache, cli, recorded
from readerly_site.article import read_all
from readerly_site.check import drifted
from readerly_site.config import Site
from readerly_site.outcomes import last_line

from .conftest import MakeSite

Check = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that checks a site and returns the exit status, the last line and the lines of errors.

    What samples said in earlier tests is not known, though the runtime is.
    """
    kept, mine = cache.kept, uuid.uuid4().hex

    def forgetful(place: str, make: Callable[[Path], None]) -> tuple[Path, dict[str, str]]:
        return kept(f"{place}-{mine}" if place.startswith("outcomes/") else place, make)

    monkeypatch.setattr(cache, "kept", forgetful)

    def run(site: Site, *options: str) -> tuple[int, str, list[str]]:
        monkeypatch.setattr(sys, "argv", ["readerly", "check", str(site.source), *options])
        monkeypatch.chdir(site.source)
        status = 0
        try:
            cli.main()
        except SystemExit as left:
            status = int(left.code or 0)
        said = capsys.readouterr()
        return status, (said.out.splitlines() or [""])[-1], said.err.splitlines()

    return run


def fence(words: str, source: str) -> str:
    return f"```python run {words}\n{source}\n```\n\n"


def baked(site: Site) -> list[Any]:
    """Return the outputs that are recorded for the one article of `site`, each sample's as one text."""
    (article,) = read_all(site)
    return ["".join(text for _, text in each.messages) for each in recorded.load(article.file).values()]


def test_what_samples_say_is_recorded_and_then_checked(make_site: MakeSite, check: Check) -> None:
    text = fence("session=s", "import asyncio\nawait asyncio.sleep(0)\nx = 2") + fence("session=s", "print(x)\nx * 21")
    site = make_site({"a.md": text})
    assert check(site) == (0, "Samples: 2 run, 0 unchanged since they were run, 2 without a recorded output", [])
    assert check(site, "--update")[:2] == (0, "Samples: 0 run, 2 unchanged since they were run")
    assert baked(site) == ["", "2\n42"]
    assert check(site)[0] == 0


def test_a_drifted_output_fails_with_file_and_line_until_it_is_recorded(make_site: MakeSite, check: Check) -> None:
    site = make_site({"a.md": fence("", "print('one')\nprint('two')")})
    check(site, "--update")
    file = site.source / "articles/a.outputs.json"
    file.write_text(file.read_text(encoding="utf-8").replace("two", "2"), encoding="utf-8")
    status, last, errors = check(site)
    assert status == 1
    assert last.endswith("1 failed")
    assert errors[0].startswith("articles/a.md:6: sample 'sample-1' says something else than is recorded")
    assert [line.strip() for line in errors[1:]] == ["recorded: 2", "now: two"]
    check(site, "--update")
    assert baked(site) == ["one\ntwo\n"]
    assert check(site)[0] == 0


def test_a_source_that_changed_since_fails(make_site: MakeSite, check: Check) -> None:
    check(make_site({"a.md": fence("", "1")}), "--update")
    status, _, errors = check(make_site({"a.md": fence("", "2")}))
    assert status == 1
    assert errors == [
        "articles/a.md:6: sample 'sample-1' has changed since its output was recorded; look at it, "
        "and record it with --update"
    ]


def test_what_varies_is_a_pattern_or_is_not_compared(make_site: MakeSite, check: Check) -> None:
    """A pattern that is put in by hand stays, and so does what varies, for as long as their sources do."""
    timed = "import time\nprint(f'took {time.time()} s')"
    text = fence("", timed) + fence("varies", "import time\ntime.time()")
    site = make_site({"a.md": text})
    check(site, "--update")
    file = site.source / "articles/a.outputs.json"
    said = baked(site)
    file.write_text(file.read_text("utf-8").replace(said[0].strip(), "took ... s"), encoding="utf-8")
    longer = make_site({"a.md": text + fence("", "3")})  # so that all run once more
    assert check(longer)[0] == 0
    check(longer, "--update")
    assert baked(site) == ["took ... s\n", said[1], "3"]


def test_errors_are_told_where_they_are_raised(make_site: MakeSite, check: Check) -> None:
    text = (
        fence("id=plain", "x = 1\nx / 0")
        + fence("id=wanted raises=ZeroDivisionError", "1 / 0")
        + fence("id=any raises=Exception", "int('x')")
        + fence("id=other raises=ValueError", "1 / 0")
        + fence("id=none raises=ValueError", "1")
        + fence("id=syntax", "x = (")
        + fence("id=module raises=JSONDecodeError", "import json\njson.loads('{')")
        + fence("id=unknown", "import no_such_module")
    )
    status, last, errors = check(make_site({"a.md": text}), "--update")
    assert status == 1
    assert last == "Samples: 8 run, 0 unchanged since they were run, 5 failed"
    assert errors == [
        "articles/a.md:8: sample 'plain' raised ZeroDivisionError: division by zero (its line 2); "
        "mend it, or say raises=ZeroDivisionError in its fence",
        "articles/a.md:20: sample 'other' was to raise ValueError, and raised ZeroDivisionError: division by zero",
        "articles/a.md:23: sample 'none' was to raise ValueError, and did not",
        "articles/a.md:28: sample 'syntax' raised SyntaxError: '(' was never closed (its line 1); "
        "mend it, or say raises=SyntaxError in its fence",
        "articles/a.md:37: sample 'unknown' raised ModuleNotFoundError: No module named 'no_such_module' (its line 1); "
        "name its package by packages=…, mend it, or say raises=ModuleNotFoundError in its fence",
        "    no_such_module is neither in Python's standard library nor among the packages of this site.",
    ]
    assert list(recorded.load(Path("articles/a.md"))) == ["wanted", "any", "module"]


def test_one_that_hangs_is_ended_and_the_rest_runs(make_site: MakeSite, check: Check) -> None:
    text = (
        fence("session=s", "x = 1")
        + fence("timeout=1 session=s", "while True: pass")
        + fence("session=s", "x")
        + fence("", "print('after')")
        + fence("skip", "while True: pass")
    )
    site = make_site({"a.md": text})
    status, last, errors = check(site, "--update")
    assert status == 1
    assert last == "Samples: 4 run, 0 unchanged since they were run, 1 skipped, 2 failed"
    assert errors == [
        "articles/a.md:10: sample 'sample-2' ran longer than 1 seconds and was ended; "
        "say timeout=… in its fence, or skip",
        "articles/a.md:14: sample 'sample-3' was not run, since its session ended with the sample 'sample-2'",
    ]
    assert baked(site) == ["", "after\n"]


def test_one_that_takes_node_down_is_told(make_site: MakeSite, check: Check) -> None:
    site = make_site({"a.md": fence("", "import js\njs.process.exit(7)") + fence("", "1")})
    status, _, errors = check(site)
    assert status == 1
    assert errors == ["articles/a.md:6: sample 'sample-1' took Python down with it: Node ended with status 7"]


def test_samples_reach_neither_network_nor_files(make_site: MakeSite, check: Check, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    reads = f"import js\njs.process.getBuiltinModule('fs').readFileSync({str(secret)!r}, 'utf8')"
    fetches = "from pyodide.http import pyfetch\nawait pyfetch('http://127.0.0.1:9/')"
    site = make_site({"a.md": fence("id=reads raises=Exception", reads) + fence("id=asks raises=Exception", fetches)})
    assert check(site, "--update")[0] == 0
    assert "Access to this API has been restricted" in baked(site)[0]
    assert "no network" in baked(site)[1]


def test_samples_find_their_data_files_and_a_change_of_these_is_a_change(make_site: MakeSite, check: Check) -> None:
    text = fence('setup files="unit.txt"', "unit = open('unit.txt').read()")
    text += fence('files="tea.csv data/"', "import os\nopen('tea.csv').read() + unit, os.listdir('data')")
    text += fence("", "import os\nos.path.exists('tea.csv')")
    site = make_site({"a.md": text})
    (site.articles / "data").mkdir()
    (site.articles / "data/b.csv").write_text("b")
    (site.articles / "unit.txt").write_text("°C")
    (site.articles / "tea.csv").write_text("20 ")
    assert check(site, "--update")[0] == 0
    assert baked(site) == ["", "('20 °C', ['b.csv'])", "False"]
    (site.articles / "tea.csv").write_text("90 ")
    status, _, errors = check(site)
    assert status == 1
    assert "a.md:10: sample 'sample-2' has changed since its output was recorded" in errors[0]


def test_a_sample_for_micropython_runs_there(make_site: MakeSite, check: Check) -> None:
    source = "import sys\nsys.implementation.name"
    text = (
        fence("", source)
        + fence("engine=micropython", source)
        + fence("engine=micropython raises=ZeroDivisionError", "1 / 0")
    )
    site = make_site({"a.md": text})
    assert check(site, "--update")[0] == 0
    assert baked(site)[:2] == ["'cpython'", "'micropython'"]


def test_articles_are_checked_side_by_side_and_one_that_is_wrong_is_bad_input(
    make_site: MakeSite, check: Check
) -> None:
    articles = {f"{name}.md": fence("", f"print('{name}')") for name in "abc"}
    assert check(make_site(articles), "--jobs", "2")[1].startswith("Samples: 3 run")
    status, last, errors = check(make_site({"d.md": fence("raises", "1")}))
    assert (status, last) == (2, "")
    assert errors[0].startswith("articles/d.md:6: raises needs a value")


def test_an_error_in_an_included_file_is_told_where_the_fence_is(make_site: MakeSite, check: Check) -> None:
    site = make_site({"a.md": fence('src="b.py"', "")})
    (site.source / "articles/b.py").write_text("x = 1\n1 / 0\n", encoding="utf-8")
    assert check(site)[2][0].startswith("articles/a.md:6: sample 'sample-1' raised ZeroDivisionError")


@pytest.mark.parametrize(
    ("traceback", "said", "name"),
    [
        ("Traceback (most recent call last):\n  File\nValueError: a\n  b\n", "ValueError: a", "ValueError"),
        ("Traceback (most recent call last):\nA: 1\n\nTraceback (most recent call last):\n  x\nm.B\n", "m.B", "B"),
        ('  File "x", line 1\n    (\nSyntaxError: no\n', "SyntaxError: no", "SyntaxError"),
    ],
)
def test_the_last_line_of_a_traceback(traceback: str, said: str, name: str) -> None:
    assert last_line(traceback) == (said, name)


LOCKED = Path(__file__).parents[1] / "browser/site/readerly.lock.json"


def test_samples_have_the_packages_that_are_locked(make_site: MakeSite, check: Check) -> None:
    """A native core and pure packages, also where only the setup names them; a package not locked has file and line."""
    native = "from pydantic import BaseModel\nclass Tea(BaseModel):\n    minutes: int\nTea(minutes='3').minutes"
    text = fence("setup session=s packages=attrs", "import attr") + fence("session=s", "attr.__name__")
    site = make_site({"a.md": fence("packages=pydantic", native) + text})
    shutil.copy(LOCKED, site.source)
    assert check(site, "--update")[0] == 0
    assert baked(site) == ["3", "", "'attr'"]
    assert check(site)[0] == 0
    lacking = make_site({"b.md": "\n" + fence("packages=flask", "1")})
    status, _, errors = check(lacking)
    assert status == 2
    assert errors[-1].endswith(
        "the sample asks for the package flask, and readerly.lock.json does not have it; run `readerly lock SRC`"
    )
    assert "b.md:" in errors[-1]


def exercise(starter: str, check: str, solution: str, words: str = "") -> str:
    parts = f"```python check\n{check}\n```\n\n```python solution\n{solution}\n```\n\n"
    return fence(words, starter) + parts


def test_an_exercise_whose_solution_passes_is_well(make_site: MakeSite, check: Check) -> None:
    before = fence("session=s", "cups = 4")
    text = before + exercise("people = 0\npeople", "assert people == cups", "people = cups", "session=s")
    site = make_site({"a.md": text + fence("session=s", "people")})
    assert check(site)[::2] == (0, [])
    assert check(site, "--update")[:2] == (0, "Samples: 0 run, 3 unchanged since they were run")
    assert baked(site) == ["", "0", "0"]  # the solution is nobody's output, and stays out of the session
    assert check(site)[0] == 0


def test_a_solution_has_the_packages_of_its_sample(make_site: MakeSite, check: Check) -> None:
    parts = ("name = ''", "assert name == 'attr'", "import attr\nname = attr.__name__")
    site = make_site({"a.md": exercise(*parts, "packages=attrs"), "b.md": exercise(*parts)})
    shutil.copy(LOCKED, site.source)
    status, _, errors = check(site)
    assert status == 1
    assert errors == [
        "articles/b.md:15: sample 'sample-1' has a solution that raises ModuleNotFoundError: No module named 'attr' "
        "(its line 1)"
    ]


def test_a_changed_check_leaves_recorded_outputs_alone(make_site: MakeSite, check: Check) -> None:
    check(make_site({"a.md": exercise("x = 1\nx", "assert x == 2", "x = 2")}), "--update")
    assert check(make_site({"a.md": exercise("x = 1\nx", "assert x > 1", "x = 2")}))[0] == 0


@pytest.mark.parametrize(
    ("parts", "line", "says"),
    [
        (("x = 1", "assert x", "x = 2"), 10, "passes its check before its reader has changed anything"),
        (("x = 1", "assert x == 2, 'Two.'", "x = 3"), 14, "has a solution that does not pass its check: Two."),
        (("x = 1", "assert x == 2", "x = 2\n1 / 0"), 16, "has a solution that raises ZeroDivisionError"),
        (("x = 1", "assert x == 2\n{}['k']", "x = 2"), 12, "has a check that is broken with the solution: KeyError"),
        (("x = 1", "x = 1\n{}['k']", "x = 2"), 12, "has a check that is broken as it stands: KeyError: 'k'"),
        (("x = 1", "assert x == 2", "while True: pass", "timeout=1"), 14, "has a solution that ran longer than 1 sec"),
    ],
)
def test_a_bad_exercise_fails_where_it_is_bad(
    make_site: MakeSite, check: Check, parts: tuple[str, ...], line: int, says: str
) -> None:
    status, _, errors = check(make_site({"a.md": exercise(*parts)}))
    assert status == 1
    assert errors[0].startswith(f"articles/a.md:{line}: sample 'sample-1' {says}")


def test_white_space_may_be_of_no_account() -> None:
    wanted, now = [("stdout", "tea  2\n")], [("stdout", "tea 2\n")]
    assert drifted(wanted, now, varies=False, loose=True) is None
    assert "recorded: tea  2" in (drifted(wanted, now, varies=False, loose=False) or "")


def test_a_docstring_that_drifted_fails_on_its_own_line_and_is_not_recorded(make_site: MakeSite, check: Check) -> None:
    site = make_site({"a.md": '```python run src="tea.py#cups" doctest\n```\n'})
    file = site.source / "articles/tea.py"
    tea = (
        'def cups(pot):\n    """\n    >>> cups(500)\n    2\n    >>> cups(1200)\n    4\n    """\n    return pot // 250\n'
    )
    file.write_text(tea, encoding="utf-8")
    assert check(site) == (0, "Samples: 1 run, 0 unchanged since they were run", [])
    file.write_text(tea.replace("    4", "    5"), encoding="utf-8")
    for options in ([], ["--update"]):
        status, last, errors = check(site, *options)
        assert (status, last.endswith("1 failed")) == (1, True)
        assert errors[0].startswith(
            "articles/tea.py:5: sample 'sample-1' of articles/a.md says something else than the"
        )
        assert "--update leaves docstrings alone" in errors[0]
        assert [line.strip() for line in errors[1:]] == ["expected: 5", "now: 4"]
    assert not recorded.beside(site.source / "articles/a.md").exists()
