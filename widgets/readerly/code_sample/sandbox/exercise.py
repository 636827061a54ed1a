"""Judges a run of an exercise: executes its author's check on what the run has left, out of the reader's sight."""

import ast
import collections
import copy
import traceback
import types
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from . import display, expectations, network, refused, stdin
from .output import LIMIT, Outlet, cut, unheard
from .patches import Patches

CHECK = "the check"
"""What tracebacks call a check: no file of the reader's."""

SENTENCE = 2_000
"""Characters of what an author's message may say."""

COPIED = (list, dict, set, bytearray, collections.deque)
"""What a check gets a copy of, beside the instances of the sample's own classes."""


class Attempt(NamedTuple):
    """What a check finds under the name `attempt`."""

    printed: str
    """All that the sample has printed to stdout."""
    source: str
    """The sample as the reader left it."""
    value: Any
    """Its last expression's value."""


class Heard(Outlet):
    """An outlet that remembers what goes to stdout, the first `LIMIT` characters of it."""

    printed = ""

    def write(self, kind: str, text: str) -> None:
        """Send `text`, and remember it."""
        if kind == "stdout" and len(self.printed) < LIMIT:
            self.printed = (self.printed + text)[:LIMIT]
        super().write(kind, text)


Verdict = tuple[str, str, int]
"""Its kind ("passed", "unmet" or "unsound", which is the check's own fault), a sentence, and the line of the check."""


async def judge(
    check: str, module: types.ModuleType, attempt: Attempt, execute: Callable[..., Awaitable[Any]]
) -> Verdict | None:
    """Return what `check` finds of an `attempt` that has run in `module`; None where memory has run out.

    The check runs among the sample's names, on copies of their lists, dicts, sets and objects, so that the sample's
    functions see what it sets. Afterwards every name is what it was. `execute` is `runner.execute`.
    """
    names = module.__dict__
    before, outlet = dict(names), Outlet(unheard)
    names.update(copied({**names, "attempt": attempt.value}))
    attempt = attempt._replace(value=names.pop("attempt", attempt.value))
    names.update({"attempt": attempt, expectations.EXPECT: expectations.expect})
    reader = stdin.Reader(outlet, stdin.unasked, "")
    display.begin(outlet)
    try:
        with outlet.captured(), Patches() as patches, reader.attached(patches):
            refused.install(patches, outlet)
            network.install(patches, outlet)
            await execute(expectations.worded(_read(check)), CHECK, module)
        return ("passed", "", 0)
    except MemoryError:
        return None
    except BaseException as error:
        return found(error, module)
    finally:
        names.clear()
        names.update(before)
        display.show_figures()


def _read(check: str) -> ast.Module:
    return compile(check, CHECK, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def copied(names: dict[str, Any]) -> dict[str, Any]:
    """Return copies of those of `names` that hold data a check may change; what cannot be copied stays shared."""
    memo: dict[int, Any] = {}
    copies: dict[str, Any] = {}
    for name, value in names.items():
        if not name.startswith("__") and (isinstance(value, COPIED) or type(value).__module__ == "__main__"):
            try:
                copies[name] = copy.deepcopy(value, memo)  # pyright: ignore[reportUnknownArgumentType]
            except Exception:
                continue
    return copies


def found(error: BaseException, module: types.ModuleType) -> Verdict:
    """Return the verdict that lies in an `error` which a check in `module` has ended with.

    An assertion tells what the reader has not done yet. So does what their own code raises when the check calls it, a
    name they have not defined, and a call that their function does not take. All else is the check's fault.
    """
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is module.__dict__
    ]
    lines = [line for file, line in frames if file == CHECK]
    line = lines[-1] if lines else 0
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, SyntaxError) and error.filename == CHECK:
        return ("unsound", cut(said.replace(f" ({CHECK}, line {error.lineno})", ""), SENTENCE), error.lineno or 0)
    if frames and frames[-1][0] != CHECK:
        file, at = frames[-1]
        return ("unmet", cut(f"When it was tried, {file}, line {at}, raised {said}.", SENTENCE), line)
    if isinstance(error, AssertionError):
        return ("unmet", cut(str(error) or "Something that is asked for is not so.", SENTENCE), line)
    if isinstance(error, NameError) and error.name:
        return ("unmet", f"There is no {error.name} yet.", line)
    if isinstance(error, TypeError) and _refused(str(error), module):
        return ("unmet", cut(f"{error}.", SENTENCE), line)
    if isinstance(error, AttributeError) and getattr(_class(error.obj), "__module__", "") == "__main__":
        return ("unmet", f"{_class(error.obj).__name__} has no {error.name} yet.", line)
    return ("unsound", cut(said, SENTENCE), line)


def _refused(text: str, module: types.ModuleType) -> bool:
    """Return whether `text` is Python's word about a call that a function or class of the sample does not take."""
    name = text.partition("()")[0].partition(".")[0]
    return "()" in text and getattr(module.__dict__.get(name), "__module__", "") == "__main__"


def _class(value: Any) -> Any:
    return value if isinstance(value, type) else type(value)
