"""A reader's edits of samples, kept in their own browser. Pure: a list goes in, a list comes out.

Each is a list of four texts: the page's path, the sample's name in it, the fingerprint of the author's source that was
edited, and the reader's. The newest stands last.
"""

from typing import Any

KEY = "edits"
"""Under which `page.storage` has them."""

LARGEST = 20_000
"""Characters of an edit that is kept; a browser gives a site some five million for everything."""

TOTAL = 200_000
"""Characters of all edits together: the oldest go first."""


ASIDE = " (before a link)"
"""What the name of a sample has after it where an edit was put aside for one that was made of a link's."""


def fingerprint(source: str) -> str:
    """Return a number that tells this `source` from others: FNV-1a, 32 bits (RFC 9923), as text.

    >>> fingerprint("a")
    'e40c292c'
    """
    number = 0x811C9DC5
    for byte in source.encode():
        number = ((number ^ byte) * 0x01000193) & 0xFFFFFFFF
    return "{:08x}".format(number)


def whole(kept: Any) -> list[list[str]]:
    """Return what is an edit in `kept`, which comes from storage and may be anything."""
    found: list[list[str]] = []
    edits: list[Any] = kept if isinstance(kept, list) else []  # pyright: ignore[reportUnknownVariableType]
    for each in edits:
        parts: list[Any] = each if isinstance(each, list) else []  # pyright: ignore[reportUnknownVariableType]
        if len(parts) == 4 and not [part for part in parts if not isinstance(part, str)]:
            found.append(parts)
    return found


def find(kept: Any, page: str, name: str) -> list[str] | None:
    """Return the edit of the sample `name` on `page`, or None."""
    for each in whole(kept):
        if each[:2] == [page, name]:
            return each
    return None


def forget(kept: Any, page: str, name: str) -> list[list[str]]:
    """Return `kept` without the edit of the sample `name` on `page`."""
    return [each for each in whole(kept) if each[:2] != [page, name]]


def keep(kept: Any, page: str, name: str, author: str, text: str) -> list[list[str]]:
    """Return `kept` with `text`, an edit of the `author`'s source; too long or the author's, it is forgotten."""
    others = forget(kept, page, name)
    if text != author and len(text) <= LARGEST:
        others.append([page, name, fingerprint(author), text])
    while sum([len(each[3]) for each in others]) > TOTAL:
        others.pop(0)
    return others


def swap(kept: Any, page: str, name: str) -> list[list[str]]:
    """Return `kept` with the edit of the sample `name` on `page` put aside, and the other way round."""
    names = {name: name + ASIDE, name + ASIDE: name}
    return [[each[0], names.get(each[1], each[1])] + each[2:] if each[0] == page else each for each in whole(kept)]
