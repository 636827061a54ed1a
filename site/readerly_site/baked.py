"""What a sample showed of its values, recorded, as the page has it before any script, on paper and in the feed.

The page shows such output in frames (decision 0023) once a reader runs the sample. Here it stands in the page itself,
so nh3 takes out whatever is no plain text, table, list, link, formula or `data:` image; SVG becomes an image that
cannot act.
"""

import base64
import re
from typing import Any

import nh3

from readerly.code_sample import view
from readerly.page.markup import Element, Markup, h
from readerly_site import formulas

ELEMENTS = set(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure "
    "h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub sup "
    "table tbody td tfoot th thead time tr u ul var wbr".split()
).union(formulas.ELEMENTS)

ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **dict.fromkeys(formulas.ELEMENTS, formulas.ATTRIBUTES),
}
"""No class, id or style: those are the page's own."""

LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp)[;,]", re.IGNORECASE)


def block(text: str) -> Element:
    """Return the block of a recorded message "rich": representations by media type, as JSON."""
    said = view.read(text)
    plain = said.get("text/plain", "")
    if "text/html" in said:
        shown: Any = Markup(clean(said["text/html"]))
    elif "image/svg+xml" in said:
        shown = h("img", {"src": svg(said["image/svg+xml"]), "alt": plain or "A drawing"})
    elif {"image/png", "image/jpeg"} & said.keys():
        return view.rich(said)
    elif "text/markdown" in said:
        shown = Markup(clean(formulas.from_markdown(said["text/markdown"])))
    elif "text/latex" in said:
        shown = Markup(clean(formulas.from_latex(said["text/latex"])))
    else:
        return view.rich(said)
    return h("div", {"data-kind": "rich", "data-plain": plain}, view.label("rich"), shown)


def clean(html: str) -> str:
    """Return `html` without what could act, load, navigate by itself, or look like a part of the page."""
    return nh3.clean(
        html,
        tags=ELEMENTS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        clean_content_tags={"script", "style", "title", "template", "textarea", "svg", "annotation-xml"},
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    )


def _kept(element: str, attribute: str, value: str) -> str | None:
    if attribute in ("href", "src"):
        return value if (LINK if attribute == "href" else IMAGE).match(value) else None
    return value


def svg(text: str) -> str:
    """Return a drawing as the address of an image; there it runs no script and loads nothing."""
    if "xmlns=" not in text.partition(">")[0] and "http://www.w3.org/2000/svg" not in text:
        text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(text.encode()).decode()}"
