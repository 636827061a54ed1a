"""The markup of the tags that show a count in the meta line."""

from readerly.page.markup import Element, h


def explained() -> Element:
    """Return what is around a count that tells more of itself: a button, for the keyboard and a finger as well."""
    return h("button", {"type": "button", "data-part": "views"})


def placeholder(name: str, text: str, page: str | None = None) -> Element:
    """Return the tag `name` before its count is known; a dash in `text` keeps the room that the number will take.

    `page` is the page's key, where it is not the page that the tag stands on.
    """
    return h(name, {"page": page}, h("span", {"data-part": "count"}, text))
