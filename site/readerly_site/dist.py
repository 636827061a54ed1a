"""DIST, the folder a built site stands in: which folders a build may replace, and how one takes another's place."""

import json
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

from readerly_site.errors import ReaderlyError

MARKER = "pages.json"
"""The file by which a folder is known to be a built site, which a build may replace."""

OURS = tuple(
    ".nojekyll 404.html* ads articles favicon.svg* feed.xml* index.html* pages.json* readerly robots.txt* "
    "sitemap.xml* theme-*.css*".split()
)
"""What builds put into a site's root, the compressed siblings among it; whatever else lies there is someone else's."""

HEADERS = "_headers"
"""The file that some hosts read, which an operator may have written: it is ours only when it begins with `MADE`."""

MADE = "# Made by `readerly build`, which leaves a file _headers without this line as it is."
"""The first line of our `_headers`."""


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


@contextmanager
def replacing(dist: Path) -> Generator[Path]:
    """Give a new folder beside `dist`, on the same disk; it takes the place of `dist` when the block ends well.

    What someone else put into `dist` comes along. After any error the new folder is gone and `dist` is as it was.
    """
    folder = None
    try:
        dist.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{dist.name}-", dir=dist.parent))
        folder.chmod(0o755)  # mkdtemp's 0700 would keep a web server's user out
        yield folder
        keep_others(dist, folder)
        swap(folder, dist)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderlyError(f"cannot be written there: {reason}; give another place with -o", dist) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def keep_others(dist: Path, folder: Path) -> None:
    """Copy what someone else put into `dist` (CNAME, _headers, .git) into the new `folder`; nothing is lost."""
    for entry in dist.iterdir() if dist.exists() else ():
        theirs = entry.name == HEADERS and not entry.read_bytes().startswith(MADE.encode())
        ours = any(fnmatch(entry.name, pattern) for pattern in OURS) or (folder / entry.name).exists()
        if ours and not theirs:
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
