"""A built site is served the way a good static host would, under the policy its pages live under."""

import asyncio
import gzip
import shutil

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from readerly_site.build import build
from readerly_site.new import new
from readerly_site.policy import page_policy
from readerly_site.reload import SCRIPT, Reload
from readerly_site.serve import site_app, site_files
from readerly_site.static import AD_POLICY, SiteFiles

ARTICLE = "/articles/first-article/"


@pytest.fixture(scope="module")
def built(tmp_path_factory, runtime):
    folder = tmp_path_factory.mktemp("site")
    new(folder / "notes")
    with (folder / "notes/readerly.toml").open("a", encoding="utf-8") as config:
        config.write('service = "https://hearts.example.org"\n[ads.before]\nhtml = "<p>Buy</p>"\nheight = 90\n')
    (folder / "secret.txt").write_text("not served", encoding="utf-8")
    return build(folder / "notes", folder / "out")


def opened(files: SiteFiles, reload: Reload | None = None, base_path: str = "/") -> TestClient:
    """Return a client of the site below an application, as it stands below the service."""
    app = Starlette(routes=[Mount("/", site_app(base_path, files, reload or Reload()))])
    return TestClient(app, follow_redirects=False, headers={"accept-encoding": "gzip"})


@pytest.fixture
def client(built):
    return opened(site_files(built, None))


@pytest.fixture
def reloading(built):
    reload = Reload()
    return opened(site_files(built, reload), reload)


def path_of(built, pattern: str) -> str:
    (file,) = built.dist.glob(pattern)
    return "/" + file.relative_to(built.dist).as_posix()


@pytest.mark.parametrize("path", ["/", "/index.html", ARTICLE, f"{ARTICLE}index.html", "/nowhere/"])
def test_every_page_has_the_policy(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"] == page_policy("https://hearts.example.org")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("pattern", "policy"), [("readerly/widgets-*/sandbox.html", None), ("ads/before.html", AD_POLICY)]
)
def test_what_stands_in_a_sandboxed_frame_has_its_own_policy(client, built, pattern, policy):
    """An advertisement that is opened by itself runs its scripts no nearer to the site than in its frame."""
    response = client.get(path_of(built, pattern))
    assert response.status_code == 200
    assert response.headers.get("content-security-policy") == policy
    assert policy is None or "allow-same-origin" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("readerly/boot.mjs", "text/javascript; charset=utf-8"),
        ("readerly/widgets-*/main.py", "text/x-python; charset=utf-8"),
        ("readerly/widgets-*/sandbox.json", "application/json"),
        ("readerly/runtime-*/micropython/micropython.wasm", "application/wasm"),
        ("readerly/runtime-*/pyscript/core.js", "text/javascript; charset=utf-8"),
        ("readerly/runtime-*/pyodide/python_stdlib.zip", "application/zip"),
        ("theme-*.css", "text/css; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("favicon.svg", "image/svg+xml"),
        ("index.html", "text/html; charset=utf-8"),
    ],
)
def test_each_kind_of_file_is_called_what_it_is(client, built, pattern, kind):
    assert client.get(path_of(built, pattern)).headers["content-type"] == kind


def test_a_file_travels_compressed_to_whom_can_read_it(client, built):
    path = path_of(built, "readerly/runtime-*/micropython/micropython.wasm")
    data = (built.dist / path[1:]).read_bytes()
    with client.stream("GET", path) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "accept-encoding"
        sent = b"".join(packed.iter_raw())
    assert len(sent) < len(data) / 2
    assert gzip.decompress(sent) == data


@pytest.mark.parametrize("accepted", ["identity", "", "br, gzip;q=0", "gzip; q=0.0, deflate"])
def test_a_file_travels_as_it_is_to_whom_cannot(client, built, accepted):
    path = path_of(built, "readerly/runtime-*/micropython/micropython.wasm")
    plain = client.get(path, headers={"accept-encoding": accepted})
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "accept-encoding"
    assert plain.content == (built.dist / path[1:]).read_bytes()


@pytest.mark.parametrize(
    "pattern", ["readerly/runtime-*/pyscript/core.js", "readerly/widgets-*/main.py", "theme-*.css"]
)
def test_what_never_changes_is_never_asked_for_again(client, built, pattern):
    assert client.get(path_of(built, pattern)).headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", ARTICLE, "/readerly/boot.mjs", "/feed.xml", "/pages.json"])
