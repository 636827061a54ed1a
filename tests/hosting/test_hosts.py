"""nginx and Caddy, configured by `readerly hosting`, send what `readerly serve` sends."""

import gzip
from pathlib import Path
from urllib.parse import urljoin

import brotli
import httpx
import pytest

from readerly_site import hosting
from readerly_site.build import Built
from readerly_site.export import export
from readerly_site.headers import ASK, FOREVER, KINDS, headers
from readerly_site.policy import sent_policy

from ..browser.servers import free_port
from . import servers
from .conftest import started
from .servers import Host, Service, program

ARTICLE = "articles/first-article/"
PAGES = {"": "index.html", "index.html": "index.html", "404.html": "404.html", ARTICLE: f"{ARTICLE}index.html"}
POLICY = sent_policy()


def raw(client: httpx.Client, path: str, accepted: str) -> tuple[httpx.Response, bytes]:
    """Return an answer and its bytes as they travelled."""
    with client.stream("GET", path, headers={"accept-encoding": accepted}) as response:
        return response, b"".join(response.iter_raw())


def path_of(built: Built, pattern: str) -> str:
    (file,) = built.dist.glob(pattern)
    return file.relative_to(built.dist).as_posix()


def differences(response: httpx.Response, wanted: dict[str, str]) -> dict[str, str | None]:
    """Return what an answer says otherwise than it should."""
    policies = {"Content-Security-Policy": None}
    return {
        name: response.headers.get(name)
        for name, value in {**policies, **wanted}.items()
        if response.headers.get(name) != value
    }


def test_each_file_is_sent_as_the_table_says(client: httpx.Client, built: Built) -> None:
    files = [file for file in built.dist.rglob("*") if file.is_file() and not file.name.startswith((".", "_"))]
    assert {file.suffix for file in files} >= {".html", ".mjs", ".js", ".py", ".wasm", ".whl", ".json", ".css", ".zip"}
    for file in files:
        name = file.relative_to(built.dist).as_posix()
        response = client.get(name)
        assert response.status_code == 200, name
        assert differences(response, {**headers(name, POLICY), "Content-Type": KINDS[file.suffix]}) == {}, name
        assert response.content == file.read_bytes(), name


@pytest.mark.parametrize(("path", "file"), PAGES.items(), ids=["home", "index", "404", "article"])
def test_pages_have_the_policy(client: httpx.Client, built: Built, path: str, file: str) -> None:
    response = client.get(path)
    assert differences(response, {**headers(file, POLICY), "Content-Type": KINDS[".html"]}) == {}
    assert response.headers["content-security-policy"].endswith("; frame-ancestors 'self'")
    assert response.content == (built.dist / file).read_bytes()


@pytest.mark.parametrize("pattern", ["readerly/widgets-*/sandbox.html", f"{ARTICLE}tea.svg", "feed.xml"])
def test_nothing_else_has_it(client: httpx.Client, built: Built, pattern: str) -> None:
    response = client.get(path_of(built, pattern))
    assert response.status_code == 200
    assert "content-security-policy" not in response.headers


@pytest.mark.parametrize("pattern", ["readerly/runtime-*/pyodide/pyodide.asm.wasm", "readerly/boot.mjs", "index.html"])
def test_files_travel_as_they_were_compressed(client: httpx.Client, host: Host, built: Built, pattern: str) -> None:
    path = path_of(built, pattern)
    file = built.dist / path
    best = "gzip, deflate, br, zstd"
    wanted = {"gzip": ".gz", best: ".br", "br;q=0, gzip": ".gz", "identity": "", "deflate": ""}
    if host.name == "nginx" and not servers.brotli(program("nginx")):
        del wanted[best]
    elif host.name == "caddy" and file.with_name(file.name + ".zst").exists():
        wanted[best] = ".zst"
    tags: set[str] = set()
    for accepted, ending in wanted.items():
        response, sent = raw(client, path, accepted)
        assert (
            response.headers.get("content-encoding") == {"": None, ".zst": "zstd", ".br": "br", ".gz": "gzip"}[ending]
        ), accepted
        assert response.headers["vary"] == "Accept-Encoding"
        assert response.headers["content-type"] == KINDS[file.suffix]
        assert sent == file.with_name(file.name + ending).read_bytes()
        tags.add(response.headers["etag"])
    assert len(tags) == len(set(wanted.values()))


def test_a_page_travels_compressed_at_its_own_address(client: httpx.Client, built: Built) -> None:
    for coding, decompress in {"gzip": gzip.decompress, "br": brotli.decompress}.items():
        response, sent = raw(client, ARTICLE, coding)
        if response.headers.get("content-encoding") or coding == "gzip":
            assert decompress(sent) == (built.dist / ARTICLE / "index.html").read_bytes()
            assert response.headers["content-security-policy"] == POLICY


