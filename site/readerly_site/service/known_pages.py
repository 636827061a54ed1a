"""Which pages the service accepts, and under which key each is stored."""

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from .settings import origin_of

log = logging.getLogger(__name__)

LONGEST = 512
"""Characters of a page's path."""

_AS_IN_A_URL = "/%!$&'()*+,;=:@-._~[]|"


class _List:
    """The pages that one build lists."""

    def __init__(self, file: Path) -> None:
        """Read ``file``, and read it again whenever it changes."""
        self._file = file
        self._listed: Mapping[str, str] = {}
        self._version: tuple[int, ...] | None = None

    def titles(self) -> Mapping[str, str]:
        """Return the titles by path; a file that is missing or broken leaves the last good list in force."""
        version: tuple[int, ...] = ()
        try:
            stat = self._file.stat()
            version = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if version != self._version:
                self._listed = _parse(self._file.read_bytes())
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            if version != self._version:  # said once, not at every request
                log.warning("%s: the pages could not be read (%s); the last known ones stay.", self._file, error)
        self._version = version
        return self._listed


class KnownPages:
    """The pages listed in the build's ``pages.json``, and those of the sites at configured origins."""

    def __init__(self, file: Path | None, origins: tuple[str, ...], sites: Mapping[str, Path] | None = None) -> None:
        """Know the pages in ``file``, and those under ``origins``: all of them, or what the list of the site names.

        ``sites`` has the lists by origin. Each list is read again whenever it changes.
        """
        self._list = _List(file) if file else None
        self._origins = origins
        self._sites = {origin: _List(each) for origin, each in (sites or {}).items()}
        self.moved: Mapping[str, str] = {}
        """Pages that are still asked for by an address they had before: known, whether the build lists them or not."""

    def find(self, asked: str, origin: str | None = None) -> str | None:
        """Return the key of the page, or None when it is not known.

        ``asked`` is a path (``/articles/a/``) or a canonical URL; ``origin`` is that of the page that asks. A path the
        build lists is its own key. A page of a site at a configured origin has its whole URL as its key.
        """
        site = None
        if not asked.startswith("/"):
            site = origin_of(asked)
            if site not in self._origins:
                return None
            asked = "/" + asked.split("://", 1)[1].partition("/")[2]
        path = canonical(asked)
        if path is None:
            return None
        if site is None and origin in self._sites:
            site = origin
        if site not in self._sites and (path in self._listed() or path in self.moved):
            return path
        if site is None and self._list is None:
            site = self._site(origin)
        if site is None:
            return None
        key = site + path
        return key if site not in self._sites or path in self._sites[site].titles() or key in self.moved else None

    def href(self, page: str, origin: str | None) -> str:
        """Return where a page is, for a redirect: a path of this host, or a URL under a configured origin."""
        page = self.moved.get(page, page)
        return f"{origin}{page}" if page.startswith("/") and origin in self._origins else page

    def _site(self, origin: str | None) -> str | None:
        if origin in self._origins:
            return origin
        return self._origins[0] if len(self._origins) == 1 else None

    def titles(self) -> dict[str, str]:
        """Return the titles of the pages that are listed, by key."""
        of_sites = ((site + path, title) for site, each in self._sites.items() for path, title in each.titles().items())
        return dict(self._listed()) | dict(of_sites)

    def _listed(self) -> Mapping[str, str]:
        return self._list.titles() if self._list else {}


def canonical(path: str) -> str | None:
    """Return the path as a browser writes it in a URL, or None when it is not the path of a page.

    >>> canonical("/café/")
    '/caf%C3%A9/'
    """
    if not path.startswith("/") or path.startswith("//") or re.search(r"[\x00-\x1f\x7f\\?#]", path):
        return None
    if any(part in (".", "..") for part in unquote(path).split("/")):
        return None
    path = re.sub("%[0-9a-fA-F]{2}", lambda escape: escape[0].upper(), quote(path, _AS_IN_A_URL, errors="replace"))
    return path if len(path) <= LONGEST else None


def _parse(content: bytes) -> dict[str, str]:
    document: Any = json.loads(content)
    paths = ((canonical(str(page["path"])), str(page.get("title") or "")) for page in document["pages"])
    return {path: title for path, title in paths if path is not None}