def test_what_may_change_is_asked_for_and_not_sent_twice(client, path):
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_an_unknown_address_gets_the_sites_own_page(client, built):
    response = client.get("/articles/nothing-here/")
    assert response.status_code == 404
    assert response.content == (built.dist / "404.html").read_bytes()
    known = client.get("/articles/nothing-here/", headers={"if-none-match": response.headers["etag"]})
    assert known.status_code == 404  # never "you have it": it is not the page that was asked for


def test_a_folder_without_its_slash_leads_to_the_one_with_it(client):
    response = client.get(ARTICLE.rstrip("/"))
    assert response.status_code in (301, 307, 308)
    assert response.headers["location"].endswith(ARTICLE)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/articles/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "http://testserver//secret.txt",
        "/%00",
    ],
)
def test_nothing_outside_the_site_is_served(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "not served" not in response.text


def test_a_link_out_of_the_site_is_not_followed(client, built):
    (built.dist / "escape.txt").symlink_to(built.dist.parent / "secret.txt")
    try:
        assert client.get("/escape.txt").status_code == 404
    finally:
        (built.dist / "escape.txt").unlink()


def test_asking_for_the_head_brings_no_body(client):
    response = client.head(ARTICLE)
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 1000
    assert response.content == b""


def test_files_are_not_changed_from_outside(client):
    assert client.post(ARTICLE).status_code == 405


def test_pages_get_the_reload_script_only_when_asked(client, reloading, built):
    line = f'<script type="module" src="{SCRIPT}"></script>'
    assert line not in client.get(ARTICLE).text
    for path in (ARTICLE, "/", "/nowhere/"):
        assert line in reloading.get(path).text.partition("</head>")[0]
    for pattern in ("readerly/widgets-*/sandbox.html", "ads/before.html"):
        assert line not in reloading.get(path_of(built, pattern)).text
    assert not [file for file in built.dist.rglob("*.html") if line in file.read_text(encoding="utf-8")]


def test_the_reload_script_is_there(reloading):
    response = reloading.get(SCRIPT)
    assert response.headers["content-type"].startswith("text/javascript")
    assert "EventSource" in response.text


def test_a_page_with_the_script_is_not_sent_twice_either(reloading):
    first = reloading.get(ARTICLE)
    assert reloading.get(ARTICLE, headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_a_new_build_is_told_to_every_open_page():
    async def run() -> list[str]:
        reload = Reload()
        pages = [reload._stream(), reload._stream()]
        opened = [await anext(page) for page in pages]
        waiting = [asyncio.ensure_future(anext(page)) for page in pages]
        await asyncio.sleep(0)
        reload.built()
        told = await asyncio.gather(*waiting)
        reload.close()
        for page in pages:
            with pytest.raises(StopAsyncIteration):
                await anext(page)
        return opened + told

    opened_first, _, *told = asyncio.run(run())
    assert opened_first.startswith("retry:")
    assert told == ["event: built\ndata: 1\n\n"] * 2


def test_a_site_below_a_path_is_served_there(built):
    app = opened(site_files(built, None), base_path="/blog/")
    assert app.get(f"/blog{ARTICLE}").status_code == 200
    assert app.get(f"/blog{ARTICLE.rstrip('/')}").headers["location"].endswith(f"/blog{ARTICLE}")
    for path in ("/", "/blog"):
        assert app.get(path).headers["location"] == "/blog/"


def test_a_newer_build_is_served_at_once(built, tmp_path):
    site = tmp_path / "out"
    shutil.copytree(built.dist, site)
    client = opened(SiteFiles(site, "default-src 'self'"))
    assert "newer" not in client.get(ARTICLE).text
    newer = tmp_path / "newer"
    shutil.copytree(built.dist, newer)
    (newer / "articles/first-article/index.html").write_text("<html><head></head>newer", encoding="utf-8")
    site.rename(tmp_path / "older")
    newer.rename(site)
    assert client.get(ARTICLE, headers={"accept-encoding": "identity"}).text.endswith("newer")
