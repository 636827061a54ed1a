"""Highlights Python source in pages written by hand, where no build has done it. Pure.

A scanner, not a parser: it tells comments, strings, numbers and keywords apart and leaves the rest as it is. The class
names are Pygments' short ones, so that one style sheet serves the build's highlighting too.
"""

KEYWORDS = set(
    "False None True and as assert async await break case class continue def del elif else except finally for from "
    "global if import in is lambda match nonlocal not or pass raise return try type while with yield".split()
)
"""Python's keywords; of the soft ones those that are seldom names (The Python Language Reference, 2.3)."""

SOFT = ("match", "case", "type")
"""Keywords only at the start of a line and before something other than an operator."""

PREFIXES = set("r u b f t br rb fr rf tr rt".split())
"""What may stand before a string's quotes, in lower case."""


def _string_end(source: str, at: int) -> int:
    """Return the index after the string whose opening quote stands at `at`; an unclosed one ends with its line."""
    quote = source[at]
    triple = source[at : at + 3] == quote * 3
    end = at + 3 if triple else at + 1
    while end < len(source):
        if source[end] == "\\":
            end += 2
        elif triple and source[end : end + 3] == quote * 3:
            return end + 3
        elif not triple and source[end] == quote:
            return end + 1
        elif not triple and source[end] == "\n":
            return end
        else:
            end += 1
    return len(source)


def _word_end(source: str, at: int) -> int:
    end = at
    while end < len(source) and (
        source[end].isalpha() or source[end].isdigit() or source[end] == "_" or ord(source[end]) > 127
    ):
        end += 1
    return end


def _soft(source: str, at: int, end: int) -> bool:
    """Whether a soft keyword from `at` to `end` acts as one here."""
    line = source.rfind("\n", 0, at) + 1
    following = source[end : end + 2]
    return not source[line:at].strip() and following[:1] == " " and following[1:] not in ("=", ":", ".", ",", ")")


def pieces(source: str) -> list[tuple[str, str]]:
    """Return `source` in pieces (kind, text), in order and complete.

    Kinds: "c" comment, "s" string, "m" number, "k" keyword, "" anything else.

        >>> pieces("x = 1  # one")
        [('', 'x = '), ('m', '1'), ('', '  '), ('c', '# one')]
    """
    found: list[tuple[str, str]] = []
    plain = at = 0
    while at < len(source):
        char = source[at]
        kind, end = "", at + 1
        if char == "#":
            kind, end = "c", source.find("\n", at)
            end = len(source) if end < 0 else end
        elif char in "\"'":
            kind, end = "s", _string_end(source, at)
        elif char.isdigit():
            kind, end = "m", _word_end(source, at)
            if source[end : end + 1] == "." and source[end + 1 : end + 2].isdigit():
                end = _word_end(source, end + 1)
        elif char.isalpha() or char == "_" or ord(char) > 127:
            end = _word_end(source, at)
            word = source[at:end]
            if word.lower() in PREFIXES and source[end : end + 1] in ("'", '"'):
                kind, end = "s", _string_end(source, end)
            elif word in KEYWORDS and source[at - 1 : at] != "." and (word not in SOFT or _soft(source, at, end)):
                kind = "k"
        if kind:
            if plain < at:
                found.append(("", source[plain:at]))
            found.append((kind, source[at:end]))
            plain = end
        at = end
    if plain < len(source):
        found.append(("", source[plain:]))
    return found
