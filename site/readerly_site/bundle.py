"""Makes one Python file of the browser half: the page fetches `main.py` and finds every module of `readerly` in it.

MicroPython gets the modules as files in its own file system, so that imports and tracebacks work as anywhere else. What
only people need, docstrings, comments and wide indentation, stays at home; line numbers do not change.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

TYPING = """\
class _Kind:
    def __getitem__(self, kinds):
        return self
    def __or__(self, other):
        return self
    def __call__(self, kind, value=None):
        return value
Any = Callable = Literal = Iterable = Iterator = Sequence = Mapping = Awaitable = cast = _Kind()
TYPE_CHECKING = False
class Protocol:
    pass
"""
"""MicroPython has no `typing`: this much of it lets annotated modules be imported."""

START = """\
import os
def put(name, source):
    parts = name.split("/")
    for depth in range(1, len(parts)):
        try:
            os.mkdir("/".join(parts[:depth]))
        except OSError:
            pass
    with open(name, "w") as file:
        file.write(source)
"""


def bundle(package: Path) -> str:
    """Return `main.py`: it lays out the modules of `package`, the folder of `readerly`, and imports `readerly.start`.

    `code_sample/sandbox` is left out: it runs under Pyodide and travels by itself.
    """
    files = {"typing.py": TYPING}
    for file in sorted(package.rglob("*.py")):
        name = file.relative_to(package).as_posix()
        if not name.startswith("code_sample/sandbox/"):
            files[f"{package.name}/{name}"] = strip(file.read_text(encoding="utf-8"))
    puts = "".join(f"put({name!r}, {source!r})\n" for name, source in files.items())
    return f"{START}{puts}import {package.name}.start\n"


def strip(source: str) -> str:
    """Return a module's `source` without docstrings and comments, indented by one space, each line where it was."""
    for start, end, instead in sorted(_docstrings(source) + _comments(source), reverse=True):
        source = source[:start] + instead + "\n" * source.count("\n", start, end) + source[end:]
    inside = {
        line
        for token in _tokens(source)
        if token.type not in (tokenize.NL, tokenize.NEWLINE)
        for line in range(token.start[0] + 1, token.end[0] + 1)
    }
    lines = enumerate(source.split("\n"), 1)
    return "\n".join(line if number in inside else _narrow(line.rstrip()) for number, line in lines)


def _narrow(line: str) -> str:
    text = line.lstrip(" ")
    return " " * ((len(line) - len(text)) // 4) + text


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(source).readline)


def _docstrings(source: str) -> list[tuple[int, int, str]]:
    """Return where strings stand as statements (docstrings, of attributes too), and what stands in for them."""
    starts = _line_starts(source)
    lines = source.split("\n")

    def offset(line: int, column: int) -> int:  # the syntax tree counts columns in bytes of UTF-8
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found: list[tuple[int, int, str]] = []
    for node in ast.walk(ast.parse(source)):
        body: list[ast.stmt] = getattr(node, "body", []) if isinstance(node, ast.Module | ast.stmt) else []
        for statement in body:
            match statement:
                case ast.Expr(value=ast.Constant(value=str()), end_lineno=int(last), end_col_offset=int(column)):
                    start = offset(statement.lineno, statement.col_offset)
                    found.append((start, offset(last, column), "" if len(body) > 1 else "pass"))
                case _:
                    pass
    return found


def _comments(source: str) -> list[tuple[int, int, str]]:
    starts = _line_starts(source)
    return [
        (starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1], "")
        for token in _tokens(source)
        if token.type == tokenize.COMMENT
    ]


def _line_starts(source: str) -> list[int]:
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
