"""What a sample says of a run whose output its author recorded: whether it is the same, and what differs. Pure."""

from typing import Any

from readerly.code_sample import compare
from readerly.page.markup import Element, h


def compared(author: Any, now: Any, edited: bool, loose: bool = False) -> tuple[str, Element | None]:
    """Return what is added to the status of a run that said `now`, and what shows where it differs from the `author`'s.

    A reader who has `edited` the source expects a difference: it is not told, and folded. `loose` is as for
    `compare.same`.
    """
    if compare.same(author, now, loose):
        return "; same as the author\u2019s", None
    said = "" if edited else "; differs from the author\u2019s"
    return said, view(compare.differences(author, now, loose), not edited)


def view(differences: list[tuple[str, str]], opened: bool) -> Element:
    """Return what differs from the author's output: lines as `compare.differences` gives them."""
    lines: list[Any] = []
    for side, line in differences:
        name, mark = ("del", "Author: ") if side == "author" else ("ins", "Now: ")
        lines.append(h(name, None, h("span", {"class": "readerly-label"}, mark), line + "\n"))
    summary = h("summary", None, "What differs from the author\u2019s output")
    return h("details", {"data-part": "comparison", "open": opened}, summary, h("pre", {"tabindex": "0"}, *lines))
