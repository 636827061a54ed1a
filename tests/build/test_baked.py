"""Rich output that is recorded stands in the page, in the feed and on paper, and can do nothing there."""

import base64
import json
from html.parser import HTMLParser

import pytest

from readerly.page.markup import to_html
from readerly_site import formulas, recorded
from readerly_site.article import read_all
from readerly_site.baked import block, clean
from readerly_site.feed import feed_html
from readerly_site.recorded import Recorded

from .conftest import MakeSite

TABLE = (
    "<style scoped>td { color: red }</style>"
    "<table class='dataframe'><tr><th>tea</th></tr><tr><td>Assam</td></tr></table>"
)


class Found(HTMLParser):
    """The elements of a page, and how many are open at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.depth += tag != "img"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1


def html(**said: str) -> str:
    names = {"html": "text/html", "svg": "image/svg+xml", "markdown": "text/markdown", "png": "image/png"}
    names["latex"] = "text/latex"
    return to_html(block(json.dumps({"text/plain": "its <repr>", **{names[name]: said[name] for name in said}})))


def test_a_table_stands_in_the_page_and_in_the_feed(make_site: MakeSite) -> None:
    site = make_site({"a.md": "```python run\ntable\n```\n"})
    (article,) = read_all(site)
    (sample,) = article.samples
    message = json.dumps({"text/html": TABLE, "text/plain": "a table"})
    recorded.write(article.file, {sample.id: Recorded(recorded.fingerprint(sample, []), [("rich", message)])})
    (article,) = read_all(site)
    assert '<div data-kind="rich" data-plain="a table">' in article.body
    assert "<td>Assam</td>" in article.body
    assert "color: red" not in article.body
    assert "<td>Assam</td>" in feed_html(article.body, "https://example.org/a/")


def test_a_drawing_is_an_image() -> None:
    shown = html(svg="<svg><script>alert(1)</script><circle r='4'/></svg>")
    assert 'alt="its &lt;repr&gt;"' in shown
    drawn = base64.b64decode(shown.partition("base64,")[2].partition('"')[0]).decode()
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg">')
    assert "<script" not in shown


def test_markdown_is_rendered() -> None:
    shown = html(markdown="**strong** [tea](https://example.org)\n\n| a |\n|---|\n| b |\n\n<script>alert(1)</script>")
    assert "<strong>strong</strong>" in shown
    assert '<a href="https://example.org" rel="noopener noreferrer">tea</a>' in shown
    assert "<td>b</td>" in shown
    assert "<script" not in shown


def test_formulas_are_set_and_other_text_is_text() -> None:
    shown = html(latex=r"Time is $\displaystyle \frac{n}{2}$ & more, <b> too, for 5 $ and 6 $; $$\text{a<b} = ℝ$$")
    assert '<math display="inline">' in shown
    assert "<mfrac><mrow><mi>n</mi></mrow><mrow><mn>2</mn></mrow></mfrac>" in shown
    assert "&amp; more, &lt;b&gt; too, for 5 $ and 6 $;" in shown
    assert '<math display="block"><mrow><mtext>a&lt;b</mtext><mo>=</mo><mi>ℝ</mi></mrow></math>' in shown
    assert 'data-plain="its &lt;repr&gt;"' in shown


def test_environments_are_formulas() -> None:
    shown = html(latex=r"\begin{align*}a & = b\\c & = d\end{align*} \[\begin{aligned}e & = f\end{aligned}\] \(g\)")
    assert shown.count('<math display="block">') == 2
    assert shown.count("<mtr>") == 3
    assert '<math display="inline"><mrow><mi>g</mi></mrow></math>' in shown


@pytest.mark.parametrize("wrong", [r"\frac{", "{" * 3000, "x_{" * 900 + "}" * 900])
def test_a_formula_that_is_not_understood_stands_as_its_source(wrong: str) -> None:
    assert f"<code>{wrong}</code> stays" in html(latex=f"${wrong}$ stays")


def test_formulas_in_markdown_are_set_but_not_in_code() -> None:
    shown = html(markdown="For $n$ cups, *slowly*:\n\n$$\nt = \\frac{n}{2}\n$$\n\n`$5`, \\$6 and 7 $")
    assert 'For <math display="inline"><mrow><mi>n</mi></mrow></math> cups, <em>slowly</em>' in shown
    assert "<mfrac>" in shown
    assert "<code>$5</code>, $6 and 7 $" in shown


def test_a_picture_of_a_formula_goes_before_its_source() -> None:
    assert "<img" in html(png="AA==", latex="$x$")


def test_a_picture_is_as_it_is_when_run() -> None:
    assert 'src="data:image/png;base64,AA=="' in html(png="AA==")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=https://example.org/seen.png>",
        "<img src=/api/heart>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href=' \tjava\nscript:alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=https://example.org><input name=q><button>Go</button></form>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        r"<math><mi xlink:href='javascript:alert(1)' href='javascript:alert(1)' onclick='alert(1)'>x</mi></math>",
        "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math><math></p><style><!--</style>-->",
        "<math><maction actiontype='statusline#https://example.org'><mi>x</mi></maction></math>",
        formulas.from_latex(r"$\href{javascript:alert(1)}{go}$ $\text{<script>alert(1)</script><img src=x>}$"),
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<div style='position:fixed;inset:0;background:url(https://example.org/seen)'>x</div>",
        "<div id=hearts class=ad data-part=run tabindex=0>x</div>",
        "<meta http-equiv=refresh content='0;url=https://example.org'><base href=https://example.org>",
        "<link rel=stylesheet href=https://example.org/a.css><style>@import 'https://example.org/a.css'</style>",
        "<code-sample><pre>print(1)</pre></code-sample><hearts-button></hearts-button>",
        "<template><img src=x onerror=alert(1)></template><video src=https://example.org/v autoplay></video>",
        "<img srcset='https://example.org/seen.png 1x' src=data:text/html,x>",
        "</div></div></code-sample><h1>Not the page's</h1>",
    ],
)
def test_attacks_do_nothing(attack: str) -> None:
    found = Found()
    found.feed(f"<div>{clean(attack)}</div><p>after</p>")
    assert [name for name, _ in found.elements][-1] == "p"
    assert found.depth == 0
    for name, attributes in found.elements:
        assert name in formulas.ELEMENTS or name in (
            "a",
            "b",
            "code",
            "div",
            "img",
            "li",
            "p",
            "pre",
            "span",
            "table",
            "tbody",
            "td",
            "tr",
        ), name
        for attribute, value in attributes.items():
            assert attribute in ("alt", "display", "href", "rel", "src", "title"), attribute
            assert attribute != "href" or value.startswith(("http://", "https://", "mailto:"))
            assert attribute != "src" or value.startswith("data:image/")
