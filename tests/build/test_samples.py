import re

import pytest

from readerly_site import samples
from readerly_site.article import read_all
from readerly_site.errors import ReaderlyError
from readerly_site.samples import Fence, parse, render

from .conftest import MakeSite


def test_a_plain_fence() -> None:
    assert parse("js") == Fence("js", False, {})
    assert parse("") == Fence("", False, {})


def test_a_fence_that_runs() -> None:
    fence = parse('python run session=intro packages="pydantic attrs" label="First steps"')
    assert fence == Fence("python", True, {"session": "intro", "packages": "pydantic attrs", "label": "First steps"})


@pytest.mark.parametrize(
    ("info", "says"),
    [
        ("python rnu", "unknown fence attribute 'rnu'; is 'run' meant?"),
        ("python run package=attrs", "unknown fence attribute 'package=attrs'; is 'packages' meant?"),
        ("python run colour=red", "unknown fence attribute 'colour=red'; after the language may stand: run, check="),
        ("python run session", 'session needs a value: session="…"'),
        ("python run readonly=yes", "readonly stands alone, without a value"),
        ('python run src=""', "src must be the path of a file from the article"),
        ("python run raises=0", "raises must be the name of an exception"),
        ("python run session=", "session must be one word"),
        ('python run session="a b"', "session must be one word"),
        ('python run label=" "', "label is empty"),
        ("js run", "only Python runs"),
        ('python label="x"', 'write "run"'),
        ("python run session=a session=b", "two 'session' attributes"),
        ('python run label="x', "close its quotes"),
    ],
)
def test_what_is_wrong_with_a_fence_is_said(info: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(info)


def test_a_sample_carries_its_source_and_attributes() -> None:
    html = render(parse('python run label="A & B" session=s'), 'print("<b>")\n')
    assert html.startswith(
        '<code-sample label="A &amp; B" session="s"><pre tabindex="0"><code class="language-python">'
    )
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_a_listing_is_highlighted_by_classes_alone() -> None:
    html = render(parse("python"), "x = 1  # one\n")
    assert '<span class="c"># one</span>' in html
    assert "style=" not in html
    assert "code-sample" not in html


@pytest.mark.parametrize("language", ["", "no-such-language"])
def test_code_in_an_unknown_language_stays_plain(language: str) -> None:
    assert samples.highlight("\n<x>\n", language) == "\n&lt;x&gt;\n"


def ids(make_site: MakeSite, text: str) -> list[str]:
    (article,) = read_all(make_site({"a.md": text}))
    return re.findall(r'<code-sample id="([^"]+)"', re.sub(r' label="[^"]*"', "", article.body))


def test_a_sample_has_its_own_id_or_its_labels_or_its_numbers(make_site: MakeSite) -> None:
    fences = ["python run", 'python run label="First Steps"', 'python run id=own label="First Steps"', "python run"]
    text = "# Steps\n\n" + "\n".join(f"```{fence}\n1\n```\n" for fence in fences)
    assert ids(make_site, text) == ["sample-1", "first-steps", "own", "sample-4"]


def test_an_id_of_ones_own_goes_before_headings_and_labels(make_site: MakeSite) -> None:
    text = '## Tea\n\n```python run label="Tea"\n1\n```\n\n```python run id=tea\n2\n```\n'
    assert ids(make_site, text) == ["tea-3", "tea"]
    (article,) = read_all(make_site({"a.md": text}))
    assert '<h2 id="tea-2">' in article.body


def test_an_id_that_is_taken_is_refused_with_its_line(make_site: MakeSite) -> None:
    with pytest.raises(ReaderlyError, match="has the id 'tea' already") as caught:
        ids(make_site, "```python run id=tea\n1\n```\n\n```python run id=tea\n2\n```\n")
    assert caught.value.line == 10


def test_a_sample_links_to_itself(make_site: MakeSite) -> None:
    (article,) = read_all(make_site({"a.md": '```python run label="Tea"\n1\n```\n'}))
    assert '<a aria-label="Link to Tea" data-part="link" href="#tea"></a>' in article.body


@pytest.mark.parametrize("text", ["0", "-1", "soon", "nan", "5000"])
def test_a_timeout_is_a_number_of_seconds(text: str) -> None:
    with pytest.raises(ValueError, match="timeout must be seconds"):
        parse(f"python run timeout={text}")


def test_numbers_do_not_count_lines_that_are_not_shown(make_site: MakeSite) -> None:
    with pytest.raises(ReaderlyError, match="has numbers, which would count lines that are hidden") as caught:
        read_all(make_site({"a.md": "```python run numbers\n# hide\n1\n# endhide\n```\n"}))
    assert caught.value.line == 6


def test_recorded_colours_are_words_for_the_style_sheet() -> None:
    html = render(parse("python run"), "1\n", [("stdout", "\x1b[31;48;2;255;255;0mred\x1b[0m\n")])
    assert '<span data-ansi="bg-11" data-bg="#ffff00" data-fg="#000000">red</span>' in html
    assert "\x1b" not in html
    assert "style=" not in html
