"""Sets mathematics as MathML: what the page's frames do by temml (decision 0028), for recorded output.

Mathematics stands between $ and $, or $$ and $$, as in notebooks, or between their LaTeX twins, or is an environment.
What comes back is HTML that has yet to be cleaned.
"""

import html
import re
from xml.etree.ElementTree import tostring

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

WIDE = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|(\\begin\{([a-z]+\*?)\}.+?\\end\{\4\})", re.DOTALL)
NARROW = re.compile(r"\$(?![\s$])((?:\\.|[^\\$\n])*?(?:\\.|[^\s\\$]))\$(?!\d)|\\\((.+?)\\\)", re.DOTALL)
BEGINS = re.compile(r"\$|\\[\[(]|\\begin\{")
"""The same expressions stand in `js/markup.js`."""

ELEMENTS = set(
    "math annotation menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
"""MathML that shows a formula, without what holds HTML (`annotation-xml`) or acts (`maction`)."""

ATTRIBUTES = set(
    "accent accentunder columnalign columnspacing columnspan depth display displaystyle fence form height largeop "
    "linethickness lspace mathcolor mathvariant maxsize minsize movablelimits notation rowspacing rowspan rspace "
    "scriptlevel separator stretchy symmetric voffset width".split()
)
"""What they may say of themselves: nothing that leads or loads."""

INNER = re.compile(r"\{(aligned|split)\}")
"""Environments inside a formula that latex2mathml has only by the name of their like outside one."""


def from_latex(text: str) -> str:
    """Return `text` as HTML, the formulas in it set."""
    made, at = "", 0
    for begin in BEGINS.finditer(text):
        if begin.start() >= at and (found := _formula(text, begin.start())):
            made += html.escape(text[at : begin.start()]) + found[0]
            at = found[1]
    return made + html.escape(text[at:])


def from_markdown(text: str) -> str:
    """Return `text` as HTML without any of its own in it, the formulas in it set."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("escape", "maths", _rule)
    return parser.render(text)


def _rule(state: StateInline, silent: bool) -> bool:
    """Take a formula where the parser stands, and say whether there was one."""
    found = _formula(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found[1]
    return True


def _formula(text: str, at: int) -> tuple[str, int] | None:
    """Return the formula that begins at `at` as HTML, and where it ends."""
    if found := WIDE.match(text, at) or NARROW.match(text, at):
        source = next(part for part in found.groups() if part)
        return mathml(source, wide=found.re is WIDE), found.end()
    return None


def mathml(source: str, *, wide: bool) -> str:
    """Return LaTeX as a `<math>`, a `wide` one on lines of its own; as its source where it cannot be understood."""
    from latex2mathml.converter import convert_to_element  # 60 ms, and few sites have such output

    try:
        made = convert_to_element(INNER.sub("{align*}", source), display="block" if wide else "inline")
    except Exception:  # it has a dozen of its own, and runs into Python's for what is nested too deep
        return f"<code>{html.escape(source)}</code>"
    for each in made.iter():
        each.text = html.unescape(each.text or "")  # signs stand in it as entities, and text as it came
    return tostring(made, encoding="unicode", short_empty_elements=False)
