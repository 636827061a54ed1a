"""Configurations of the hosts a site is put on, each a template beside this module, filled in from one table.

That table is `readerly_site.headers`, from which `readerly serve` sends too: a site is the same site everywhere.
"""

import hashlib
import ipaddress
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from readerly_site import headers
from readerly_site.compress import SIBLINGS
from readerly_site.config import NAME, Site
from readerly_site.dist import MADE
from readerly_site.errors import ReaderlyError
from readerly_site.policy import sent_policy

SERVICE = "127.0.0.1:8002"
"""Where the service listens when nobody says otherwise; docs/service.md starts it there."""


class Host(StrEnum):
    """A program, or a kind of file, that a configuration is written for."""

    NGINX = "nginx"
    CADDY = "caddy"
    HEADERS = "headers"
    """`_headers`, which Netlify and Cloudflare Pages read."""


TEMPLATES = {Host.NGINX: "nginx.conf", Host.CADDY: "Caddyfile", Host.HEADERS: "_headers"}
"""The templates of whole sites; that for an exported folder has "export." before its name."""


def configuration(
    host: Host, site: Site | None, root: str | None = None, service: str = SERVICE, connect: Iterable[str] = ()
) -> str:
    """Return what `host` has to be told of the built `site`; of an exported `readerly/` alone where that is None.

    `root` is the folder on the server that holds the built site, by default /srv/ and the name of the site's host;
    `service` is where the service listens; `connect` are the origins that samples of any page may ask. Raises
    ReaderlyError for what could not be written down unharmed.
    """
    if site is None:
        return _rendered(f"export.{TEMPLATES[host]}")
    policy = sent_policy(site.service, connect)
    if host is Host.HEADERS:
        return _rendered(TEMPLATES[host], base=site.base_path, policy=policy, MADE=MADE)
    url, base = urlsplit(site.url), unquote(site.base_path)
    name = url.hostname or ""
    root = root or f"/srv/{name}"
    _check(host, {"url": site.url + base, "service": site.service or ""}, site.source / NAME)
    _check(host, {"--root": root, "--service": service})
    return _rendered(
        TEMPLATES[host],
        site=site,
        origin=f"{url.scheme}://{url.netloc}",
        name=name,
        listen=_listen(name, url.port if url.port and url.scheme == "http" else 80),
        variable=f"readerly_{hashlib.sha256(f'{name}{base}'.encode()).hexdigest()[:8]}",  # nginx has one space for all
        base=base,
        base_pattern=re.escape(base),
        root=root.rstrip("/"),
        service=service,
        policy=policy,
    )


def _check(host: Host, values: dict[str, str], file: Path | None = None) -> None:
    """Raise ReaderlyError for a value of which nginx or Caddy, even in quotation marks, would take a part for more."""
    for name, value in values.items():
        if found := re.search(r'[\s"\\${}`]', value):
            raise ReaderlyError(f"{name} has {found[0]!r} in it, which {host} would misread; write it without", file)


def _listen(name: str, port: int) -> list[str]:
    """Return the addresses nginx listens at for the host `name`: that one alone where it is an address itself."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return [f"{port}", f"[::]:{port}"]
    return [f"{address}:{port}" if address.version == 4 else f"[{address}]:{port}"]


def _rendered(template: str, **values: object) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # takes longer than the rest of a command's start

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    kinds: dict[str, list[str]] = {}
    for ending, kind in headers.KINDS.items():
        kinds.setdefault(kind.partition(";")[0], []).append(ending[1:])
    table = {name: value for name, value in vars(headers).items() if name.isupper()}
    return templates.get_template(template).render(table, SIBLINGS=SIBLINGS, kinds=kinds, **values)
