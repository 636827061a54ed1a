"""Data files of samples: found beside the article, laid under fingerprinted addresses, refused with file and line."""

import re
from pathlib import Path

import pytest

from readerly_site import data, recorded
from readerly_site.article import read_all
from readerly_site.errors import ReaderlyError
from readerly_site.headers import FOREVER, headers

from .conftest import BuildSite, MakeSite

ROWS = "day,degrees\n" + "1,20\n" * 200


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The folder of the articles, with data in it."""
    folder = tmp_path / "site/articles"
    (folder / "data/.hidden").mkdir(parents=True)
    (folder / "data/.hidden/x.csv").write_text("x")
    (folder / "data/b c.csv").write_text("b")
    (folder / "data/a.csv").write_text("a")
    (folder / "tea.csv").write_text(ROWS)
    (tmp_path / "site/outside.csv").write_text("x")
    return folder


def fence(files: str) -> str:
    return f'```python run files="{files}"\n1\n```\n'


def said(page: str) -> list[list[str]]:
    found = re.search(r' files="([^"]*)"', page)
    assert found
    return [each.split("=") for each in found[1].split()]


def test_files_are_laid_once_and_never_change_under_their_name(beside: Path, build_site: BuildSite) -> None:
    built = build_site({"a.md": fence("tea.csv") + "\n" + fence("./tea.csv")})
    page = (built.dist / "articles/a/index.html").read_text()
    ((name, address),) = said(page)
    assert name == "tea.csv"
    place = address.removeprefix("../../")
    assert re.fullmatch(r"readerly/files-[0-9a-f]{12}/tea\.csv", place)
    assert (built.dist / place).read_text() == ROWS
    assert (built.dist / f"{place}.gz").stat().st_size < len(ROWS) / 2
    assert headers(place, "")["Cache-Control"] == FOREVER
    assert "/readerly/files-*\n  Cache-Control: " + FOREVER in (built.dist / "_headers").read_text()
    (beside / "tea.csv").write_text("other")
    again = build_site({"a.md": fence("tea.csv")})
    assert said((again.dist / "articles/a/index.html").read_text()) != [[name, address]]
    assert not (again.dist / place).exists()


def test_a_folder_stands_for_all_in_it_but_for_hidden_ones(beside: Path, build_site: BuildSite) -> None:
    built = build_site({"a.md": fence("data/")})
    pairs = said((built.dist / "articles/a/index.html").read_text())
    assert [name for name, _ in pairs] == ["data/a.csv", "data/b%20c.csv"]
    assert pairs[1][1].endswith("/b%20c.csv")
    assert (built.dist / "readerly" / pairs[1][1].split("/")[-2] / "b c.csv").read_text() == "b"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ("milk.csv", "files names milk.csv, which is not there; correct the name"),
        ("milk/", "files names a folder that is not there, or has no file in it, milk/; correct the name"),
        ("data", "files names data, which is a folder; end its name with a slash"),
        ("../outside.csv", "files names ../outside.csv, which is not in the page's folder"),
        ("x.csv=../outside.csv", "files names ../outside.csv, which is outside the article's folder; copy it there"),
        ("x.csv=/etc/passwd", "files names /etc/passwd, which is outside the article's folder; copy it there"),
        ("tea.csv tea.csv", "files gives two files the name tea.csv"),
        ("x.csv=tea.csv x.csv=data/a.csv", "files gives two files the name x.csv"),
        ("leak.csv", "files names leak.csv, which is outside the article's folder"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_line(beside: Path, make_site: MakeSite, files: str, says: str) -> None:
    (beside / "leak.csv").symlink_to(beside.parent / "outside.csv")
    with pytest.raises(ReaderlyError, match=re.escape(says)) as caught:
        read_all(make_site({"a.md": fence(files)}))
    assert (caught.value.file and caught.value.file.name, caught.value.line) == ("a.md", 6)


def test_too_much_is_refused(beside: Path, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "LARGEST", 1000)
    with pytest.raises(ReaderlyError, match=r"a\.md:6: files has 0\.0 MB, and a sample may have 0\.001 MB"):
        read_all(make_site({"a.md": fence("tea.csv")}))


def test_micropython_has_none(beside: Path, make_site: MakeSite) -> None:
    with pytest.raises(ReaderlyError, match="files is not to be had with engine"):
        read_all(make_site({"a.md": '```python run engine=micropython files="tea.csv"\n1\n```\n'}))


def test_other_contents_are_another_source_for_what_is_recorded(beside: Path, make_site: MakeSite) -> None:
    def printed() -> str:
        (article,) = read_all(make_site({"a.md": fence("tea.csv")}))
        return recorded.fingerprint(article.samples[0], ())

    before = printed()
    assert printed() == before
    (beside / "tea.csv").write_text("other")
    assert printed() != before


def test_files_of_a_sample_that_is_written_as_html_stand_beside_the_page(beside: Path, build_site: BuildSite) -> None:
    built = build_site({"a.md": '<code-sample files="data/a.csv"><pre>1</pre></code-sample>\n'})
    assert (built.dist / "articles/a/data/a.csv").read_text() == "a"
    with pytest.raises(ReaderlyError, match=r"a\.md:6: there is no file lost\.csv"):
        build_site({"a.md": '<code-sample files="lost.csv"><pre>1</pre></code-sample>\n'})


def test_a_source_that_html_names_stands_beside_the_page(beside: Path, build_site: BuildSite) -> None:
    (beside / "brew.py").write_text("1")
    built = build_site({"a.md": '<code-sample src="brew.py#pour"></code-sample>\n'})
    assert (built.dist / "articles/a/brew.py").read_text() == "1"
    for wrong, says in (("lost.py", "there is no file lost.py"), ("https://example.org/x.py", "is on another host")):
        with pytest.raises(ReaderlyError, match=says) as caught:
            build_site({"a.md": f'<code-sample src="{wrong}"></code-sample>\n'})
        assert caught.value.line == 6
