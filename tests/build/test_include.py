from pathlib import Path

import pytest

from readerly_site.article import read_all
from readerly_site.errors import ReaderlyError
from readerly_site.include import region

from .conftest import MakeSite

TEA = '''"""About tea."""
import functools

# region brew
def boil():
    # region heat
    return 100
    # endregion
# endregion

class Pot:
    @functools.cache
    def pour(self):
        return "cup"

    size = 2
'''


def body(make_site: MakeSite, address: str, source: str = "") -> str:
    site = make_site({"a.md": f'```python run src="{address}"\n{source}```\n'})
    (site.source / "articles/tea.py").write_text(TEA, encoding="utf-8")
    (article,) = read_all(site)
    return article.body


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("heat", "    return 100\n"),
        ("Pot.pour", '    @functools.cache\n    def pour(self):\n        return "cup"'),
        ("boil", "def boil():\n    # region heat\n    return 100"),
    ],
)
def test_a_region_is_what_is_marked_or_else_a_definition(name: str, source: str) -> None:
    assert region(TEA, name, "tea.py").strip("\n").rstrip() == source.strip("\n")


def test_a_sample_may_lie_in_a_file(make_site: MakeSite) -> None:
    html = body(make_site, "tea.py")
    assert "About tea." in html
    assert "region" not in html
    assert "src=" not in html


def test_a_region_stands_at_the_left_edge(make_site: MakeSite) -> None:
    assert '<code class="language-python"><span class="nd">@functools' in body(make_site, "tea.py#Pot.pour")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("coffee.py", "a file that is not there, coffee.py"),
        ("tea.py#milk", "no # region milk, and no function or class of that name"),
        ("../../../tea.py", "outside the site's folder"),
        ("https://example.org/tea.py", "must name a file by its path from the article"),
        (".", "a file that is not there"),
    ],
)
def test_what_cannot_be_included_is_said_where_the_fence_is(make_site: MakeSite, address: str, says: str) -> None:
    with pytest.raises(ReaderlyError, match=says) as caught:
        body(make_site, address)
    assert caught.value.line == 6


@pytest.mark.parametrize(
    ("text", "says"),
    [("# region a\nx = 1\n", "begins and never ends"), ("x = (\n", "no valid Python")],
)
def test_what_is_wrong_with_the_file_is_said(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        region(text, "a", "tea.py")


def test_source_stands_in_one_place(make_site: MakeSite) -> None:
    with pytest.raises(ReaderlyError, match="has src and source too"):
        body(make_site, "tea.py", "x = 1\n")


def test_a_file_that_is_no_text_is_said(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site({"a.md": '```python run src="tea.py"\n```\n'})
    (site.source / "articles/tea.py").write_bytes(b"\xff\xfe")
    with pytest.raises(ReaderlyError, match="UTF-8"):
        read_all(site)
