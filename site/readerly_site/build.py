"""Builds a site: articles in, a folder that any static host can serve out.

The new site is made in a folder beside DIST and swapped in when it is whole: whatever goes wrong, the old one stays.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from readerly_site import compress, config, theme
from readerly_site.article import Article, read_all
from readerly_site.assets import Assets, lay
from readerly_site.config import Site
from readerly_site.errors import ReaderlyError
from readerly_site.pages import Pages
from readerly_site.runtime import Progress, fetch

MARKER = "pages.json"
"""The file by which a folder is known to be a built site, which a build may replace."""

OURS = (
    "404.html*", "ads", "articles", "favicon.svg*", "feed.xml*", "index.html*", "pages.json*", "readerly", "robots.txt*",
    "sitemap.xml*", "theme-*.css*",
)
"""What builds put into a site's root, the `.gz` siblings among it; whatever else lies there is someone else's."""

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
    tell = progress or (lambda what, done, total: None)
    site = config.load(source)
    dist = Path(os.path.realpath(dist))
    check_replaceable(dist, source)
    tell("Reading articles", 0, 4)
    articles = read_all(site, drafts=drafts)
    lay_assets = lay_assets or _runtime(progress)
    with _beside(dist) as folder:
        tell("Copying the runtime", 1, 4)
        assets = lay_assets(folder)
        tell("Writing pages", 2, 4)
        write(folder, site, articles, assets)
        keep_others(dist, folder)
        tell("Putting the new site in its place", 3, 4)
        swap(folder, dist)
    tell("Built", 4, 4)
    return Built(dist, site, articles, assets)


def check_replaceable(dist: Path, source: Path) -> None:
    """Raise ReaderlyError unless `dist` is absent, empty, or a site that was built before."""
    if source.resolve().is_relative_to(dist):
        raise ReaderlyError("holds the articles themselves; give another folder with -o", dist)
    if not dist.exists():
        return
    if not dist.is_dir():
        raise ReaderlyError("is a file, not a folder; give another place for the site with -o", dist)
    try:
        if not any(dist.iterdir()) or "pages" in json.loads((dist / MARKER).read_bytes()):
            return
    except (OSError, ValueError, TypeError):
        pass
    raise ReaderlyError(
        "holds files that no build put there, and a build would replace them; give an empty or new folder with -o", dist
    )


def write(folder: Path, site: Site, articles: list[Article], assets: Assets) -> None:
    """Write everything but the widgets into `folder`: pages, style sheet, icon, and what articles show."""
    style = theme.stylesheet((assets.folder / assets.stylesheet).read_text("utf-8"), site.source)
    pages = Pages(site, articles, assets, theme.fingerprinted(style))
    for name, text in {pages.style: style, **pages.all()}.items():
        compress.write(folder / name, text.encode())
    compress.write(folder / "favicon.svg", (theme.FOLDER / "favicon.svg").read_bytes())
    for article in articles:
        for name, file in article.files.items():
            target = folder / "articles" / article.slug / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(file, target)
            except OSError as error:
                raise ReaderlyError(f"cannot be copied into the site: {error.strerror or error}", file) from error


def keep_others(dist: Path, folder: Path) -> None:
    """Copy what someone else put into `dist` (CNAME, .nojekyll, .git) into the new `folder`, so that nothing is lost."""
    for entry in dist.iterdir() if dist.exists() else ():
        if any(fnmatch(entry.name, pattern) for pattern in OURS) or (folder / entry.name).exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, folder / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, folder / entry.name, follow_symlinks=False)


def swap(folder: Path, dist: Path) -> None:
    """Put `folder` in the place of `dist`; when that fails, `dist` is put back."""
    old = folder.with_name(folder.name + ".old")
    if dist.exists():
        dist.rename(old)
    try:
        folder.rename(dist)
    except OSError:
        if old.exists():
            old.rename(dist)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _runtime(progress: Progress | None) -> Lay:
    runtime = fetch(progress)
    return lambda folder: lay(folder, runtime)


@contextmanager
def _beside(dist: Path) -> Iterator[Path]:
    """Give a new folder beside `dist`, on the same disk so that it can be renamed; remove it unless it was."""
    folder = None
    try:
        dist.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{dist.name}-", dir=dist.parent))
        folder.chmod(0o755)  # mkdtemp's 0700 would keep a web server's user out
        yield folder
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderlyError(f"cannot be written there: {reason}; give another place with -o", dist) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
