"""Makes a few Python files of the browser half: the page fetches `main.py` and finds the modules of `readerly` in it,
but for those of `LATER`, which come in files of their own when somebody asks for what they do.

In all of them, each module stands under a line `#: path`, and becomes a file in MicroPython's own file system, so that
imports and tracebacks work as anywhere else. What only people and type checkers need, docstrings, comments, annotations
and wide space, stays at home, and the names of functions' variables are short; line numbers do not change.
"""

import ast
import io
import json
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

from readerly.page.modules import Modules
from readerly_site.shorten import keywords, shorten

LATER = {
    "running.py": (
        "code_sample/blocks.py",
        "code_sample/colours.py",
        "code_sample/compare.py",
        "code_sample/comparison.py",
        "code_sample/delivery.py",
        "code_sample/histories.py",
        "code_sample/interpreter.py",
        "code_sample/jumps.py",
        "code_sample/lines.py",
        "code_sample/places.py",
        "code_sample/question.py",
        "code_sample/reach.py",
        "code_sample/rich.py",
        "code_sample/session.py",
        "code_sample/supplies.py",
        "code_sample/terminal.py",
        "code_sample/tint.py",
        "code_sample/wheels.py",
        "code_sample/writer.py",
    ),
    "later.py": (
        "code_sample/attempts.py",
        "code_sample/calls.py",
        "code_sample/changes.py",
        "code_sample/completion.py",
        "code_sample/editor.py",
        "code_sample/highlight.py",
        "code_sample/included.py",
        "code_sample/marks.py",
        "code_sample/regions.py",
        "code_sample/shared.py",
        "code_sample/signature.py",
        "code_sample/syntax.py",
        "code_sample/verdict.py",
        "hearts/look.py",
        "read_time/offer.py",
        "view_count/about.py",
        "view_count/tip.py",
    ),
}
"""Modules that a page does not need at once, by the file they come in: what runs samples, as one comes near; and what
most visits never need. They are asked for through `readerly.page.later`, and imported only by modules of the same file
or a later one.
"""

INSIDE = ("code_sample/sandbox/", "code_sample/micropython/")
"""What runs beside samples, in the sandbox, and travels by itself."""


def bundle(package: Path) -> str:
    """Return `main.py`: a program that starts the page's Python, then the modules of `package`, `readerly`'s folder.

    boot.mjs runs each line of the program in a task of its own: what `readerly.start` stands on is imported one by one,
    and then told what else there is. `INSIDE` is left out.
    """
    files = _files(package)
    wanted, start = needs(files), f"{package.name}.start"
    program: list[str] = []
    for _ in Modules(wanted, lambda name: program.append(f"import {name}\n")).importing(start):
        pass
    return "".join(program) + f"{start}.start({wanted!r})\n" + _laid(files, package)


def later(package: Path) -> dict[str, str]:
    """Return the files of `LATER` by their names, in the order in which a page asks for them.

    Each begins with what its modules need of each other and of earlier files, as JSON.
    """
    sources = {
        file: {f"{package.name}/{name}": (package / name).read_text(encoding="utf-8") for name in names}
        for file, names in LATER.items()
    }
    wanted = needs({path: source for own in sources.values() for path, source in own.items()})
    made: dict[str, str] = {}
    for file, own in sources.items():
        asked = {name: wanted[name] for name in wanted if name.replace(".", "/") + ".py" in own}
        made[file] = json.dumps(asked, separators=(",", ":")) + "\n" + _laid(own, package)
    return made


def needs(files: dict[str, str]) -> dict[str, list[str]]:
    """Return which of the modules in `files` (path to source) each of them imports as it is imported, by full names."""
    names = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): files[path] for path in files}
    found: dict[str, list[str]] = {}
    for name, source in names.items():
        imports = [node for node in ast.parse(source).body if isinstance(node, ast.ImportFrom) and node.module]
        asked = [each for node in imports for each in (node.module, *(f"{node.module}.{a.name}" for a in node.names))]
        if wanted := [each for each in asked if each in names]:
            found[name] = wanted
    return found


def _files(package: Path) -> dict[str, str]:
    """Return the source of each module that comes with the page, by its path; a package's `__init__` stands first."""
    files: dict[str, str] = {}
    late = [name for names in LATER.values() for name in names]
    for file in sorted(package.rglob("*.py")):
        name = file.relative_to(package).as_posix()
        if not name.startswith(INSIDE) and name not in late:
            files[f"{package.name}/{name}"] = file.read_text(encoding="utf-8")
    return files


