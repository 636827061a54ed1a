"""What HTML's elements mean to a reader: what is read, what is looked at, what parts words, and what is passed over."""

from typing import Any

ATTRIBUTES = ("hidden", "aria-hidden", "role", "class", "lang", "alt", "width", "open", "display")
"""The attributes that `Count.start` looks at: a walk of the DOM needs to ask for no others."""

SKIPPED = set(
    "script style template noscript head title iframe object embed audio video canvas map button select textarea "
    "datalist dialog nav rt rp read-time reading-pace view-count hearts-count hearts-button reader-comments".split()
)
"""Elements whose content is not article text: machinery, controls, navigation, ruby glosses, our own counters."""

SKIPPED_ROLES = set("log status alert button toolbar navigation tooltip dialog".split())
"""ARIA roles whose content is not article text, among them a sample's output and its status line."""

UNSEEN = set("visually-hidden visuallyhidden sr-only screen-reader-text screen-reader-only".split())
"""Class names that hide text from the eye, as the common frameworks spell them."""

PICTURES = ("img", "image")
"""ARIA roles of a picture: a chart drawn by elements counts as one image, and its labels are not read as text."""

VOID = set("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without an end tag (HTML Living Standard, "void elements"); an end event for one is allowed and ignored."""

INLINE = set(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
"""Elements that may stand inside a word: `un<b>believ</b>able` is one. All others part words, and lines of code."""

IMPLIED = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
"""Start tags that close an open element whose end tag HTML lets an author leave out; `<p>` has a list of its own."""

CLOSES_P = set(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr main menu nav ol p pre section table ul".split()
)
"""Start tags that close an open `<p>`."""

CODE = ("pre", "code-sample")
"""Elements that hold a code block."""

ICON = 48
"""An image declared this wide or narrower, in CSS pixels, is an icon or an emoji; nobody stops to look at it."""


def is_unread(name: str, attributes: dict[str, Any]) -> bool:
    """Return whether all that the element holds is hidden, or shown and no part of the text."""
    return (
        name in SKIPPED
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in SKIPPED_ROLES
        or ("class" in attributes and any(name in UNSEEN for name in str(attributes["class"]).split()))
    )


def is_picture(name: str, attributes: dict[str, Any]) -> bool:
    """Return whether the element is looked at as a whole, so that text inside it is not read as text."""
    return name in ("img", "svg") or attributes.get("role") in PICTURES


def is_formula(name: str, attributes: dict[str, Any]) -> bool:
    """Return whether the element is a formula: MathML, or one that says so by its role."""
    return name == "math" or attributes.get("role") == "math"


def is_decoration(name: str, attributes: dict[str, Any]) -> bool:
    """Return whether nobody stops at this picture: an icon, one with an empty `alt`, a drawing without a role."""
    width = str(attributes.get("width", ""))
    small = width.isdigit() and int(width) <= ICON
    empty = "alt" in attributes and not attributes["alt"]
    unnamed = name == "svg" and attributes.get("role") not in PICTURES
    return small or empty or unnamed
