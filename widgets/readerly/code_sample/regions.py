r"""Parts of a source that are not shown, or are folded, by comments on lines of their own; all of it runs. Pure.

    # hide              # fold: the imports
    …                   …
    # endhide           # endfold

The nodes hold every line, so that the text of the block is the source: what runs, what is copied and what is edited.

    >>> [kind for kind, _ in parts("# hide\nx = 1\n# endhide\nx\n")]
    ['hide', '']
"""

from typing import Any

from readerly.page.markup import h

BEGIN, END = {"# hide": "hide", "# fold": "fold"}, {"hide": "# endhide", "fold": "# endfold"}
"""The comments that begin a part, and end one."""


def parts(source: str) -> list[tuple[str, str]]:
    """Return `source` in parts (kind, text), complete and in order: "hide" and "fold" with their comments, or "".

    A part that has no end goes to the end of the source.
    """
    found: list[tuple[str, str]] = []
    inside = ""
    for line in _lines(source):
        said = line.strip()
        begun = "" if inside else BEGIN.get(said.split(":", 1)[0].rstrip(), "")
        if begun:
            inside = begun
            found.append((inside, line))
        elif found and found[-1][0] == inside:
            found[-1] = (inside, found[-1][1] + line)
        else:
            found.append((inside, line))
        if inside and said == END[inside]:
            inside = ""
            found.append(("", ""))
    return [part for part in found if part[1]]


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def nodes(coloured: list[tuple[str, str]]) -> list[Any]:
    """Return the nodes that show a source, given in pieces (class or "", text), with its parts hidden or folded."""
    found: list[Any] = []
    pieces = list(coloured)
    for kind, text in parts("".join([text for _, text in coloured])):
        taken = _take(pieces, len(text))
        if kind == "hide":
            found.append(h("span", {"hidden": True, "data-fold": "hide"}, *_spans(taken)))
        elif kind == "fold":
            found.append(_fold(text, taken))
        else:
            found += _spans(taken)
    return found


def _take(pieces: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """Take `length` characters from the front of `pieces`."""
    taken: list[tuple[str, str]] = []
    while length and pieces:
        kind, text = pieces.pop(0)
        taken.append((kind, text[:length]))
        if len(text) > length:
            pieces.insert(0, (kind, text[length:]))
        length -= len(taken[-1][1])
    return taken


def _fold(text: str, taken: list[tuple[str, str]]) -> Any:
    """Return a fold: its first line is the summary, of which a reader sees what stands after the colon."""
    first = _lines(text)[0]
    head, colon, said = first.partition(":")
    _take(taken, len(first))
    last = _lines(text)[-1]
    body: list[tuple[str, str]] = taken
    tail: list[tuple[str, str]] = []
    if last.strip() == END["fold"] and last != first:
        body = _take(taken, len(text) - len(first) - len(last))
        tail = taken
    title = said.strip()
    at = said.find(title)
    unsaid = None if title else "{} lines".format(max(text.count("\n") - 2, 1))
    edge = h("span", {"hidden": True}, head + colon + said[:at])
    shown = h("summary", {"data-lines": unsaid}, edge, title, h("span", {"hidden": True}, said[at + len(title) :]))
    return h("details", {"data-fold": "fold"}, shown, *_spans(body), h("span", {"hidden": True}, *_spans(tail)))


def _spans(pieces: list[tuple[str, str]]) -> list[Any]:
    return [h("span", {"class": kind}, text) if kind else text for kind, text in pieces]
