"""The examples of a docstring as a sample, by `src="tea.py#Pot.pour" doctest`: what runs, and what it is to say.

The author's file is read, and never imported here: it goes into the folder the sample works in, and the sample's first
lines import what the examples use of it, since doctest's namespace has it.
"""

import ast
import builtins
import doctest
import keyword
import re
import symtable
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from readerly_site import data, drift, include
from readerly_site.data import DataFile
from readerly_site.errors import ReaderlyError
from readerly_site.links import Links

TEXTS = (".md", ".rst", ".txt")
"""What files that are doctests as a whole are called."""

HONOURED = (
    doctest.ELLIPSIS
    | doctest.NORMALIZE_WHITESPACE
    | doctest.SKIP
    | doctest.IGNORE_EXCEPTION_DETAIL
    | doctest.DONT_ACCEPT_BLANKLINE
    | doctest.DONT_ACCEPT_TRUE_FOR_1
    | doctest.REPORTING_FLAGS  # which change nothing here
)
"""Doctest's option flags that an example may have."""

DIRECTIVE = re.compile(r"[ \t]*#\s*doctest:[^\n'\"]*$", re.M)
"""A comment that says such flags: nothing for a reader."""

TRACEBACK = "Traceback (most recent call last):\n"

FRAME = r'File "sample-\d+\.py", line (\d+)'

Said = Sequence[tuple[str, str, int]]
"""What a run said: kind, text, and the line of the sample's statement that said it."""


@dataclass(frozen=True)
class Example:
    """One example, as doctest's parser reads it."""

    line: int
    """Where it stands in its file, from 1."""
    start: int
    """The line of the sample that it begins on, from 1."""
    want: str
    """What it is to print; "" for nothing."""
    flags: int
    exception: str | None
    """The end of the traceback that it is to raise: "ValueError: no", and a line break."""

    @property
    def exception_name(self) -> str:
        """The name of that exception without its module; "" for none."""
        return named(self.exception or "")


@dataclass(frozen=True)
class Doctest:
    """The examples of one docstring, or of one text file, that run."""

    file: Path
    called: str
    """What the docstring belongs to, as sentences name it."""
    source: str
    """The sample: the import, and the examples without their prompts."""
    examples: tuple[Example, ...]
    files: tuple[DataFile, ...]
    """The module, for the folder that the sample works in."""

    @property
    def loose(self) -> bool:
        """Whether white space of any length is one space, to a reader's page for all of the examples."""
        return any(example.flags & doctest.NORMALIZE_WHITESPACE for example in self.examples)

    @property
    def raises(self) -> str:
        """The name of the exception that ends it; "" for none."""
        return self.examples[-1].exception_name

    @property
    def output(self) -> list[tuple[str, str]]:
        """What the docstring expects, as messages (kind, text) of a run; `...` stands for anything."""
        printed = "".join(shown(example) for example in self.examples if example.exception is None)
        last = self.examples[-1]
        ending = f"...\n{last.exception}"
        if last.flags & doctest.IGNORE_EXCEPTION_DETAIL:
            ending = f"...{last.exception_name}..."
        raised = [("error", f"{TRACEBACK}  {ending}")] if last.exception is not None else []
        return [("stdout", printed)] * bool(printed) + raised


def shown(example: Example) -> str:
    """Return what `example` is to print, as it is printed."""
    if example.flags & doctest.DONT_ACCEPT_BLANKLINE:
        return example.want
    return re.sub(rf"(?m)^{re.escape(doctest.BLANKLINE_MARKER)}\s*?$", "", example.want)


def named(exception: str) -> str:
    """Return the name in "decimal.InvalidOperation: no", without its module."""
    return exception.partition("\n")[0].partition(":")[0].rpartition(".")[2].strip()


def included(address: str, links: Links) -> Doctest:
    """Return the examples at `address`, relative to the article of `links`.

    ValueError says what is wrong with the address, ReaderlyError what is wrong in the file, and on which line of it.
    """
    file, text = include.read(address, links)
    name = unquote(urlsplit(address).fragment)
    if file.suffix in TEXTS:
        if name:
            raise ValueError(f"src names {name!r} in {file.name}, which has no objects; leave out what stands after #")
        # The end of a fence is no output.
        text = re.sub(r"(?m)^[ \t]*(```|~~~).*$", "", text) if file.suffix == ".md" else text
        source, examples = joined(text, file, 1, file.name)
        return Doctest(file, file.name, source, examples, ())
    if file.suffix != ".py":
        known = ", ".join((".py", *TEXTS))
        raise ValueError(f"src names {file.name}, and doctest reads only files whose names end in {known}")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else 1
        why = error.msg if isinstance(error, SyntaxError) else str(error)
        raise ReaderlyError(f"is no valid Python: {why}; mend it", file, line) from error
    node = include.find(tree, name) if name else tree
    if node is None:
        raise ValueError(
            f"src names {name!r}, but {file.name} has no function or class of that name; correct it, or leave it out "
            "for the docstring of the module"
        )
    called = name or f"the module {file.name}"
    begins, docstring = docstring_of(node, called, file)
    module, files = module_of(file, links)
    source, examples = joined(docstring, file, begins, called, module, text)
    return Doctest(file, called, source, examples, files)


