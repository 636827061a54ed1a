"""What an interpreter that is idle says of a source that a reader is writing. None of that source runs."""

import builtins
import contextlib
import inspect
import io
import json
import keyword
import warnings
from collections.abc import Callable
from typing import Any

from . import inference, syntax

MOST = 500
"""Names that are said at most: nobody looks through more, and the page goes on after one more letter."""

LONGEST = 100
"""Characters that are shown of one parameter, with its annotation and its default, and of the sentence about a call."""

FURTHEST = 1000
"""Characters of an expression that is looked up at most."""


def names(text: str, namespace: dict[str, Any]) -> list[str]:
    """Return what the last name in `text` may become: names of `namespace`, or attributes of what is before its dot.

    Names that begin with `_` are left out until one is typed.
    """
    before, dot, begun = text.rpartition(".")
    if before.replace("_", "").isdigit():
        return []  # the dot is the number's
    if dot:
        owner = inference.infer(before, namespace)
        found = sorted(inference.attributes(owner)) if owner else []
    else:
        found = [*keyword.kwlist, *keyword.softkwlist, *namespace, *vars(builtins)]
    hidden = {"": "_", "_": "__"}.get(begun)
    fit = [each for each in dict.fromkeys(found) if each.startswith(begun) and not (hidden and each.startswith(hidden))]
    return [each for each in fit if each.isidentifier()][:MOST]


def signature(called: str, namespace: dict[str, Any]) -> list[str]:
    """Return a sentence about `called`, an expression, and its parameters; nothing where they are not known.

    Where Python does not know the parameters they are what the docstring begins with.
    """
    known, bound = inference.callee(called, namespace)
    if not isinstance(known, inference.Known) or not callable(known.value):
        return []
    function = known.value
    about = (inspect.getdoc(function) or "").partition("\n\n")[0].replace("\n", " ")
    name = called.rpartition(".")[2].strip()
    try:
        whole = inspect.signature(function, **inference.AS_WRITTEN)
        kept = list(whole.parameters.values())
        parameters = _parameters(whole if bound else whole.replace(parameters=kept[1:]))
    except (ValueError, TypeError):
        first, _, rest = about.partition(")")
        if not first.startswith(name + "("):
            return []
        parameters, about = [first.removeprefix(name + "(")], rest.lstrip(" ->")
    return [_cut(each) for each in (about, *parameters)]


def look(kind: str, text: str, number: int, namespace: dict[str, Any], say: Callable[..., Any]) -> None:
    """Say "looked" once, with the `number` and, as JSON, what there is to say of `text`, a list of strings.

    Kinds: "syntax" (a source, see `syntax.check`), "names" and "signature". What these run of a package's code, such as
    a `__dir__`, and of a reader's, a `__repr__` of a default, may print or raise what it likes: nobody hears of it.
    """
    found: list[str] = []
    quiet = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(quiet),
            contextlib.redirect_stderr(quiet),
            warnings.catch_warnings(action="ignore"),
        ):
            if kind == "syntax":
                found = syntax.check(text)
            elif 0 < len(text) <= FURTHEST:
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
