import pytest

from readerly.code_sample.regions import nodes, parts
from readerly.page.markup import to_html

SOURCE = "a\n# hide\nb\n# endhide\n# fold: the imports\nc\n# endfold\nd\n"


def text(html):
    """Return what a page's `textContent` is of `html`."""
    while "<" in html:
        start = html.find("<")
        html = html[:start] + html[html.find(">", start) + 1 :]
    return html


def test_a_source_falls_into_parts():
    assert parts(SOURCE) == [
        ("", "a\n"),
        ("hide", "# hide\nb\n# endhide\n"),
        ("fold", "# fold: the imports\nc\n# endfold\n"),
        ("", "d\n"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        SOURCE,
        "",
        "x",
        "# hide",
        "# hide\nx",
        "    # fold\n    x\n",
        "# fold:  two  words \n# endfold",
        "# endhide\n# hide\n# fold: a\n# endhide\n",
        "# hide\n1\n# endhide\n# hide\n2\n# endhide\n",
    ],
)
def test_nothing_of_a_source_is_lost(source):
    assert "".join([part for _, part in parts(source)]) == source
    assert text(to_html(nodes([("k", source[:3]), ("", source[3:])]))) == source


def test_what_is_hidden_is_there_and_not_shown():
    html = to_html(nodes([("", SOURCE)]))
    assert '<span data-fold="hide" hidden># hide\nb\n# endhide\n</span>' in html


def test_a_fold_shows_its_summary_and_nothing_of_its_comments():
    html = to_html(nodes([("", SOURCE)]))
    summary = "<summary><span hidden># fold: </span>the imports<span hidden>\n</span></summary>"
    assert '<details data-fold="fold">' + summary + "c\n<span hidden># endfold\n</span></details>" in html


def test_a_fold_without_a_name_tells_how_long_it_is():
    html = to_html(nodes([("", "# fold\n1\n2\n# endfold\n")]))
    assert '<summary data-lines="2 lines"><span hidden># fold\n</span><span hidden></span></summary>' in html


def test_one_part_follows_another():
    assert [kind for kind, _ in parts("# hide\n1\n# endhide\n# hide\n2\n# endhide\n")] == ["hide", "hide"]


def test_colours_go_on_across_the_edge_of_a_part():
    html = to_html(nodes([("c", "# hide\nx\n# endhide\ny"), ("", "\n")]))
    assert html.endswith('</span></span><span class="c">y</span>\n')
