"""Code in articles: fences that run become `<code-sample>`, all others are highlighted where they stand.

    ```python run session=intro packages="pydantic" label="Models"
    print("hello")
    ```

`run` makes the sample runnable; what else may stand there is in `WORDS`.
"""

import difflib
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pygments.lexers import get_lexer_by_name  # pyright: ignore[reportUnknownVariableType]
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Name,
    Number,
    Operator,
    String,
    _TokenType,  # pyright: ignore[reportPrivateUsage]
)
from pygments.util import ClassNotFound

from readerly.code_sample import attempts, regions, terminal, view
from readerly.code_sample.attributes import KINDS, files, flag, read, word
from readerly.page.markup import Element, Markup, h, to_html
from readerly_site import baked
from readerly_site.data import DataFile
from readerly_site.doctests import Doctest
from readerly_site.typography import printable

LANGUAGES = ("python", "py")
"""The languages that run."""

Messages = Sequence[tuple[str, str]]
"""What a run said: kinds and texts, as `readerly.code_sample.sandbox.runner` says them."""


def _files_and_folders(text: str) -> list[list[str]]:
    return files(text, folders=True)


def _source(text: str) -> str:
    if len(text.split()) != 1:
        raise ValueError("must be the path of a file from the article, without spaces, such as tea.py or tea.py#brew")
    return text.strip()


def _exception(text: str) -> str:
    if not text.strip().isidentifier():
        raise ValueError("must be the name of an exception, such as ValueError; Exception is any")
    return text.strip()


PARTS = {"check": LANGUAGES, "solution": LANGUAGES, "hint": ("markdown", "md")}
"""What a fence after a sample may be to it, and in which languages: see `exercises`."""

OWN: dict[str, Callable[[str], Any]] = {
    "id": word,
    "src": _source,
    "doctest": flag,
    "raises": _exception,
    "skip": flag,
}
"""What only a fence says: the build takes it, and the tag does not have it, but for its `id`."""

WORDS = {**KINDS, **OWN, "files": _files_and_folders}
"""All that may stand after `run`, and what takes its text."""

APART = ("check", "raises", "setup", "stdin", "varies")
"""What does not go with `doctest`: the docstring says all of what is to come of its examples."""

COLOURS = {
    Comment: "c",
    String.Doc: "c",
    Keyword: "k",
    Operator.Word: "k",
    Name.Tag: "k",
    String: "s",
    Number: "m",
    Name.Builtin: "nb",
    Name.Class: "nb",
    Name.Function: "nb",
    Name.Exception: "nb",
    Name.Attribute: "nb",
    Keyword.Type: "nb",
    Name.Decorator: "nd",
    Name.Entity: "nd",
    Name.Variable.Magic: "nd",
    Generic.Deleted: "gd",
    Generic.Error: "gd",
    Generic.Traceback: "gd",
    Generic.Inserted: "s",
    Generic.Heading: "gh",
    Generic.Subheading: "gh",
    Generic.Strong: "gh",
    Generic.Emph: "ge",
}
"""Kinds of token, and the kinds below them, to the classes that the style sheets colour: Pygments' short names."""


@dataclass(frozen=True)
class Fence:
    """What a fence's first line says: its language ("" when none), whether it runs, and its attributes."""

    language: str
    runs: bool
    attributes: dict[str, str]
    part: str = ""
    """Which part of the exercise above it is, of `PARTS`; "" for none."""


@dataclass(frozen=True)
class Part:
    """A check or a solution: its source, and the line of the file that its fence stands on."""

    source: str
    line: int


@dataclass(frozen=True)
class Exercise:
    """What a reader's run of a sample is judged by, and what helps them."""

    check: Part
    solution: Part | None = None
    hint: str = ""
    """HTML."""


@dataclass(frozen=True)
class Sample:
    """A sample of an article that runs."""

    fence: Fence
    """Its attributes, with an `id` in any case."""
    source: str
    number: int
    """Which of the article's samples it is, from 1: tracebacks call it by that."""
    line: int
    """Where its fence stands in the file."""
    files: tuple[DataFile, ...] = ()
    """The data files it names."""
    exercise: "Exercise | None" = None
    """What makes an exercise of it."""
    doctest: Doctest | None = None
    """The docstring whose examples it shows."""

    @property
    def id(self) -> str:
        """Its id in the page: the author's, its label's, or its number's."""
        return self.fence.attributes["id"]


