"""The source of a sample that lies in a file of its own: all of it, or a region of it, by `src="code.py#region"`.

A region stands between the comments `# region NAME` and `# endregion`, as editors fold them, or is the function or the
class of that name, `Class.method` for one inside.
"""

import ast
import re
import textwrap
from pathlib import Path
from urllib.parse import unquote, urlsplit

from readerly_site.errors import ReaderlyError, read_text
from readerly_site.links import Links
from readerly_site.typography import printable

MARK = re.compile(r"^[ \t]*#[ \t]*(region|endregion)\b[ \t]*(.*?)[ \t]*$", re.M)
"""A comment that begins or ends a region: its word, and the region's name."""


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def included(address: str, links: Links) -> str:
    """Return the source at `address`, relative to the article of `links`; ValueError says why it cannot be had."""
    file, text = read(address, links)
    name = unquote(urlsplit(address).fragment)
    return tidy(region(text, name, file.name) if name else text)


def read(address: str, links: Links) -> tuple[Path, str]:
    """Return the file that `address` names, and its text; ValueError says why it cannot be had."""
    file = links.local(address)
    if file is None:
        raise ValueError(f"src must name a file by its path from the article, such as code.py, not {address!r}")
    if not file.is_relative_to(links.root.resolve()):
        raise ValueError(f"src names {address}, which is outside the site's folder; copy it beside the article")
    if not file.is_file():
        raise ValueError(f"src names a file that is not there, {address}; correct the name or add the file")
    try:
        return file, printable(read_text(file)).replace("\r\n", "\n")
    except ReaderlyError as error:
        raise ValueError(f"src names a file that cannot be used: {error}") from error


def region(text: str, name: str, file: str) -> str:
    """Return the region `name` of `text`, which stands in `file`: a marked one, or else a definition."""
    opened: list[tuple[str, int]] = []
    for mark in MARK.finditer(text):
        if mark[1] == "region":
            opened.append((mark[2], mark.end()))
        elif opened:
            found, start = opened.pop()
            if found == name:
                return text[start : mark.start()]
    if any(each == name for each, _ in opened):
        raise ValueError(f"src names the region {name!r}, which {file} begins and never ends; add # endregion")
    return definition(text, name, file)


def definition(text: str, name: str, file: str) -> str:
    """Return the function or class `name` of `text`, decorators included."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise ValueError(f"src names {file}, which is no valid Python: {error.msg}, line {error.lineno}") from error
    node = find(tree, name)
    if node is None:
        raise ValueError(
            f"src names {name!r}, but {file} has no # region {name}, and no function or class of that name"
        )
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])


def find(tree: ast.Module, name: str) -> Definition | None:
    """Return the function or class of `tree` that `name` names, `Class.method` for one inside; None for none."""
    body, node = tree.body, None
    for part in name.split("."):
        node = next((each for each in body if isinstance(each, Definition) and each.name == part), None)
        body = node.body if node else []
    return node


def tidy(text: str) -> str:
    """Return `text` without marks of regions, at the left edge, without empty lines around it."""
    lines = [line for line in text.split("\n") if not MARK.fullmatch(line)]
    return textwrap.dedent("\n".join(lines)).strip("\n") + "\n"
