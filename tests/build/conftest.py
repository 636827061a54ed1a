"""A small site in a temporary folder, and widgets that cost nothing to lay."""

from collections.abc import Callable
from pathlib import Path

import pytest

from readerly_site.assets import Assets
from readerly_site.build import Built, build
from readerly_site.config import Site, load

MakeSite = Callable[..., Site]
BuildSite = Callable[..., Built]


def lay_nothing(folder: Path) -> Assets:
    """Stand for the deployed widgets: the names a page refers to, and one rule of CSS."""
    (folder / "readerly").mkdir()
    (folder / "readerly/widgets.css").write_text("code-sample { display: block }\n")
    (folder / "readerly/boot.mjs").write_text("// boot\n")
    return Assets(
        folder=folder,
        boot="readerly/boot.mjs",
        stylesheet="readerly/widgets.css",
        fetched=("readerly/core.js",),
        runtime="readerly/runtime",
        bytes=0,
    )


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Write a site: `make_site({"a.md": "…"}, toml="…")`; without front matter an article is given some."""

    def make(articles: dict[str, str] | None = None, toml: str = "") -> Site:
        source = tmp_path / "site"
        (source / "articles").mkdir(parents=True, exist_ok=True)
        (source / "readerly.toml").write_text('title = "Field Notes"\n' + toml, encoding="utf-8")
        for name, text in (articles or {}).items():
            file = source / "articles" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            front = "" if text.startswith("---") else f"---\ntitle: {file.stem.title()}\ndate: 2026-06\n---\n\n"
            file.write_text(front + text, encoding="utf-8")
        return load(source)

    return make


@pytest.fixture
def build_site(make_site: MakeSite, tmp_path: Path) -> BuildSite:
    """Write a site as `make_site` does, and build it into a folder `dist` beside it."""

    def make(articles: dict[str, str] | None = None, toml: str = "", **options: bool) -> Built:
        site = make_site(articles, toml)
        return build(site.source, tmp_path / "dist", lay_assets=lay_nothing, **options)

    return make
