from pathlib import Path

import pytest

from readerly_site.config import Ad, load
from readerly_site.errors import ReaderlyError


def write(folder: Path, text: str) -> Path:
    (folder / "readerly.toml").write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path) -> ReaderlyError:
    with pytest.raises(ReaderlyError) as caught:
        load(folder)
    return caught.value


def test_a_title_is_enough(tmp_path: Path) -> None:
    site = load(write(tmp_path, 'title = "Notes"'))
    assert (site.title, site.url, site.language, site.service, site.ads) == (
        "Notes",
        "http://127.0.0.1:8000/",
        "en",
        None,
        {},
    )


@pytest.mark.parametrize(
    ("url", "base"),
    [("https://example.org", "/"), ("https://example.org/", "/"), ("https://example.org/a/b", "/a/b/")],
)
def test_the_base_path_has_a_slash_at_both_ends(tmp_path: Path, url: str, base: str) -> None:
    site = load(write(tmp_path, f'title = "Notes"\nurl = "{url}"'))
    assert site.base_path == base
    assert site.url.endswith(base)


def test_advertisements(tmp_path: Path) -> None:
    site = load(write(tmp_path, 'title = "N"\n[ads.before]\nhtml = "<b>x</b>"\nheight = 90\n'))
    assert site.ads == {"before": Ad("<b>x</b>", 90, "Advertisement")}


def test_a_service_is_kept_without_its_last_slash(tmp_path: Path) -> None:
    site = load(write(tmp_path, 'title = "N"\nservice = "https://hearts.example.org/"'))
    assert site.service == "https://hearts.example.org"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('title = "N"\nurl =\n', 2, "TOML"),
        ('title = "N\n', 1, "TOML"),
        ('# notes\n\ntitel = "N"\n', 3, "unknown key 'titel'"),
        ('title = "N"\n[advert]\nx = 1\n', 2, "unknown key 'advert'"),
        ("description = 'x'\n", 1, "no title"),
        ('title = "N"\n\nauthor = 7\n', 3, "author must be text"),
        ('title = "N"\nurl = "example.org"\n', 2, "full address"),
        ('title = "N"\nurl = "https://[x/"\n', 2, "full address"),
        ('title = "N"\nservice = "https://a.org; script-src *"\n', 2, "full address"),
        ('title = "N"\nlanguage = "en_US\\"><b>"\n', 2, "language"),
        ('title = "N"\nads = "x"\n', 2, "must be a table"),
        ('title = "N"\n\n[ads.middle]\nhtml = "x"\nheight = 9\n', 3, "unknown slot 'middle'"),
        ('title = "N"\n[ads.after]\nhtml = "x"\nheight = "tall"\n', 4, "height in CSS pixels"),
        ('title = "N"\n[ads.after]\nhtml = "x"\n', 2, "needs a height"),
        ('title = "N"\n[ads.after]\nheight = 9\n', 2, "needs its content"),
        ('title = "N"\n[ads.after]\nheight = 9\nhtml = "x"\nwidth = 3\n', 5, "unknown key 'width'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    error = refusal(write(tmp_path, text))
    assert error.file == tmp_path / "readerly.toml"
    assert error.line == line
    assert says in error.message


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "readerly.toml").write_bytes(b'title = "N"\nauthor = "\xff"\n')
    error = refusal(tmp_path)
    assert (error.line, "UTF-8" in error.message) == (2, True)


def test_a_folder_without_configuration_is_no_site(tmp_path: Path) -> None:
    assert "readerly new" in refusal(tmp_path).message
    assert "no such folder" in refusal(tmp_path / "missing").message


def test_an_error_reads_as_file_line_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert str(ReaderlyError("is broken", tmp_path / "a.md", 3)) == "a.md:3: is broken"
    assert str(ReaderlyError("is broken", tmp_path / "a.md")) == "a.md: is broken"
    assert str(ReaderlyError("is broken")) == "is broken"
