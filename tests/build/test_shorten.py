"""Shorter names in functions change nothing that can be told from outside."""

import dis
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from types import CodeType

import pytest

from readerly_site.bundle import strip
from readerly_site.shorten import keywords, shorten

HALF = Path(__file__).parents[2] / "widgets/readerly"
MODULES = sorted(file for file in HALF.rglob("*.py") if "sandbox" not in file.parts)
GIVEN = keywords(module.read_text(encoding="utf-8") for module in HALF.rglob("*.py"))
CLOSING = ("MAKE_CELL", "COPY_FREE_VARS")
"""Instructions in the order of the names they are about, as are all that hand variables to an inner function."""


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a code object and those in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def steps(code: CodeType) -> Iterator[tuple[str, str, int | None]]:
    """Yield what a code object does, step by step: instruction, its argument, and the line it stands on."""
    line, cells = None, {*code.co_cellvars, *code.co_freevars}
    for step in dis.get_instructions(code):
        line = step.starts_line or line
        closing = step.opname in CLOSING or (str(step.argval) in cells and re.search("FAST|CLOSURE", step.opname))
        if not closing:
            yield step.opname, "" if isinstance(step.argval, CodeType) else repr(step.argval), line


def is_local(instruction: str) -> bool:
    return any(kind in instruction for kind in ("FAST", "DEREF", "CLOSURE"))


@pytest.mark.parametrize("module", MODULES, ids=lambda file: file.relative_to(HALF).as_posix())
@pytest.mark.parametrize("given", [None, GIVEN], ids=["no parameters", "parameters"])
def test_a_module_does_the_same_on_the_same_lines(module: Path, given: set[str] | None) -> None:
    before = strip(module.read_text(encoding="utf-8"))
    after = shorten(before, given)
    pairs = list(zip_longest(codes(compile(before, "m", "exec")), codes(compile(after, "m", "exec"))))
    for old, new in pairs:
        parameters = old.co_argcount + old.co_kwonlyargcount
        for was, name in zip(old.co_varnames[:parameters], new.co_varnames[:parameters], strict=True):
            assert name == was or (given is not None and was not in given)
        assert new.co_names == old.co_names
        names: dict[str, str] = {}
        for (did, what, line), (does, now, on) in zip_longest(steps(old), steps(new)):
            assert (does, on) == (did, line)
            assert (names.setdefault(what, now) if is_local(did) else what) == now
        assert len(set(names.values())) == len(names)


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("def f(width):\n half=width\n return half", "def f(width):\n a=width\n return a"),
        ("def f():\n for each in g():\n  yield each.each, h(each=each)", None),
        ("def f():\n first=1\n def g():\n  nonlocal first\n  first=2\n return g", "same"),
        ("def f():\n global found\n found=1", "same"),
        ("def f(a):\n other=a\n return lambda b: other", "def f(a):\n c=a\n return lambda b: c"),
        ("found=1\ndef f():\n found=2\n return found", "same"),
        ("def f():\n list=[1]\n return list", "same"),
        ('def f():\n name=1\n return f"{name}"', "same"),
        ("def f():\n class A:\n  name=1\n return A", "same"),
        ("def f():\n from m import name\n return name", "same"),
        ("class A:\n size=1\n def f(self):\n  other=self.size\n  return other", None),
        ("def f():\n é='é'; other=é+'é'; return other", "def f():\n é='é'; a=é+'é'; return a"),
    ],
)
def test_a_name_is_shortened_where_it_is_the_functions_own(source: str, short: str | None) -> None:
    if short is None:
        short = source.replace("for each", "for a").replace("yield each.", "yield a.").replace("=each)", "=a)")
        short = short.replace("other", "a")
    assert shorten(source) == (source if short == "same" else short)


def test_a_function_with_more_locals_than_letters_keeps_the_others() -> None:
    many = "".join(f" name{number}={number}\n" for number in range(60))
    assert " Z=50\n name51=51\n" in shorten("def f():\n" + many)


def test_it_is_worth_it() -> None:
    sources = [strip(module.read_text(encoding="utf-8")) for module in MODULES]
    assert sum(len(shorten(source)) for source in sources) < 0.96 * sum(map(len, sources))


def test_a_parameter_is_shortened_where_nobody_gives_it_by_name() -> None:
    source = "def f(width, *, height=2):\n return lambda depth=height: width*depth\nf(1, height=3)"
    assert keywords([source]) == {"height"}
    short = "def f(a, *, height=2):\n return lambda b=height: a*b\nf(1, height=3)"
    assert shorten(source, keywords([source])) == short
    assert shorten(source) == source
