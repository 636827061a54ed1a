"""Builds a site: articles in, a folder that any static host can serve out.

The new site is made in a folder beside DIST and swapped in when it is whole: whatever goes wrong, the old one stays.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from readerly_site import compress, config, data, languages, lock, theme
from readerly_site.article import Article, connected, read_all
from readerly_site.assets import Assets, lay
from readerly_site.config import Site
from readerly_site.dist import HEADERS, check_replaceable, replacing
from readerly_site.errors import ReaderlyError
from readerly_site.hosting import Host, configuration
from readerly_site.pages import Pages
from readerly_site.runtime import Progress, fetch

Lay = Callable[[Path], Assets]
"""Writes the deployed widgets into a folder, as `assets.lay` does for a runtime."""


@dataclass(frozen=True)
class Built:
    """A site that was built."""

    dist: Path
    site: Site
    articles: list[Article]
    assets: Assets


def build(
    source: Path, dist: Path, *, drafts: bool = False, progress: Progress | None = None, lay_assets: Lay | None = None
) -> Built:
    """Build the site in `source` into `dist`; drafts only when asked for.

    `progress` is told what is being done, with the steps done and in all. `lay_assets` takes the place of fetching and
    laying the real runtime. Raises ReaderlyError for anything an author can put right; `dist` is then as it was.
    """
    tell = progress or _silent
    site = config.load(source)
    dist = Path(os.path.realpath(dist))
    check_replaceable(dist, source)
    tell("Reading articles", 0, 3)
    articles = read_all(site, drafts=drafts)
    locked = lock.load(source)
    lock.check(articles, locked)
    lay_assets = lay_assets or _runtime(progress, locked)
    with replacing(dist) as folder:
        tell("Copying the runtime", 1, 3)
        assets = lay_assets(folder)
        tell("Writing pages", 2, 3)
        write(folder, site, articles, assets)
    tell("Built", 3, 3)
    return Built(dist, site, articles, assets)


def write(folder: Path, site: Site, articles: list[Article], assets: Assets) -> None:
    """Write everything but the widgets into `folder`: pages, style sheet, icon, what hosts read, what articles show."""
    style = theme.stylesheet((assets.folder / assets.stylesheet).read_text("utf-8"), site.source)
    languages.load(site.language)
    pages = Pages(site, articles, assets, theme.fingerprinted(style))
    for name, text in {pages.style: style, **pages.all()}.items():
        compress.write(folder / name, text.encode())
    compress.write(folder / "favicon.svg", (theme.FOLDER / "favicon.svg").read_bytes())
    (folder / HEADERS).write_text(configuration(Host.HEADERS, site, connect=connected(articles)), encoding="utf-8")
    (folder / ".nojekyll").touch()  # GitHub Pages would run Jekyll, which leaves out names that begin with "_"
    for article in articles:
        for sample in article.samples:
            data.lay(sample.files, folder)
        for name, file in article.files.items():
            target = folder / "articles" / article.slug / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(file, target)
            except OSError as error:
                raise ReaderlyError(f"cannot be copied into the site: {error.strerror or error}", file) from error


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


def _runtime(progress: Progress | None, locked: lock.Lock) -> Lay:
    runtime = fetch(progress)
    return lambda folder: lay(folder, runtime, locked)
