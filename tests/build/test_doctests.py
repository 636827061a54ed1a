"""Docstrings as samples: what becomes of their examples, what is refused, and how a run is judged."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from readerly_site.article import read_all
from readerly_site.doctests import Doctest, wrong
from readerly_site.errors import ReaderlyError
from readerly_site.samples import Sample

from .conftest import BuildSite, MakeSite

TEA = '''"""About tea.

>>> boil()
100
"""

import math
from json import *
from os.path import join, split

LEAVES = 3


def boil():
    return 100


class Pot:
    """A pot.

    >>> pot = Pot(LEAVES)
    >>> for leaf in range(2):
    ...     leaf
    0
    1

    Prose between them.

    >>> math.pi, dumps(join("a", "b"))  # doctest: +ELLIPSIS
    (3.14..., '"a/b"')
    >>> print("a\\\\n\\\\nb")
    a
    <BLANKLINE>
    b
    >>> boil(1, 2, 3)  # doctest: +SKIP
    >>> list(range(5))  # doctest: +NORMALIZE_WHITESPACE
    [0, 1, 2,
     3, 4]
    """

    def __init__(self, leaves):
        """Hold so many leaves."""

    def pour(self):
        """
        >>> Pot(1).spill()
        Traceback (most recent call last):
            ...
        tea.Spilt: all of it
        """
'''

Include = Callable[..., Sample]


@pytest.fixture
def include(make_site: MakeSite) -> Include:
    """A function that puts a file beside an article, and returns the sample that includes of it what `src` says."""

    def of(text: str = TEA, src: str = "tea.py", words: str = "", after: str = "") -> Sample:
        site = make_site({"a.md": f'```python run src="{src}" doctest {words}\n```\n{after}'})
        file = site.source / "articles" / src.partition("#")[0]
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        (article,) = read_all(site)
        return article.samples[0]

    return of


def expected(sample: Sample) -> Doctest:
    assert sample.doctest
    return sample.doctest


def test_examples_become_a_sample_that_imports_what_they_use(include: Include) -> None:
    sample = include(src="tea.py#Pot")
    assert sample.source == (
        "import math\n"
        "from os.path import join\n"
        "from tea import LEAVES, Pot, dumps\n"
        "\n"
        "pot = Pot(LEAVES)\n"
        "for leaf in range(2):\n"
        "    leaf\n"
        "\n"
        'math.pi, dumps(join("a", "b"))\n'
        'print("a\\n\\nb")\n'
        "list(range(5))\n"
    )
    assert expected(sample).output == [
        ("stdout", "0\n1\n(3.14..., '\"a/b\"')\na\n\nb\n[0, 1, 2,\n 3, 4]\n"),
    ]
    assert [example.line for example in expected(sample).examples] == [21, 22, 29, 31, 36]
    assert "echo" in sample.fence.attributes
    assert "normalize-whitespace" in sample.fence.attributes
    assert [file.name for file in sample.files] == ["tea.py"]


def test_without_a_name_it_is_the_docstring_of_the_module(include: Include) -> None:
    sample = include()
    assert sample.source == "from tea import boil\n\nboil()\n"
    assert "normalize-whitespace" not in sample.fence.attributes


def test_a_last_example_may_raise(include: Include) -> None:
    sample = include(src="tea.py#Pot.pour")
    assert expected(sample).output == [
        ("error", "Traceback (most recent call last):\n  ...\ntea.Spilt: all of it\n"),
    ]
    assert sample.fence.attributes["raises"] == "Spilt"


def test_of_an_exception_whose_detail_is_ignored_the_name_is_expected(include: Include) -> None:
    sample = include('">>> 1 / 0  # doctest: +IGNORE_EXCEPTION_DETAIL\\nTraceback (most recent call last):\\na.B: no"')
    assert expected(sample).output == [("error", "Traceback (most recent call last):\n  ...B...")]


def test_a_name_that_an_example_has_bound_is_not_imported(include: Include) -> None:
    text = '"""\n>>> n = 1\n>>> def f(k):\n...     return k + n + m\n>>> f(2)\n"""\nn = m = k = 0\n'
    assert include(text).source.startswith("from tea import m\n\nn = 1\n")


@pytest.mark.parametrize("name", ["tea.txt", "tea.rst", "_tea.md"])
def test_a_text_is_examples_as_a_whole(include: Include, name: str) -> None:
    sample = include("Tea.\n\n```pycon\n>>> 1 + 1\n2\n```\n" if name[-2:] == "md" else "Tea.\n\n\n>>> 1 + 1\n2\n", name)
    assert (sample.source, sample.files) == ("1 + 1\n", ())
    assert expected(sample).output == [("stdout", "2\n")]
    assert expected(sample).examples[0].line == 4


def test_a_module_of_a_package_has_its_package_with_it(include: Include, make_site: MakeSite) -> None:
    package = make_site().source / "articles/brewing"
    package.mkdir()
    for name in ("__init__.py", "water.py"):
        (package / name).touch()
    sample = include(src="brewing/tea.py")
    assert sample.source.startswith("from brewing.tea import boil\n")
    assert [file.name for file in sample.files] == ["brewing/__init__.py", "brewing/tea.py", "brewing/water.py"]


def test_the_page_has_the_source_and_what_the_docstring_expects(build_site: BuildSite, make_site: MakeSite) -> None:
    folder = make_site().source / "articles"
    (folder / "tea.py").write_text(TEA, encoding="utf-8")
    built = build_site({"a.md": '```python run src="tea.py" doctest label="Boil"\n```\n'})
    page = (built.dist / "articles/a/index.html").read_text(encoding="utf-8")
    (tag,) = re.findall(r"<code-sample (.*?)>", page)
    assert re.search(r'^echo files="tea.py=../../readerly/files-\w+/tea.py" id="boil" label="Boil"$', tag)
    text = html.unescape(re.sub("<.*?>", "", page))
    assert "from tea import boil\n\nboil()\n" in text
    assert ">100\n</pre>" in page
    assert list(built.dist.glob("readerly/files-*/tea.py"))


@pytest.mark.parametrize(
    ("text", "src", "says", "line"),
    [
        (TEA, "tea.py#Pot.__init__", r"Pot.__init__ has no examples; write one after >>>", 42),
        ("def a():\n    1\n", "tea.py#a", "a has no docstring; write one with examples", 1),
        ("x = 1\n", "tea.py", "the module tea.py has no docstring", 1),
        ("x = (\n", "tea.py", "is no valid Python: .*; mend it", 1),
        ('"""\n\n>>> 1 +\n"""\n', "tea.py", "this example is no valid Python: ", 3),
        ('"""\n>>> 1 # doctest: +SKIP\n"""\n', "tea.py", "has only examples that are skipped", 1),
        ('"""\n>>> 1 # doctest: +MILK\n"""\n', "tea.py", "an example has an invalid option: '\\+MILK'; correct it", 2),
        ('"""\n\n>>>1\n"""\n', "tea.py", "an example lacks blank after >>>: .*; correct it", 3),
        (
            '"""\n>>> 1 / 0\nTraceback (most recent call last):\nZeroDivisionError: x\n>>> 1\n"""\n',
            "tea.py",
            "expects a traceback, after which a sample does not go on; make it the last example",
            2,
        ),
        ("Tea.\n", "tea.txt", "has no examples; write one", 1),
    ],
)
def test_what_is_wrong_in_the_file_is_said_there(include: Include, text: str, src: str, says: str, line: int) -> None:
    with pytest.raises(ReaderlyError, match=says) as caught:
        include(text, src)
    assert caught.value.file
    assert (caught.value.file.name, caught.value.line) == (src.partition("#")[0], line)


