"""A source as it is run: parsed, and compiled by parts, each as it is first run."""

import ast
import warnings
from collections.abc import Generator
from types import CodeType
from typing import Any

from . import loops, stdin

MODES = {ast.Module: "exec", ast.Expression: "eval", ast.Interactive: "single"}


class Program:
    """A source whose top may `await`: all but its last expression and that expression, or its single statements."""

    def __init__(self, source: str | ast.Module, name: str, singly: bool = False) -> None:
        """Parse `source`, text or tree, called `name` in tracebacks; raise SyntaxError where it is no Python.

        `singly`: each statement is a part that prints its value, as at Python's own prompt.
        """
        self._name = name
        self._made: dict[Any, Any] = {}
        self._warned: dict[Any, list[warnings.WarningMessage]] = {}
        tree: ast.Module = self._compiled("tree", source, "exec", ast.PyCF_ONLY_AST)
        self.tree = tree if stdin.can_wait() else loops.awaited(tree)
        body, rest = self.tree.body, self.tree.type_ignores
        self._parts: list[ast.Module | ast.Expression | ast.Interactive] = [self.tree]
        if singly:
            self._parts = [ast.Interactive([statement]) for statement in body]
        elif body and isinstance(final := body[-1], ast.Expr):
            self._parts = [ast.Module(body[:-1], rest), ast.Expression(final.value)]

    def codes(self) -> Generator[tuple[int, CodeType]]:
        """Yield the code of each part, and the line of a single statement; the value of the last is the program's.

        Raises SyntaxError where only the compiler finds one.
        """
        for number, part in enumerate(self._parts):
            code = self._compiled(number, part, MODES[type(part)])
            yield part.body[0].lineno if isinstance(part, ast.Interactive) else 0, code

    def again(self) -> "Program":
        """Return it for another run, which is warned as the first was."""
        self._warn("tree")
        return self

    def _compiled(self, what: Any, source: Any, mode: str, flags: int = 0) -> Any:
        """Return what `source`, text or tree, compiles to: kept under `what`, as is what Python warns of meanwhile."""
        try:
            if what not in self._made:
                with warnings.catch_warnings(record=True) as self._warned[what]:
                    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
                    self._made[what] = compile(source, self._name, mode, flags, dont_inherit=True)
        finally:
            self._warn(what)
        return self._made[what]

    def _warn(self, what: Any) -> None:
        for each in self._warned[what]:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)


_last: dict[tuple[str, str, bool], Program] = {}


def read(source: str | ast.Module, name: str, singly: bool = False) -> Program:
    """Return a `Program`: the same once more where a text was the last, as when a reader runs a sample again."""
    if not isinstance(source, str):
        return Program(source, name, singly)
    key = (source, name, singly)
    if key in _last:
        return _last[key].again()
    made = Program(source, name, singly)
    _last.clear()
    _last[key] = made
    return made
