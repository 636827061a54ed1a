"""The markup of the tags that show a count in the meta line."""

from readerly.page.markup import Element, h


def placeholder(name: str, text: str) -> Element:
    """Return the tag `name` before its count is known; a dash in `text` keeps the room that the number will take."""
    return h(name, None, h("span", {"data-part": "count"}, text))