def test_an_option_that_a_sample_cannot_honour_is_refused(include: Include, monkeypatch: pytest.MonkeyPatch) -> None:
    import doctest

    monkeypatch.setitem(doctest.OPTIONFLAGS_BY_NAME, "CHILLED", 1 << 40)
    with pytest.raises(ReaderlyError, match="has the option CHILLED, which a sample cannot honour") as caught:
        include('"""\n>>> 1 # doctest: +CHILLED\n"""\n')
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("src", "words", "says"),
    [
        ("tea.py#Milk", "", "src names 'Milk', but tea.py has no function or class of that name"),
        ("tea.txt#Pot", "", "which has no objects; leave out what stands after #"),
        ("tea.csv", "", "doctest reads only files whose names end in .py, .md, .rst, .txt"),
        ("my-tea.py", "", "cannot be imported, since 'my-tea' is no name"),
        ("json.py", "", "that a module of Python's own, json, hides"),
        ("tea.py", "varies", "doctest does not go with varies; leave out one of the two"),
        ("tea.py", 'check="assert 1"', "doctest does not go with check"),
        ("tea.py", "engine=micropython", "doctest is not to be had with engine="),
        ("tea.py", 'files="tea.py=a.md"', "files gives the name tea.py to another file than src does"),
    ],
)
def test_what_is_wrong_with_the_fence_is_said_there(include: Include, src: str, words: str, says: str) -> None:
    with pytest.raises(ReaderlyError, match=says) as caught:
        include(src=src, words=words)
    assert caught.value.file
    assert (caught.value.file.name, caught.value.line) == ("a.md", 6)