def _laid(files: dict[str, str], package: Path) -> str:
    given = keywords(file.read_text(encoding="utf-8") for file in sorted(package.rglob("*.py")))
    return "".join(f"#: {path}\n{shorten(strip(source), given).rstrip()}\n" for path, source in files.items())


def strip(source: str) -> str:
    """Return a module's `source` without what only people need, indented by one space, each line where it was."""
    annotations = _annotations(source)
    comments = [each for each in _comments(source) if not any(start < each[0] < end for start, end, _ in annotations)]
    for start, end, instead in sorted(_docstrings(source) + comments + annotations, reverse=True):
        # What comes after an annotation belongs to its statement, so that no line may end that there.
        line = "\\\n" if source[end:].lstrip(" ")[:1] in tuple("=:,)") else "\n"
        source = source[:start] + instead + line * source.count("\n", start, end) + source[end:]
    for start, end in sorted(_gaps(source), reverse=True):
        source = source[:start] + source[end:]
    inside = {
        line
        for token in _tokens(source)
        if token.type not in (tokenize.NL, tokenize.NEWLINE)
        for line in range(token.start[0] + 1, token.end[0] + 1)
    }
    lines = enumerate(source.split("\n"), 1)
    return "\n".join(line if number in inside else _narrow(line.rstrip()) for number, line in lines)


def _gaps(source: str) -> Iterator[tuple[int, int]]:
    """Yield where space stands between two tokens of a line that are told apart without it."""
    starts = _line_starts(source)
    before = None
    for token in _tokens(source):
        row, column = token.start
        if before is not None and before.end[0] == row and before.end[1] < column and before.string.strip():
            start, end = starts[row - 1] + before.end[1], starts[row - 1] + column
            joined = source[start - 1] + source[end : end + 1]
            if source[start:end].isspace() and not all(char in "_." or char.isalnum() for char in joined):
                yield start, end
        before = token


def _narrow(line: str) -> str:
    text = line.lstrip(" ")
    return " " * ((len(line) - len(text)) // 4) + text


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(source).readline)


def _offsets(source: str) -> Callable[[int, int], int]:
    """Return a function from line and column of the syntax tree, which counts UTF-8 bytes, to a place in `source`."""
    starts = _line_starts(source)
    lines = source.split("\n")
    return lambda line, column: starts[line - 1] + len(lines[line - 1].encode()[:column].decode())


def _annotations(source: str) -> list[tuple[int, int, str]]:
    """Return where annotations and their imports stand, and what stands in for them. MicroPython has no `typing`."""
    offset, starts = _offsets(source), _line_starts(source)
    closing = [starts[token.start[0] - 1] + token.start[1] for token in _tokens(source) if token.string == ")"]
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.arg(annotation=ast.expr() as kind):
                start = offset(node.lineno, node.col_offset) + len(node.arg)
            case ast.FunctionDef(returns=ast.expr() as kind) | ast.AsyncFunctionDef(returns=ast.expr() as kind):
                start = source.rindex("->", 0, offset(kind.lineno, kind.col_offset))
                start = len(source[:start].rstrip())
            case ast.AnnAssign(target=target, annotation=kind, value=value):
                place = target if value else node
                line, column = (target.end_lineno, target.end_col_offset) if value else (node.lineno, node.col_offset)
                start = offset(line or place.lineno, column or 0)
            case ast.ImportFrom(module="typing"):
                found.append(
                    (offset(node.lineno, node.col_offset), offset(node.end_lineno or 0, node.end_col_offset or 0), "")
                )
                continue
            case _:
                continue
        end = offset(kind.end_lineno or kind.lineno, kind.end_col_offset or 0)
        if around := source.count("(", start, offset(kind.lineno, kind.col_offset)):  # which the tree leaves out
            end = [place for place in closing if place >= end][around - 1] + 1
        found.append((start, end, "pass" if isinstance(node, ast.AnnAssign) and not node.value else ""))
    return found


def _docstrings(source: str) -> list[tuple[int, int, str]]:
    """Return where strings stand as statements (docstrings, of attributes too), and what stands in for them."""
    offset = _offsets(source)
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