def test_nginx_without_its_module_sends_gzip(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configuration as it is printed."""
    monkeypatch.setattr(servers, "brotli", lambda nginx: None)
    running = started("nginx", built, tmp_path)
    try:
        response = httpx.get(running.url + "readerly/boot.mjs", headers={"accept-encoding": "gzip, deflate, br"})
        assert response.headers["content-encoding"] == "gzip"
    finally:
        running.stop()


@pytest.mark.parametrize("accepted", ["identity", "gzip, br"])
@pytest.mark.parametrize(
    "path",
    [
        "nowhere",
        "nowhere.py",
        f"{ARTICLE}no.svg",
        "readerly/",
        "readerly/{widgets}/gone.py",
        ".nojekyll",
        "ads/no.html",
    ],
)
def test_what_is_not_there_gets_the_sites_own_page(
    client: httpx.Client, built: Built, path: str, accepted: str
) -> None:
    path = path.format(widgets=Path(built.assets.stylesheet).parent.name)
    response = client.get(path, headers={"accept-encoding": accepted})
    assert response.status_code == 404
    assert differences(response, {**headers("404.html", POLICY), "Content-Type": KINDS[".html"]}) == {}
    assert response.content == (built.dist / "404.html").read_bytes()


@pytest.mark.parametrize("path", ["", "readerly/boot.mjs"])
def test_what_a_browser_has_is_not_sent_twice(client: httpx.Client, path: str) -> None:
    first = client.get(path, headers={"accept-encoding": "gzip"})
    tag = {"if-none-match": first.headers["etag"], "accept-encoding": "gzip"}
    again = client.get(path, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == ASK


def test_addresses_without_their_slash_lead_to_the_ones_with_it(client: httpx.Client, built: Built, host: Host) -> None:
    wanted = {ARTICLE.rstrip("/"): ARTICLE}
    if built.site.base_path != "/":
        wanted |= {"/": "", built.site.base_path.rstrip("/"): ""}
    for path, target in wanted.items():
        response = httpx.get(urljoin(host.url, path))
        assert response.status_code in (301, 302, 307, 308)
        assert urljoin(host.url, response.headers["location"]) == host.url + target


def test_beside_a_site_below_a_path_there_is_nothing(built: Built, host: Host) -> None:
    if built.site.base_path != "/":
        response = httpx.get(urljoin(host.url, "/index.html"))
        assert response.status_code == 404
        assert response.content == (built.dist / "404.html").read_bytes()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/pages?path=%2Fa%2F&path=b"),
        ("PUT", "/api/heart?path=/a/"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
    ],
)
def test_the_service_is_reached_at_the_root(host: Host, method: str, path: str) -> None:
    """Also that of a site below a path; and it is told who asks, for its limits, whatever they say themselves."""
    forged = {"origin": host.url, "x-forwarded-for": "192.0.2.7"}
    response = httpx.request(method, urljoin(host.url, path), headers=forged)
    said = response.text.splitlines()
    assert said[0] == f"{method} {path}"
    assert f"host: {httpx.URL(host.url).netloc.decode()}" in said
    assert "x-forwarded-proto: http" in said
    assert "x-forwarded-for: 127.0.0.1" in said
    assert "192.0.2.7" not in response.text
    assert response.headers["cache-control"] == "no-store"


def test_the_service_is_not_reached_elsewhere(host: Host) -> None:
    for path in ("/apis", "/healthz/x", "/api"):
        assert httpx.get(urljoin(host.url, path)).status_code == 404


def test_events_arrive_when_they_are_sent(host: Host, service: Service) -> None:
    service.more.clear()
    with httpx.stream("GET", urljoin(host.url, "/api/events?path=/a/"), timeout=30) as events:
        lines = events.iter_lines()
        assert next(lines) == "data: first"
        service.more.set()
        assert [line for line in lines if line] == ["data: second"]


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_a_service_elsewhere_is_not_asked_here(built: Built, tmp_path: Path, name: str) -> None:
    running = started(name, built, tmp_path, elsewhere="https://hearts.example.org")
    try:
        assert httpx.get(urljoin(running.url, "/api/pages")).status_code == 404
        assert "https://hearts.example.org" in httpx.get(running.url).headers["content-security-policy"]
    finally:
        running.stop()


SITES = {
    "nginx": """
        server {{
            listen 127.0.0.1:{port};
            root "{root}";
            add_header Content-Security-Policy "default-src 'none'";
            location ~ \\.(mjs|py)$ {{ return 500; }}
            {part}
        }}
        """,
    "caddy": """
        http://127.0.0.1:{port} {{
            root * "{root}"
            header Content-Security-Policy "default-src 'none'"
            {part}
            handle {{
                file_server
            }}
        }}
        """,
}
"""Sites of others, with a policy for whatever they serve, and a rule for scripts."""


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_an_exported_folder_has_a_part_in_another_site(tmp_path: Path, name: str) -> None:
    root = tmp_path / "public"
    assets = export(root)
    (root / "index.html").write_text("<!doctype html>", encoding="utf-8")
    (tmp_path / "server").mkdir()
    port = free_port()
    text = SITES[name].format(port=port, root=root, part=hosting.configuration(hosting.Host(name), None))
    running = Host(name, tmp_path / "server", text, f"http://127.0.0.1:{port}/")
    try:
        with httpx.Client(base_url=running.url) as client:
            assert client.get("").headers["content-security-policy"] == "default-src 'none'"
            for path, caching in {
                assets.boot: ASK,
                assets.stylesheet: FOREVER,
                assets.fetched[0]: FOREVER,
            }.items():
                response = client.get(path, headers={"accept-encoding": "gzip"})
                wanted = {"Cache-Control": caching, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
                wanted |= {"X-Content-Type-Options": "nosniff", "Content-Type": KINDS[Path(path).suffix]}
                assert differences(response, wanted) == {}, path
            sandbox = client.get(str(Path(assets.stylesheet).with_name("sandbox.html")))
            assert differences(sandbox, {"Content-Type": KINDS[".html"], "Cache-Control": FOREVER}) == {}
            gone = client.get(str(Path(assets.stylesheet).with_name("gone.py")))
            assert gone.status_code == 404
            assert gone.headers.get("cache-control") != FOREVER
    finally:
        running.stop()
