from pathlib import Path

import pytest

from readerly_site import dist as dist_module
from readerly_site.build import build
from readerly_site.errors import ReaderlyError

from .conftest import BuildSite, MakeSite, lay_nothing


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_build_gives_back_what_it_made(build_site: BuildSite, tmp_path: Path) -> None:
    built = build_site({"a.md": "x", "b.md": "y"})
    assert built.dist == tmp_path / "dist"
    assert [article.slug for article in built.articles] == ["b", "a"]
    assert (built.dist / "articles/a/index.html").is_file()
    assert (built.dist / built.assets.boot).is_file()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["dist", "site"]


def test_the_same_source_gives_the_same_bytes(build_site: BuildSite) -> None:
    first = files(build_site({"a.md": "x"}).dist)
    assert files(build_site({"a.md": "x"}).dist) == first


def test_what_is_gone_from_the_source_is_gone_from_the_site(build_site: BuildSite, tmp_path: Path) -> None:
    build_site({"a.md": "x", "b.md": "y"})
    (tmp_path / "site/articles/b.md").unlink()
    assert not (build_site().dist / "articles/b").exists()


def test_an_error_leaves_the_old_site_as_it_was(build_site: BuildSite, tmp_path: Path) -> None:
    before = files(build_site({"a.md": "x"}).dist)
    with pytest.raises(ReaderlyError):
        build_site({"a.md": "---\ntitle: [\n---\n"})
    assert files(tmp_path / "dist") == before


def test_a_crash_while_writing_leaves_the_old_site_as_it_was(make_site: MakeSite, tmp_path: Path) -> None:
    site, dist = make_site({"a.md": "x"}), tmp_path / "dist"
    build(site.source, dist, lay_assets=lay_nothing)
    before = files(dist)

    def break_off(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(site.source, dist, lay_assets=break_off)  # pyright: ignore[reportArgumentType]
    assert files(dist) == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["dist", "site"]


def test_a_swap_that_fails_puts_the_old_site_back(
    build_site: BuildSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(build_site({"a.md": "x"}).dist)
    rename = Path.rename

    def rename_but_not_into_place(path: Path, target: Path) -> Path:
        if Path(target).name == "dist" and not path.name.endswith(".old"):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename_but_not_into_place)
    with pytest.raises(ReaderlyError, match="No space left on device; give another place"):
        build_site({"b.md": "y"})
    assert files(tmp_path / "dist") == before


def test_a_folder_that_no_build_made_is_refused(build_site: BuildSite, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/thesis.txt").write_text("three years of work")
    with pytest.raises(ReaderlyError, match="holds files that no build put there"):
        build_site({"a.md": "x"})
    assert files(tmp_path / "dist") == {"thesis.txt": b"three years of work"}


@pytest.mark.parametrize("content", ["[]", "{}", "7", "no json"])
def test_another_tools_pages_json_does_not_make_a_folder_ours(tmp_path: Path, content: str) -> None:
    (tmp_path / dist_module.MARKER).write_text(content)
    with pytest.raises(ReaderlyError, match="no build put there"):
        dist_module.check_replaceable(tmp_path, tmp_path / "../elsewhere")


def test_an_empty_folder_and_a_link_to_one_are_fine(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site({"a.md": "x"})
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    built = build(site.source, tmp_path / "link", lay_assets=lay_nothing)
    assert built.dist == tmp_path / "real"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "link/index.html").is_file()


def test_the_source_is_never_replaced(make_site: MakeSite) -> None:
    site = make_site({"a.md": "x"})
    (site.source / "pages.json").write_text('{"pages": []}')
    for place in (site.source, site.source.parent):
        with pytest.raises(ReaderlyError, match="holds the articles themselves"):
            build(site.source, place, lay_assets=lay_nothing)


def test_a_file_in_the_way_and_a_place_that_cannot_be_written(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site({"a.md": "x"})
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReaderlyError, match="is a file"):
        build(site.source, tmp_path / "file", lay_assets=lay_nothing)
    with pytest.raises(ReaderlyError, match="cannot be written there") as caught:
        build(site.source, tmp_path / "file/below", lay_assets=lay_nothing)
    assert caught.value.file == tmp_path / "file/below"


def test_what_others_put_into_the_site_stays(build_site: BuildSite, tmp_path: Path) -> None:
    build_site({"a.md": "x"}, '[ads.before]\nhtml = "x"\nheight = 9\n')
    (tmp_path / "dist/CNAME").write_text("example.org")
    (tmp_path / "dist/.git").mkdir()
    (tmp_path / "dist/.git/HEAD").write_text("ref")
    built = build_site({"b.md": "y"})
    assert (built.dist / "CNAME").read_text() == "example.org"
    assert (built.dist / ".git/HEAD").read_text() == "ref"
    assert not (built.dist / "ads").exists()
    assert len(list(built.dist.glob("theme-*.css"))) == 1


def test_images_stand_beside_their_page(build_site: BuildSite, tmp_path: Path) -> None:
    (tmp_path / "site/articles/img").mkdir(parents=True)
    (tmp_path / "site/articles/img/x.svg").write_text("<svg/>")
    built = build_site({"a.md": "![x](img/x.svg)"})
    assert (built.dist / "articles/a/img/x.svg").read_text() == "<svg/>"


def test_progress_is_told_and_ends_complete(make_site: MakeSite, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    site = make_site({"a.md": "x"})
    build(
        site.source,
        tmp_path / "dist",
        lay_assets=lay_nothing,
        progress=lambda what, done, total: told.append((what, done, total)),
    )
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2]
    assert all(what for what, _, _ in told)
