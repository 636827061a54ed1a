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


class KnownPages:
    """The pages listed in the build's ``pages.json``, and the canonical URLs under configured origins."""

    def __init__(self, file: Path | None, origins: tuple[str, ...]) -> None:
        """Know the pages in ``file``, read again whenever it changes, and those under ``origins``."""
        self._file = file
        self._origins = origins
        self._listed: Mapping[str, str] = {}
        self._version: tuple[int, ...] | None = None
        self.moved: Mapping[str, str] = {}
        """Pages that are still asked for by an address they had before: known, whether the build lists them or not."""

    def find(self, asked: str, origin: str | None = None) -> str | None:
        """Return the key of the page, or None when it is not known.

        ``asked`` is a path (``/articles/a/``) or a canonical URL; ``origin`` is that of the page that asks. A path the
        build lists is its own key. Without a list, a path belongs to the asking origin and the key is the whole URL.
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
        if path in self._list() or path in self.moved:
            return path
        if site is None and self._file is None:
            site = self._site(origin)
        return site + path if site else None

    def href(self, page: str, origin: str | None) -> str:
        """Return where a page is, for a redirect: a path of this host, or a URL under a configured origin."""
        page = self.moved.get(page, page)
        return f"{origin}{page}" if page.startswith("/") and origin in self._origins else page

    def _site(self, origin: str | None) -> str | None:
        if origin in self._origins:
            return origin
        return self._origins[0] if len(self._origins) == 1 else None

    def titles(self) -> dict[str, str]:
        """Return the titles of the pages that the build lists, by key."""
        return dict(self._list())

    def _list(self) -> Mapping[str, str]:
        """Return the listed pages' titles; a file that is missing or broken leaves the last good list in force."""
        if self._file is None:
            return self._listed
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
