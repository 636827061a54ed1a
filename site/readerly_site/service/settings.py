"""What the operator decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from readerly_site.errors import ReaderlyError


@dataclass(frozen=True)
class Settings:
    """The settings of one service.

    Raises `ReaderlyError` when an origin is not one, or when no page could ever be known.
    """

    database: str = "sqlite:///readerly.sqlite3"
    """Database URL, as SQLAlchemy writes them: ``sqlite:///relative.sqlite3``, ``sqlite:////absolute.sqlite3``,
    ``postgresql://user@host/name``."""

    pages: Path | None = None
    """The build's ``pages.json``; it may appear, change and be replaced while the service runs."""

    origins: tuple[str, ...] = ()
    """Origins of other sites that may use this service (``https://blog.example``): CORS allows them, and canonical
    URLs under them are known pages."""

    secret_file: Path | None = None
    """Where the signing keys are kept; by default beside an SQLite database, as ``<database>.secret``."""

    view_days: int = 90
    """Days for which it is known which reader has read what; later only how many. At least 1."""

    limits: str = "memory://"
    """Where requests are counted by the network they come from: in this process, or ``redis://host:6379``, where all
    processes count together."""

    proxies: str | None = None
    """Addresses of the proxies that are believed where a request comes from, with commas between them."""

    author_token: str | None = None
    """What opens the author's page; without it there is none. At least 16 characters."""

    sites: Mapping[str, Path] = field(default_factory=dict[str, Path])
    """The ``pages.json`` of each of several sites that share this service, by its origin."""

    busy_timeout: float = 5.0
    """Seconds a request waits for a locked or overloaded database before it is answered with 503."""

    def __post_init__(self) -> None:
        """Bring the origins into the form in which browsers send them."""
        if self.pages is None and not self.origins and not self.sites:
            raise ReaderlyError("The service knows no page: name the build's pages.json, or the origins of the sites.")
        if self.view_days < 1:
            raise ReaderlyError("READERLY_VIEW_DAYS is at least 1: a reader counts once a day.")
        if self.author_token is not None and len(self.author_token) < 16:
            raise ReaderlyError("READERLY_AUTHOR_TOKEN has at least 16 characters: `openssl rand -hex 16` makes one.")
        sites = {_checked_origin(origin): file for origin, file in self.sites.items()}
        origins = dict.fromkeys((*map(_checked_origin, self.origins), *sites))
        object.__setattr__(self, "sites", sites)
        object.__setattr__(self, "origins", tuple(origins))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read READERLY_DATABASE, READERLY_PAGES, READERLY_ORIGINS (separated by spaces), READERLY_SECRET_FILE, …

        Raises `ReaderlyError` when one of them is not what it has to be.
        """
        secret_file = environ.get("READERLY_SECRET_FILE")
        pages, sites = _lists(environ.get("READERLY_PAGES", "").strip())
        return cls(
            database=environ.get("READERLY_DATABASE") or cls.database,
            pages=pages,
            sites=sites,
            origins=tuple(environ.get("READERLY_ORIGINS", "").split()),
            secret_file=Path(secret_file) if secret_file else None,
            limits=environ.get("READERLY_LIMITS") or cls.limits,
            proxies=environ.get("READERLY_PROXIES") or None,
            author_token=environ.get("READERLY_AUTHOR_TOKEN") or None,
            view_days=_number(environ, "READERLY_VIEW_DAYS", cls.view_days),
        )


def _lists(text: str) -> tuple[Path | None, dict[str, Path]]:
    """Return the one list of pages that ``text`` names, or the lists of several sites: ``https://a.example=FILE …``."""
    if not text.startswith(("http://", "https://")):
        return Path(text) if text else None, {}
    sites: dict[str, Path] = {}
    for word in text.split():
        origin, _, file = word.partition("=")
        if not file:
            raise ReaderlyError(f"READERLY_PAGES names a list for each site, as {origin}=/path/to/pages.json.")
        sites[origin] = Path(file)
    return None, sites


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise ReaderlyError(f"{name} is a whole number, not {text!r}.")
    return int(text)


def origin_of(url: str) -> str | None:
    """Return scheme, host and port of an http(s) URL as an `Origin` header has them, or None for anything else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    host = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" if port in (None, default) else f"{parts.scheme}://{host}:{port}"


def _checked_origin(text: str) -> str:
    origin = origin_of(text)
    if origin is None or urlsplit(text).path not in ("", "/"):
        raise ReaderlyError(f"{text!r} is not an origin: write the scheme and the host, such as https://blog.example.")
    return origin
