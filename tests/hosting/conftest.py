"""A built site, at the root of its host and below a path, served by each server there is a configuration for."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from readerly_site import hosting
from readerly_site.build import Built, build
from readerly_site.new import new

from ..browser.servers import free_port
from .servers import Host, Service

ADS = '\n[ads.before]\nhtml = "<p>Buy</p>"\nheight = 90\n'


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.stop()


@pytest.fixture(scope="session", params=["/", "/my.notes/"], ids=["root", "path"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with an article, a picture and an advertisement; its address lacks only the port."""
    folder = tmp_path_factory.mktemp("site")
    new(folder / "notes")
    config = folder / "notes/readerly.toml"
    article = folder / "notes/articles/first-article.md"
    (article.parent / "tea.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>" + " " * 200, encoding="utf-8")
    article.write_text(article.read_text(encoding="utf-8") + "\n![Tea](tea.svg)\n", encoding="utf-8")
    config.write_text(f'title = "Notes"\nurl = "http://127.0.0.1{request.param}"\n{ADS}', encoding="utf-8")
    return build(folder / "notes", folder / "out")


def started(name: str, built: Built, folder: Path, *, elsewhere: str | None = None, **options: str) -> Host:
    """Start the server `name` with the configuration that an operator gets for `built`."""
    url = f"http://127.0.0.1:{free_port()}{built.site.base_path}"
    site = dataclasses.replace(built.site, url=url, service=elsewhere)
    return Host(name, folder, hosting.configuration(hosting.Host(name), site, str(built.dist), **options), url)


@pytest.fixture(scope="session", params=["nginx", "caddy"])
def host(
    request: pytest.FixtureRequest, built: Built, service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Each server, before the site and the service."""
    running = started(
        request.param, built, tmp_path_factory.mktemp(request.param), service=urlsplit(service.url).netloc
    )
    yield running
    running.stop()


@pytest.fixture
def client(host: Host) -> Iterator[httpx.Client]:
    """A client that takes files as they are unless a test says otherwise; its addresses start from the site's."""
    with httpx.Client(base_url=host.url, headers={"accept-encoding": "identity"}) as client:
        yield client
