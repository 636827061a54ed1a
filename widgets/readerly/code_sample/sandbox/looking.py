"""What an interpreter that is idle says of a source that a reader is writing. None of that source runs."""

import contextlib
import inspect
import io
import json
import re
import rlcompleter
import sys
import warnings
from collections.abc import Callable
from typing import Any

from . import syntax

MOST = 500
"""Names that are said at most: nobody looks through more, and the page goes on after one more letter."""

LONGEST = 100
"""Characters that are shown of one parameter, with its annotation and its default, and of the sentence about a call."""

DOTTED = re.compile(r"[^\W\d]\w*(\.\w+)*\.?")
"""What is looked up: names and dots. There is no call or index in it, so what looks it up runs none either."""


def names(word: str, namespace: dict[str, Any]) -> list[str]:
    """Return what the last name in `word` may become: names of `namespace`, or after a dot attributes.

    It is `rlcompleter` that finds them, as in Python's own prompt: after a dot it gets each attribute, but evaluates no
    property of the object that it lists; in `a.b.c` it does evaluate `b`. Names that begin with `_` are left out until
    one is typed.
    """
    completer = rlcompleter.Completer(namespace)
    with warnings.catch_warnings(action="ignore"):
        found = completer.attr_matches(word) if "." in word else completer.global_matches(word)
    plain = dict.fromkeys(each.rstrip("() :").rpartition(".")[2] for each in found)
    return [name for name in plain if name.isidentifier()][:MOST]


def signature(called: str, namespace: dict[str, Any]) -> list[str]:
    """Return a sentence about `called`, names and dots, and its parameters; nothing where they are not known.

    Where Python does not know the parameters they are what the docstring begins with.
    """
    function = eval(called, dict(namespace))
    if not callable(function):
        return []
    about = (inspect.getdoc(function) or "").partition("\n\n")[0].replace("\n", " ")
    name = called.rpartition(".")[2]
    try:
        parameters = _parameters(inspect.signature(function, **_AS_WRITTEN))
    except (ValueError, TypeError):
        first, _, rest = about.partition(")")
        if not first.startswith(name + "("):
            return []
        parameters, about = [first.removeprefix(name + "(")], rest.lstrip(" ->")
    return [_cut(each) for each in (about, *parameters)]


def look(kind: str, text: str, number: int, namespace: dict[str, Any], say: Callable[..., Any]) -> None:
    """Say "looked" once, with the `number` and, as JSON, what there is to say of `text`, a list of strings.

    Kinds: "syntax" (a source, see `syntax.check`), "names" and "signature". What these run of the reader's own code,
    such as `__dir__`, `__getattr__` or `__repr__`, may print or raise what it likes: nobody hears of it.
    """
    found: list[str] = []
    quiet = io.StringIO()
    try:
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            if kind == "syntax":
                found = syntax.check(text)
            elif DOTTED.fullmatch(text) and len(text) < 500:
                found = names(text, namespace) if kind == "names" else signature(text, namespace)
    except BaseException:
        pass
    say("looked", json.dumps(found), number)


def _parameters(found: inspect.Signature) -> list[str]:
    """Return the parameters as `def` has them, with `/` and `*` where they stand."""
    shown: list[str] = []
    before: Any = None
    for each in found.parameters.values():
        if before == each.POSITIONAL_ONLY != each.kind:
            shown.append("/")
        if each.kind == each.KEYWORD_ONLY and before not in (each.KEYWORD_ONLY, each.VAR_POSITIONAL):
            shown.append("*")
        shown.append(_parameter(each))
        before = each.kind
    return shown + (["/"] if before == inspect.Parameter.POSITIONAL_ONLY else [])


def _parameter(each: inspect.Parameter) -> str:
    """Return one parameter, with an annotation as it was written."""
    said, annotated = each.annotation, each.annotation is not each.empty
    text = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "") + each.name
    if annotated:
        text += ": " + (said if isinstance(said, str) else inspect.formatannotation(said))
    if each.default is not each.empty:
        text += (" = " if annotated else "=") + repr(each.default)
    return text


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


_AS_WRITTEN: dict[str, Any] = {}
if sys.version_info >= (3, 14):
    import annotationlib

    _AS_WRITTEN["annotation_format"] = annotationlib.Format.STRING
"""Annotations are not evaluated."""
