"""The count by a parser, as the build takes it, against the count over a tree as a browser builds it."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readerly.read_time.count import Count
from readerly.read_time.elements import ICON, VOID
from readerly_site.article import count_html

TEXTS = st.text(st.sampled_from("ab \n\t.,!?-–—…«»\u00a0é漢かカ。한글𠀀&<>"), max_size=20)
NAMES = ["p", "div", "b", "span", "em", "ul", "blockquote", "pre", "code", "details", "summary", "section", "h2", "svg"]
ATTRIBUTES = [
    "",
    ' hidden=""',
    ' aria-hidden="true"',
    ' role="img"',
    ' role="status"',
    ' open=""',
    ' alt=""',
    ' width="9"',
]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def make(name: str, attributes: str, inside: list[str]) -> str:
        return f"<{name}{attributes}>{''.join(inside)}</{name}>"

    return st.builds(make, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES), st.lists(children, max_size=4))


VOIDS = st.builds("<{}{}>".format, st.sampled_from(["br", "hr", "img", "wbr"]), st.sampled_from(ATTRIBUTES))
HTML = st.lists(st.recursive(TEXTS.map(escaped) | VOIDS, element, max_leaves=12), max_size=6).map("".join)


def over_the_tree(html: str) -> Count:
    """Return the count over the tree that the HTML standard's algorithm makes of `html`, as the page walks it."""
    count = Count()
    root = html5lib.parseFragment(html, treebuilder="dom", namespaceHTMLElements=False)
    todo = [(child, False) for child in reversed(root.childNodes)]
    while todo:
        node, over = todo.pop()
        if over:
            count.end(node.localName)
        elif node.nodeType == node.TEXT_NODE:
            count.text(node.data)
        elif node.nodeType == node.ELEMENT_NODE:
            count.start(node.localName, dict(node.attributes.items()))
            if node.localName not in VOID:
                todo.append((node, True))
            todo += [(child, False) for child in reversed(node.childNodes)]
    return count


def totals(count: Count) -> tuple[object, ...]:
    return count.words, count.characters, count.images, count.lines, count.seconds()


@pytest.mark.parametrize(
    "html",
    [
        "<p>one<p>two <b>three",
        "<ul><li>one<li hidden>two<li>three</ul>",
        "<p hidden>gone<ul><li>seen</ul>",
        "<p hidden>gone<pre>x = 1</pre>",
        "<dl><dt>a<dd hidden>b<dt>c</dl>",
        "<table><tr><td>a<td hidden>b<tr><td>c</table>",
        "<p>caf&eacute; &amp; more&nbsp;words &#x2014; here</p>",
        "<img alt=''><img alt='a'><img alt='a' width=20 /><br/>x",
        "<details><summary>a b</summary><p>c</p></details>d",
        "<svg role='img'><title>t</title><text>a b</text></svg>e",
        "<p>a<script>let b = '<p>c';</script>d<style>p{}</style></p>",
        "<ruby>漢<rt>かん</rt></ruby>字",
        "<code-sample><pre><code>a\n\nb</code></pre><div role='log' hidden></div></code-sample>",
        "stray</div></p> end",
        "<!-- a comment is no text --><p>x</p>",
    ],
)
def test_parser_and_tree_agree(html):
    assert totals(count_html(html, "en")) == totals(over_the_tree(html))


@given(HTML)
def test_nothing_raises_and_nothing_is_negative(html):
    count = count_html(html, "en")
    assert min(count.words, count.characters, count.images, count.lines) >= 0
    assert count.minutes() >= 1


@given(HTML, HTML)
def test_more_text_never_takes_less_time(before, after):
    first = count_html(f"<div>{before}</div>", "en").seconds()
    assert count_html(f"<div>{before}</div><div>{after}</div>", "en").seconds() >= first


@given(HTML)
def test_what_is_hidden_changes_nothing(html):
    around = "<p>one two</p>", "<p>three</p>"
    plain = count_html("".join(around), "en")
    hidden = count_html(f"{around[0]}<div hidden>{html}</div>{around[1]}", "en")
    assert totals(hidden) == totals(plain)


@given(TEXTS, st.integers(0, 20))
def test_text_in_two_pieces_counts_as_one(text, cut):
    whole, parts = Count(), Count()
    whole.text(text.replace("&", "a"))
    parts.text(text.replace("&", "a")[:cut])
    parts.text(text.replace("&", "a")[cut:])
    assert parts.characters == whole.characters
    assert abs(parts.words - whole.words) <= 1


@given(st.lists(st.tuples(st.sampled_from(["start", "end"]), st.sampled_from([*NAMES, "br", "script"])), max_size=30))
def test_events_in_any_order_are_safe(events):
    count = Count()
    for kind, name in events:
        if kind == "start":
            count.start(name, {})
        else:
            count.end(name)
        count.text("word ")
    assert 0 <= count.words <= len(events)


def test_an_icon_is_as_wide_as_is_said():
    assert count_html(f'<img alt="a" width="{ICON}">', "en").images == 0
    assert count_html(f'<img alt="a" width="{ICON + 1}">', "en").images == 1
