"""Settings that cannot work are one clear sentence at the start."""

from pathlib import Path

import pytest

from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings, create_app, from_environment

ORIGINS = ("https://blog.example",)


def test_from_the_environment() -> None:
    environ = {
        "READERLY_DATABASE": "sqlite:///x.sqlite3",
        "READERLY_PAGES": "dist/pages.json",
        "READERLY_ORIGINS": "https://Blog.Example/ http://localhost:8001",
        "READERLY_SECRET_FILE": "keys",
    }
    assert Settings.from_environment(environ) == Settings(
        "sqlite:///x.sqlite3", Path("dist/pages.json"), ("https://blog.example", "http://localhost:8001"), Path("keys")
    )


def test_several_sites_from_the_environment() -> None:
    pages = "https://Blog.Example/=/srv/blog/pages.json  https://news.example=news.json"
    settings = Settings.from_environment({"READERLY_PAGES": pages, "READERLY_ORIGINS": "https://blog.example"})
    assert settings.pages is None
    assert settings.sites == {
        "https://blog.example": Path("/srv/blog/pages.json"),
        "https://news.example": Path("news.json"),
    }
    assert settings.origins == ("https://blog.example", "https://news.example")
    with pytest.raises(ReaderlyError, match=r"https://blog\.example=/path/to/pages\.json"):
        Settings.from_environment({"READERLY_PAGES": "https://blog.example /srv/blog/pages.json"})


def test_the_environment_may_say_only_what_is_needed() -> None:
    settings = Settings.from_environment({"READERLY_PAGES": "pages.json", "READERLY_DATABASE": ""})
    assert settings == Settings(pages=Path("pages.json"))


def test_the_factory_reads_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READERLY_DATABASE", f"sqlite:///{tmp_path / 'db.sqlite3'}")
    monkeypatch.setenv("READERLY_ORIGINS", "https://blog.example")
    from_environment()
    assert (tmp_path / "db.sqlite3.secret").is_file()


def test_the_factory_ends_with_a_sentence_where_the_environment_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("READERLY_PAGES", "READERLY_ORIGINS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match=r"^readerly: .*\.$|^readerly: .+") as ended:
        from_environment()
    assert "\n" not in str(ended.value)


@pytest.mark.parametrize(
    "origin", ["*", "", "null", "blog.example", "https://blog.example/blog", "ftp://x", "https://[", "https://x:y"]
)
def test_an_origin_has_a_scheme_and_a_host_and_nothing_else(origin: str) -> None:
    with pytest.raises(ReaderlyError, match="is not an origin"):
        Settings(origins=(origin,))


def test_no_page_could_ever_be_known() -> None:
    with pytest.raises(ReaderlyError, match=r"pages\.json"):
        Settings()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("readerly.sqlite3", "not a database URL"),
        ("", "not a database URL"),
        ("mysql://host/name", "SQLite or PostgreSQL"),
        ("sqlite://", "in a file"),
        ("sqlite:///:memory:", "in a file"),
        ("sqlite:///{folder}/missing/db.sqlite3", "does not exist"),
        ("sqlite:///{folder}", "not a file"),
        ("sqlite:///{folder}/notes.txt", "not an SQLite database"),
    ],
)
def test_a_database_that_cannot_be_used(tmp_path: Path, url: str, says: str) -> None:
    (tmp_path / "notes.txt").write_text("some notes that must not be overwritten")
    with pytest.raises(ReaderlyError, match=says):
        create_app(Settings(url.format(folder=tmp_path), origins=ORIGINS))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["notes.txt"], "nothing was made on the way"
