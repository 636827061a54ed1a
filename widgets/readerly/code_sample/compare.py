r"""Whether what a run said is what the author recorded, and where it differs; for page and `readerly check`. Pure.

An output is a list of messages (kind, text), as `sandbox.runner.run` says them. `...` in the author's text stands for
anything, as doctest's ELLIPSIS does; addresses in memory (`<object at 0x7f0c>`) and the number of a sample in its
traceback (`sample-3.py`) are equal to any other.

    >>> same([("stdout", "took ... s")], [("stdout", "took 0.02 s")])
    True
    >>> differences([("stdout", "a\nb")], [("stdout", "a\nc")])
    [('author', 'b'), ('now', 'c')]
"""

from typing import Any

MOST = 20
"""Lines of either side that are shown; a reader who wants all has both outputs."""

ANYTHING = "..."

HEXADECIMAL = "0123456789abcdefABCDEF"


def joined(messages: Any) -> list[tuple[str, str]]:
    """Return `messages` without the chance by which one stream came in pieces."""
    found: list[tuple[str, str]] = []
    for kind, text in messages:
        if kind == "capped":  # of what was said about what is left out, the last word
            found = [each for each in found if each[0] != kind]
        if found and found[-1][0] == kind and kind in ("stdout", "stderr"):
            found[-1] = (kind, found[-1][1] + text)
        elif text or kind not in ("stdout", "stderr"):
            found.append((kind, text))
    return found


def same(author: Any, now: Any, loose: bool = False) -> bool:
    """Return whether the messages `now` are those of the `author`, where `loose` whatever white space is in them."""
    wanted, got = joined(author), joined(now)
    return [kind for kind, _ in wanted] == [kind for kind, _ in got] and all(
        matches(wanted[at][1], got[at][1], loose) for at in range(len(got))
    )


def matches(wanted: str, got: str, loose: bool = False) -> bool:
    """Return whether the text `got` is what the author `wanted`; where `loose`, all white space is one space."""
    wanted, got = plain(wanted), plain(got)
    if loose:
        wanted, got = " ".join(wanted.split()), " ".join(got.split())
    if ANYTHING not in wanted:
        return wanted == got
    parts = wanted.split(ANYTHING)
    first, last = parts[0], parts[-1]
    if not got.startswith(first) or not got.endswith(last) or len(got) < len(first) + len(last):
        return False
    at, end = len(first), len(got) - len(last)
    for part in parts[1:-1]:
        found = got.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def plain(text: str) -> str:
    """Return `text` without what another run, or another order of samples, may say otherwise."""
    return _without(_without(text, " at 0x", HEXADECIMAL), 'File "sample-', "0123456789")


def _without(text: str, mark: str, digits: str) -> str:
    parts = text.split(mark)
    for at in range(1, len(parts)):
        part, end = parts[at], 0
        while end < len(part) and part[end] in digits:
            end += 1
        parts[at] = part[end:]
    return mark.join(parts)


def differences(author: Any, now: Any, loose: bool = False) -> list[tuple[str, str]]:
    """Return the lines that differ, from the first to the last of them: ("author" or "now", line), at most `MOST` each.

    What one side has more than is listed is told as a line of its own. `loose` is as for `same`.
    """
    wanted, got = _lines(author), _lines(now)
    start = 0
    while start < min(len(wanted), len(got)) and matches(wanted[start], got[start], loose):
        start += 1
    end = 0
    while end < min(len(wanted), len(got)) - start and matches(wanted[-1 - end], got[-1 - end], loose):
        end += 1
    found: list[tuple[str, str]] = []
    for side, lines in (("author", wanted[start : len(wanted) - end]), ("now", got[start : len(got) - end])):
        found += [(side, line) for line in lines[:MOST]]
        if len(lines) > MOST:
            found.append((side, "\u2026 {} lines more".format(len(lines) - MOST)))
    return found


def _lines(messages: Any) -> list[str]:
    lines: list[str] = []
    for kind, text in joined(messages):
        named = "" if kind == "stdout" else kind + ": "
        lines += [named + line for line in (text[:-1] if text.endswith("\n") else text).split("\n")]
    return lines
