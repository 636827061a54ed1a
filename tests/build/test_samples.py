import pytest

from readerly_site import samples
from readerly_site.samples import Fence, parse, render


def test_a_plain_fence() -> None:
    assert parse("js") == Fence("js", False, {})
    assert parse("") == Fence("", False, {})


def test_a_fence_that_runs() -> None:
    fence = parse('python run session=intro packages="pydantic attrs" label="First steps"')
    assert fence == Fence("python", True, {"session": "intro", "packages": "pydantic attrs", "label": "First steps"})


@pytest.mark.parametrize(
    ("info", "says"),
    [
        ("python rnu", "unknown fence attribute 'rnu'"),
        ("python run colour=red", "unknown fence attribute 'colour=red'"),
        ("python run session", "unknown fence attribute 'session'"),
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
