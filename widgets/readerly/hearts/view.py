"""The markup of `<hearts-button>`, the same at build time and in the page."""

from typing import Any

from readerly.page.markup import Element, h

HEART = (
    "M12 21s-7.5-4.9-9.6-9.3C.9 8.4 2.6 4.5 6.3 4.1c2.3-.2 4.3 1 5.7 3 "
    "1.4-2 3.4-3.2 5.7-3 3.7.4 5.4 4.3 3.9 7.6C19.5 16.1 12 21 12 21z"
)
"""The heart's outline, drawn on a 24 by 24 grid."""


NAME = "Heart"
"""The button's name, where its author gives no other."""


def icon() -> Element:
    """Return the heart as an SVG that screen readers pass over."""
    box = {
        "viewBox": "0 0 24 24",
        "width": "20",
        "height": "20",
        "aria-hidden": "true",
        "focusable": "false",
        "data-part": "icon",
    }
    return h("svg", box, h("path", {"d": HEART}))


def face(name: str, sign: str = "") -> list[Element]:
    """Return what stands in the button: its sign, the heart where there is no other, and its name."""
    return [h("span", {"data-part": "icon", "aria-hidden": "true"}, sign) if sign else icon(), h("span", None, name)]


def button(action: str, count: str) -> list[Element]:
    """Return what stands inside `<hearts-button>`.

    `action` is the address the form posts to when there is no JavaScript; `count` is the text beside the button, for
    example "3 hearts". The service sends such a reader back to `#hearted` or `#unhearted`, and the style sheet then
    shows the note of that name: a static page can thank a reader by name of the fragment alone.
    """
    take_back = h("button", {"name": "on", "value": "false", "type": "submit"}, "Take it back")
    thanks: dict[str, Any] = {"id": "hearted", "class": "readerly-note"}
    undone: dict[str, Any] = {"id": "unhearted", "class": "readerly-note"}
    form = h(
        "form",
        {"method": "post", "action": action},
        h(
            "button",
            {"name": "on", "value": "true", "type": "submit", "data-part": "heart"},
            *face(NAME),
        ),
        h("span", {"data-part": "count"}, count),
        h("p", thanks, "Thank you, your heart is counted. ", take_back),
        h("p", undone, "Your heart was taken back."),
    )
    return [form, h("p", {"role": "status", "data-part": "message"})]