def docstring_of(node: ast.Module | include.Definition, called: str, file: Path) -> tuple[int, str]:
    """Return the line that the docstring of `node` begins on, and all of it."""
    match node.body:
        case [ast.Expr(value=ast.Constant(value=str(text)) as found), *_]:
            return found.lineno, text
        case _:
            message = f"{called} has no docstring; write one with examples after >>>, or take doctest out of the fence"
            raise ReaderlyError(message, file, getattr(node, "lineno", 1))


def module_of(file: Path, links: Links) -> tuple[str, tuple[DataFile, ...]]:
    """Return the name that `file` is imported by, and all files of its package, or `file` alone, for the sample."""
    folder, parts = file.parent, [file.stem]
    while (folder / "__init__.py").is_file() and folder != links.root.resolve():
        parts.insert(0, folder.name)
        folder = folder.parent
    inside = [file] if len(parts) == 1 else sorted((folder / parts[0]).rglob("*.py"))
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    name = ".".join(parts)
    for part in parts:
        if not part.isidentifier() or keyword.iskeyword(part):
            raise ValueError(f"src names a file that cannot be imported, since {part!r} is no name; give it another")
    if parts[0] in sys.stdlib_module_names:
        raise ValueError(f"src names a file that a module of Python's own, {parts[0]}, hides; give it another name")
    return name, data.given(inside, folder)


def joined(
    text: str, file: Path, begins: int, called: str, module: str = "", code: str = ""
) -> tuple[str, tuple[Example, ...]]:
    """Return the source of a sample with the examples in `text`, and the examples.

    `text` begins on that line of `file`. The sample imports from `module`, whose source is `code`, what they use of it.
    Prose between two examples becomes an empty line.
    """
    try:
        pieces = doctest.DocTestParser().parse(text)
    except ValueError as error:
        found = re.search(r"line (\d+) of the doc\w+ for .*? ((?:has|lacks) .*)", str(error), re.S)
        line = begins + int(found[1]) - 1 if found else begins
        raise ReaderlyError(f"an example {found[2] if found else error}; correct it", file, line) from error
    wanted = [
        piece for piece in pieces if not isinstance(piece, doctest.Example) or not piece.options.get(doctest.SKIP)
    ]
    running = [piece for piece in wanted if isinstance(piece, doctest.Example)]
    if not running:
        skipped = "only examples that are skipped" if len(wanted) < len(pieces) else "no examples"
        message = f"the docstring of {called} has {skipped}" if module else f"has {skipped}"
        raise ReaderlyError(f"{message}; write one after >>>, or take doctest out of the fence", file, begins)
    sources = [DIRECTIVE.sub("", example.source) for example in running]
    for example, source in zip(running, sources, strict=True):
        refuse(example, source, example is running[-1], file, begins + example.lineno)
    imports = imported(*used(sources), module, code) if module else []
    lines = [*imports, ""] if imports else []
    examples: list[Example] = []
    prose = False
    for piece in wanted:
        if isinstance(piece, str):
            prose = prose or bool(piece.strip())
            continue
        lines += [""] * (prose and bool(examples))
        prose = False
        line, flags = begins + piece.lineno, sum(flag for flag, on in piece.options.items() if on)
        examples.append(Example(line, len(lines) + 1, piece.want, flags, piece.exc_msg))
        lines += sources[len(examples) - 1].rstrip("\n").split("\n")
    return "\n".join(lines) + "\n", tuple(examples)


def refuse(example: doctest.Example, source: str, last: bool, file: Path, line: int) -> None:
    """Raise ReaderlyError where a sample cannot do what `example`, whose own `source` begins on `line`, asks for."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        at = line + (error.lineno or 1) - 1
        raise ReaderlyError(f"this example is no valid Python: {error.msg}; mend it", file, at) from error
    for flag, on in example.options.items():
        if on and not flag & HONOURED:
            name = next(name for name, known in doctest.OPTIONFLAGS_BY_NAME.items() if known == flag)
            message = f"this example has the option {name}, which a sample cannot honour; leave it out, or +SKIP it"
            raise ReaderlyError(message, file, line)
    if example.exc_msg is not None and not last:
        message = (
            "this example expects a traceback, after which a sample does not go on; make it the last example, catch "
            "the exception, or +SKIP it"
        )
        raise ReaderlyError(message, file, line)


def used(sources: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the names that examples with these `sources` use and have not bound before, and all they have bound."""
    bound, found = set[str](), set[str]()
    for source in sources:
        table = symtable.symtable(source, "example", "exec")
        asked = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
        asked |= {symbol.get_name() for symbol in below(table) if symbol.is_global() and symbol.is_referenced()}
        found |= asked - bound
        bound |= {each.get_name() for each in table.get_symbols() if each.is_assigned() or each.is_imported()}
    return found, bound


