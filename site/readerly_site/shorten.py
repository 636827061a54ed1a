"""Gives the local names of the browser half's functions one letter each, where nobody could tell: a page's Python
shrinks so. Lines, attributes, parameters that are given by name and whatever a module offers keep their names.

    >>> shorten("def area(width): half = width / 2; return half * half")
    'def area(width): a = width / 2; return a * a'
"""

import ast
import builtins
import string
from collections.abc import Callable, Collection, Iterable, Iterator

LETTERS = string.ascii_lowercase + string.ascii_uppercase
"""The new names. A function with more locals than that keeps the others."""


def keywords(sources: Iterable[str]) -> set[str]:
    """Return the names by which calls in these modules give arguments."""
    trees = [ast.parse(source) for source in sources]
    return {each.arg for tree in trees for each in ast.walk(tree) if isinstance(each, ast.keyword) and each.arg}


def shorten(source: str, given: Collection[str] | None = None) -> str:
    """Return a module's `source` with shorter names inside its functions, each line where it was.

    `given` are the names by which somebody gives arguments: other parameters are shortened too. None: none is.
    """
    tree = ast.parse(source)
    taken = {*dir(builtins), *(name for node in tree.body for name in _offered(node))}
    at = _places(source)
    changes: list[tuple[int, int, str]] = []
    for function in _functions(tree):
        new = _new_names(function, taken, given)
        for node in ast.walk(function):
            name = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.arg) else ""
            if isinstance(node, (ast.Name, ast.arg)) and name in new:
                start = at(node.lineno, node.col_offset)
                changes.append((start, start + len(name), new[name]))
    for start, end, name in sorted(changes, reverse=True):
        source = source[:start] + name + source[end:]
    return source


def _functions(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield each function that stands in no other, with all that is in it."""
    for node in tree.body:
        for inside in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(inside, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield inside


def _offered(node: ast.AST) -> Iterator[str]:
    """Yield the names that a module's statement may bind in the module; what stands in functions is theirs."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield node.name
    elif isinstance(node, ast.ClassDef):
        yield node.name
        for inside in node.body:
            yield from _offered(inside)
    else:
        yield from _bound(node)
        yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that something binds or declares in another way than by assigning to them."""
    for each in ast.walk(node):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield each.name
        elif isinstance(each, (ast.Import, ast.ImportFrom)):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in each.names)
        elif isinstance(each, (ast.Global, ast.Nonlocal)):
            yield from each.names
        elif isinstance(each, ast.ExceptHandler) and each.name:
            yield each.name


def _new_names(function: ast.AST, taken: set[str], given: Collection[str] | None) -> dict[str, str]:
    """Return old and new names. A name is left where it means anything else in the function or outside of it."""
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    parameters = [node.arg for node in ast.walk(function) if isinstance(node, ast.arg)]
    quoted = {
        node.id
        for text in ast.walk(function)
        if isinstance(text, ast.JoinedStr)  # Python 3.11 does not say where in an f-string a name stands
        for node in ast.walk(text)
        if isinstance(node, ast.Name)
    }
    named = [name for name in parameters if given is None or name in given]
    kept = {*taken, *quoted, *named, *_bound(function)}
    if any(isinstance(node, ast.ClassDef) for node in ast.walk(function)):
        return {}  # what is assigned in a class is an attribute
    stored = [node.id for node in names if isinstance(node.ctx, ast.Store)]
    old = [name for name in dict.fromkeys([*parameters, *stored]) if len(name) > 1 and name not in kept]
    free = [letter for letter in LETTERS if letter not in {*kept, *parameters, *(node.id for node in names)}]
    return dict(zip(old, free, strict=False))


def _places(source: str) -> Callable[[int, int], int]:
    """Return a function from line and column of the syntax tree, which counts UTF-8 bytes, to a place in `source`."""
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return lambda line, column: starts[line - 1] + len(lines[line - 1].encode()[:column].decode())