def parse(info: str) -> Fence:
    """Read the line after the three backticks; ValueError says what is wrong with it."""
    try:
        language, *words = shlex.split(info) or [""]
    except ValueError as error:
        raise ValueError(f"the fence's line cannot be read ({error}); close its quotes") from error
    attributes: dict[str, str] = {}
    runs = False
    if part := next((said for said in words if said in PARTS), ""):
        if len(words) > 1:
            raise ValueError(f"{part} stands alone after the language, in a fence below the sample it is for")
        if language.lower() not in PARTS[part]:
            wanted = PARTS[part][0]
            raise ValueError(f"a {part} is written in {wanted}; begin its fence with ```{wanted} {part}")
        return Fence(language.lower(), False, {}, part)
    for said in words:
        name, equals, value = said.partition("=")
        if said == "run":
            runs = True
        elif name not in WORDS:
            raise ValueError(_unknown(said, name))
        elif WORDS[name] is flag and equals:
            raise ValueError(f"{name} stands alone, without a value; write {name}, or leave it out")
        elif WORDS[name] is not flag and not equals:
            raise ValueError(f'{name} needs a value: {name}="…"')
        elif name in attributes:
            raise ValueError(f"the fence has two {name!r} attributes; keep one")
        else:
            attributes[name] = value
    if runs and language.lower() not in LANGUAGES:
        raise ValueError(f"only Python runs, not {language!r}; begin the fence with ```python run")
    if attributes and not runs:
        raise ValueError(f'{next(iter(attributes))!r} is for samples that run; write "run" after the language')
    read(attributes, WORDS)
    if "doctest" in attributes:
        _fits(attributes)
    return Fence(language.lower(), runs, attributes)


def _unknown(said: str, name: str) -> str:
    """Return the sentence about a word `said` after the language whose `name` is no attribute's."""
    if near := difflib.get_close_matches(name.lower(), ["run", *PARTS, *WORDS], 1):
        return f"unknown fence attribute {said!r}; is {near[0]!r} meant?"
    known = ", ".join(known if WORDS[known] is flag else f'{known}="…"' for known in WORDS)
    return f"unknown fence attribute {said!r}; after the language may stand: run, {known}"


def _fits(attributes: dict[str, str]) -> None:
    """Raise ValueError where other `attributes` of a fence do not go with `doctest`."""
    if "src" not in attributes:
        raise ValueError('doctest shows the examples of a docstring; name it, as in src="tea.py#Pot.pour"')
    for name in APART:
        if name in attributes:
            raise ValueError(f"doctest does not go with {name}; leave out one of the two")
    if attributes.get("engine") == "micropython":
        raise ValueError('doctest is not to be had with engine="micropython"; leave out one of the two')


def render(fence: Fence, source: str, output: Messages = (), exercise: Exercise | None = None) -> str:
    """Return the HTML of a fence with this `source`: a `<code-sample>` with its `output`, or a highlighted `<pre>`."""
    return to_html(sample(fence, source, output, exercise) if fence.runs else listing(fence.language, source))


def sample(fence: Fence, source: str, output: Messages = (), exercise: Exercise | None = None) -> Element:
    """Return the `<code-sample>` tag as the page holds it before any script, with what it said for its author."""
    said = {name: value for name, value in fence.attributes.items() if name not in OWN or name == "id"}
    shown = Markup(to_html(regions.nodes(stretches(source, "python"))))
    below: Any = ""
    if exercise:
        solution = exercise.solution and Markup(highlight(exercise.solution.source.rstrip("\n"), "python"))
        below = attempts.view(said.get("label"), Markup(exercise.hint) if exercise.hint else None, solution)
    messages = [shown_as(kind, text) for kind, text in output]
    return view.sample(shown, said, messages, source.rstrip("\n"), below)


def shown_as(kind: str, text: str) -> Element:
    """Return the block of a recorded message."""
    if kind == "rich":
        return baked.block(printable(text))
    nodes = [terminal.node(style, printable(each)) for style, each in terminal.Terminal().feed(text)[1]]
    return view.message(kind, nodes)


def listing(language: str, source: str) -> Element:
    """Return a listing that does not run. It takes the focus so that the arrow keys scroll what is too wide."""
    name = {"class": f"language-{language}"} if language else None
    return h("pre", {"class": "listing", "tabindex": "0"}, h("code", name, Markup(highlight(source, language))))


def highlight(source: str, language: str) -> str:
    """Return `source` as HTML with a `<span>` for each stretch of one colour; plain where the language is not known."""
    return to_html([h("span", {"class": name}, text) if name else text for name, text in stretches(source, language)])


def stretches(source: str, language: str) -> list[tuple[str, str]]:
    """Return `source` in stretches of one colour: a class, "" for none, and text.

    Pygments tells some ninety kinds of token apart. The style sheets colour the few of `COLOURS`; a page without the
    other spans loads and counts faster.
    """
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    found: list[tuple[str, str]] = []
    for token, text in lexer.get_tokens(source):
        name = _colour(token) if text.strip() else ""
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + text)
        else:
            found.append((name, text))
    return found


def _colour(token: _TokenType) -> str:
    """Return the class for a token of this kind: that of the nearest kind above it which has one."""
    kind: _TokenType | None = token
    while kind is not None:
        if kind in COLOURS:
            return COLOURS[kind]
        kind = kind.parent
    return ""