def imported(names: set[str], bound: set[str], module: str, code: str) -> list[str]:
    """Return the lines that import those of `names` that are names of `module`, whose source is `code`.

    What it has imported itself at its top is imported from the same place. Where it has imported all there is of
    another module, names that nobody else has, and no example has `bound`, are taken for names of that.
    """
    top = symtable.symtable(code, "module", "exec").get_symbols()
    own = {each.get_name() for each in top if each.is_assigned() or each.is_imported()}
    lent = {each.get_name() for each in top if each.is_imported() and not each.is_assigned()}
    lines: list[str] = []
    wanted = names & own
    for node in ast.parse(code).body:
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not node.level):
            if any(alias.name == "*" for alias in node.names):
                wanted |= {name for name in names - own - bound if not hasattr(builtins, name)}
                continue
            node.names = [each for each in node.names if (each.asname or each.name.partition(".")[0]) in names & lent]
            wanted -= {each.asname or each.name.partition(".")[0] for each in node.names}
            lines += [ast.unparse(node)] * bool(node.names)
    return lines + [f"from {module} import {', '.join(sorted(wanted))}"] * bool(wanted)


def below(table: symtable.SymbolTable) -> Iterator[symtable.Symbol]:
    """Yield the names of all functions and classes in `table`."""
    for child in table.get_children():
        yield from child.get_symbols()
        yield from below(child)


def wrong(expected: Doctest, said: Said) -> tuple[str, int] | None:
    """Return what is wrong with what a run `said`, and the line of the file it is about; None where nothing is."""
    starts = [example.start for example in expected.examples]
    printed = [""] * (len(starts) + 1)  # the last is what the import prints
    for kind, text, line in said:
        at = bisect_right(starts, line) - 1
        if kind == "stdout":
            printed[at] += text
        elif kind != "error" and text.strip():
            where = expected.examples[max(at, 0)].line
            return f"says more than the docstring of {expected.called} can expect, {kind}: {text.strip()}", where
    error = next((text for kind, text, _ in said if kind == "error"), "")
    found = re.search(FRAME + ", in <module>", error) or re.search(FRAME, error)
    failing = bisect_right(starts, int(found[1])) - 1 if found else len(starts) - 1
    if error and failing < 0:
        return f"cannot import what it shows: {raised(error).strip()}", 1
    if printed[-1]:
        return f"prints {printed[-1]!r} as it imports the module; have it do so only where it is run itself", 1
    for at, example in enumerate(expected.examples):
        if error and at == failing:
            return unlike(example, raised(error), expected.called)
        if example.exception is not None:
            return f"was to raise {example.exception.strip()}, and did not", example.line
        # Readers' pages compare text: what they would call different is not to pass here.
        flags = example.flags | doctest.DONT_ACCEPT_TRUE_FOR_1
        if not doctest.OutputChecker().check_output(example.want, printed[at], flags):
            return drifted(expected.called, shown(example), printed[at]), example.line
    return None


def unlike(example: Example, got: str, called: str) -> tuple[str, int] | None:
    """Return how the exception that ended a run, `got`, is another than the one `example` is to raise."""
    if example.exception is None:
        message = f"raised {got.strip()}, which the docstring of {called} does not expect; correct one of the two"
        return message, example.line
    if example.flags & doctest.IGNORE_EXCEPTION_DETAIL and named(got) == example.exception_name:
        return None
    if doctest.OutputChecker().check_output(example.exception, got, example.flags):
        return None
    return drifted(called, example.exception, got), example.line


def raised(error: str) -> str:
    """Return the end of the traceback `error`, which says what was raised."""
    lines = error.rpartition(TRACEBACK)[2].splitlines(keepends=True)
    at = next((number for number, line in enumerate(lines) if not line.startswith(" ")), 0)
    return "".join(lines[at:])


def drifted(called: str, wanted: str, got: str) -> str:
    """Return the sentence about an example that says something else than it is to, with the lines that differ."""
    lines = "".join(drift.lines("expected", [("stdout", wanted)], [("stdout", got)]))
    return (
        f"says something else than the docstring of {called} expects; correct one of the two: --update leaves "
        f"docstrings alone, since their authors write them{lines}"
    )