def test_a_doctest_names_its_file(make_site: MakeSite) -> None:
    with pytest.raises(ReaderlyError, match="doctest shows the examples of a docstring"):
        read_all(make_site({"a.md": "```python run doctest\n```\n"}))


def test_a_doctest_is_no_exercise(include: Include) -> None:
    with pytest.raises(ReaderlyError, match="a doctest is no exercise") as caught:
        include(after="\n```python check\nassert True\n```\n")
    assert caught.value.line == 9


RAISES = (
    '"""\n>>> 1\n1\n>>> int("x")  # doctest: {}\nTraceback (most recent call last):\n    ...\nValueError: {}\n"""\n'
)


def error(line: int, text: str) -> tuple[str, str, int]:
    return (
        "error",
        f'Traceback (most recent call last):\n  File "sample-1.py", line {line}, in <module>\n{text}\n',
        line,
    )


@pytest.mark.parametrize(
    ("want", "flags", "got"),
    [
        ("12", "", "12\n"),
        ("1...", "+ELLIPSIS", "12\n"),
        ("1  2", "+NORMALIZE_WHITESPACE", "1\n2\n"),
        ("1\n<BLANKLINE>\n2", "", "1\n\n2\n"),
    ],
)
def test_a_run_that_is_as_expected(include: Include, want: str, flags: str, got: str) -> None:
    sample = include(f'"""\n>>> f()  {flags and "# doctest: "}{flags}\n{want}\n"""\n')
    assert wrong(expected(sample), [("stdout", got, 1)]) is None


@pytest.mark.parametrize(
    ("want", "flags", "got"),
    [("1...", "", "12\n"), ("1  2", "", "1 2\n"), ("1", "", "True\n"), ("1", "", "")],
)
def test_a_run_that_is_not(include: Include, want: str, flags: str, got: str) -> None:
    sample = include(f'"""\n>>> f()  {flags and "# doctest: "}{flags}\n{want}\n"""\n')
    says, line = wrong(expected(sample), [("stdout", got, 1)]) or ("", 0)
    assert says.startswith("says something else than the docstring of the module tea.py expects")
    assert "--update leaves docstrings alone" in says
    assert line == 2


@pytest.mark.parametrize(
    ("said", "says", "line"),
    [
        ([("stdout", "1\n", 1), error(2, "ValueError: no x")], None, 0),
        ([("stdout", "1\n", 1), error(2, "ValueError: no y")], "expected: ValueError: no x", 4),
        ([("stdout", "1\n", 1)], "was to raise ValueError: no x, and did not", 4),
        ([error(1, "KeyError: 1")], "raised KeyError: 1, which the docstring", 2),
        ([("stdout", "1\n", 1), ("stderr", "hot", 2)], "says more than the docstring", 4),
    ],
)
def test_a_run_that_ends_with_an_error(
    include: Include, said: list[tuple[str, str, int]], says: str | None, line: int
) -> None:
    found = wrong(expected(include(RAISES.format("", "no x").replace("  # doctest: ", ""))), said)
    assert (found is None) == (says is None)
    if found and says:
        assert says in found[0]
        assert found[1] == line


@pytest.mark.parametrize(("raised", "same"), [("b.ValueError: other", True), ("KeyError: no x", False)])
def test_the_detail_of_an_exception_may_be_ignored(include: Include, raised: str, same: bool) -> None:
    sample = include(RAISES.format("+IGNORE_EXCEPTION_DETAIL", "no x"))
    found = wrong(expected(sample), [("stdout", "1\n", 1), error(2, raised)])
    assert (found is None) == same


def test_what_an_import_does_is_no_example(include: Include) -> None:
    sample = include()
    assert wrong(expected(sample), [("stdout", "hi", 1), ("stdout", "100\n", 3)]) == (
        "prints 'hi' as it imports the module; have it do so only where it is run itself",
        1,
    )
    assert wrong(expected(sample), [error(1, "ImportError: no tea")]) == (
        "cannot import what it shows: ImportError: no tea",
        1,
    )


def test_a_docstring_is_not_recorded(include: Include, tmp_path: Path) -> None:
    from readerly_site.recorded import Recorded, output

    sample = include()
    assert output(sample, (), {sample.id: Recorded("any", [("stdout", "old")])}) == [("stdout", "100\n")]
