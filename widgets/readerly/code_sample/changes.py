r"""What one text changes of another, line by line, as a reader is shown it. Pure.

>>> changes("a\nb\nc", "a\nB\nc")
[('line', '1'), ('same', 'a'), ('removed', 'b'), ('added', 'B'), ('same', 'c')]
"""

AROUND = 2
"""Unchanged lines that are shown before and after those that changed."""

PAIRS = 40_000
"""Pairs of lines that are compared; more would take the page's Python longer than a tenth of a second."""


def changes(author: str, now: str) -> list[tuple[str, str]]:
    """Return what `now` changes of the `author`'s text: ("same", "added" or "removed", line), and where lines that are
    the same in both are left out before one, ("line", its number in `now`, from 1).
    """
    steps = _steps(author.split("\n"), now.split("\n"))
    changed = [at for at in range(len(steps)) if steps[at][0] != "same"]
    found: list[tuple[str, str]] = []
    number, told = 1, False
    for at in range(len(steps)):
        near = [other for other in changed if abs(other - at) <= AROUND]
        if near and not told:
            found.append(("line", str(number)))
        if near:
            found.append(steps[at])
        told = bool(near)
        number += steps[at][0] != "removed"
    return found


def counted(found: list[tuple[str, str]]) -> str:
    """Return how much was changed, as a person says it.

    >>> counted([("same", "a"), ("removed", "b"), ("added", "B")])
    '1 line added, 1 removed'
    """
    counts = [(len([kind for kind, _ in found if kind == which]), which) for which in ("added", "removed")]
    said = ["{} {}".format(number, which) for number, which in counts if number]
    if not said:
        return "nothing"
    number, rest = said[0].split(" ")
    return ", ".join([number + (" line " if number == "1" else " lines ") + rest] + said[1:])


def _steps(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Return the way from `old` to `new`: a longest common subsequence stays, where it is cheap to find."""
    start, end, short = 0, 0, min(len(old), len(new))
    while start < short and old[start] == new[start]:
        start += 1
    while end < short - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    same = [("same", line) for line in old[:start]]
    last = [("same", line) for line in old[len(old) - end :]]
    if not a or not b or len(a) * len(b) > PAIRS:
        return same + [("removed", line) for line in a] + [("added", line) for line in b] + last
    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            equal = a[i] == b[j]
            longest[i][j] = longest[i + 1][j + 1] + 1 if equal else max(longest[i + 1][j], longest[i][j + 1])
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            same.append(("same", a[i]))
            i += 1
            j += 1
        elif j == len(b) or (i < len(a) and longest[i + 1][j] >= longest[i][j + 1]):
            same.append(("removed", a[i]))
            i += 1
        else:
            same.append(("added", b[j]))
            j += 1
    return same + last
