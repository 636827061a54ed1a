"""A source as it is run: parsed, and compiled by parts, each as it is first run."""

import ast
import functools
from collections.abc import Generator
from types import CodeType

from . import loops, stdin

AWAITING = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
MODES = {ast.Module: "exec", ast.Expression: "eval", ast.Interactive: "single"}


class Program:
    """A source whose top may `await`: all but its last expression and that expression, or its single statements."""

    def __init__(self, source: str | ast.Module, name: str, singly: bool = False) -> None:
        """Parse `source`, text or tree, called `name` in tracebacks; raise SyntaxError where it is no Python.

        `singly`: each statement is a part that prints its value, as at Python's own prompt.
        """
        tree: ast.Module = compile(source, name, "exec", ast.PyCF_ONLY_AST | AWAITING, dont_inherit=True)
        self.tree = tree if stdin.can_wait() else loops.awaited(tree)
        self._name = name
        body, rest = self.tree.body, self.tree.type_ignores
        self._parts: list[ast.Module | ast.Expression | ast.Interactive] = [self.tree]
        if singly:
            self._parts = [ast.Interactive([statement]) for statement in body]
        elif body and isinstance(final := body[-1], ast.Expr):
            self._parts = [ast.Module(body[:-1], rest), ast.Expression(final.value)]
        self._codes: dict[int, CodeType] = {}

    def codes(self) -> Generator[tuple[int, CodeType]]:
        """Yield the code of each part, and the line of a single statement; the value of the last is the program's.

        Raises SyntaxError where only the compiler finds one.
        """
        for number, part in enumerate(self._parts):
            if number not in self._codes:
                self._codes[number] = compile(part, self._name, MODES[type(part)], AWAITING, dont_inherit=True)
            yield part.body[0].lineno if isinstance(part, ast.Interactive) else 0, self._codes[number]


last = functools.lru_cache(maxsize=1)(Program)
"""Return a `Program`: the same once more where it was the last, as when a reader runs a sample again."""
