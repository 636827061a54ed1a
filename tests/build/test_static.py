"""A built site is served the way a good static host would, under the policy its pages live under."""

import asyncio
import gzip
import shutil

import brotli
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from readerly_site.build import build
from readerly_site.compress import SIBLINGS, zstd
from readerly_site.headers import AD_POLICY, KINDS
from readerly_site.new import new
from readerly_site.policy import sent_policy
from readerly_site.reload import SCRIPT, Reload
from readerly_site.serve import site_app, site_files
from readerly_site.static import SiteFiles

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
    assert headers["content-security-policy"] == sent_policy("https://hearts.example.org")
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
        ("readerly/runtime-*/pyodide/library.zip", "application/zip"),
        ("theme-*.css", "text/css; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("favicon.svg", "image/svg+xml"),
        ("index.html", "text/html; charset=utf-8"),
    ],
)
def test_each_kind_of_file_is_called_what_it_is(client, built, pattern, kind):
    assert client.get(path_of(built, pattern)).headers["content-type"] == kind


LARGE = "readerly/runtime-*/pyodide/pyodide.asm.wasm"
"""A file that has all siblings."""

WASM = "readerly/runtime-*/micropython/micropython.wasm"
"""A file with both siblings."""

WHEEL = "readerly/runtime-*/micropip-*.whl"
"""A file with none."""


def raw(client, path: str, **headers: str):
    """Return an answer and its bytes as they travelled."""
    with client.stream("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}) as got:
        return got, b"".join(got.iter_raw())


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
        ("gzip;q=0", None),
        ("gzip;q=0.5, identity", None),
    ],
)
def test_a_file_travels_as_its_reader_likes_it_best(client, built, accepted, coding):
    path = path_of(built, WASM)
    response, sent = raw(client, path, accept_encoding=accepted)
    assert response.headers.get("content-encoding") == coding
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-type"] == "application/wasm"
    assert int(response.headers["content-length"]) == len(sent)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert unpack(sent) == (built.dist / path[1:]).read_bytes()


def test_a_large_file_travels_in_what_is_unpacked_fastest(client, built):
    path = path_of(built, LARGE)
    response, sent = raw(client, path, accept_encoding="gzip, deflate, br, zstd")
    assert response.headers["content-encoding"] == "zstd"
    assert zstd.decompress(sent) == (built.dist / path[1:]).read_bytes()
    assert raw(client, path, accept_encoding="gzip, deflate, br")[0].headers["content-encoding"] == "br"


def test_a_header_in_two_lines_is_one(client, built):
    twice = [("accept-encoding", "br;q=0"), ("accept-encoding", "gzip")]
    response = client.get(path_of(built, WASM), headers=twice)
    assert response.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("pattern", "accepted", "status"),
    [
        (WASM, "identity;q=0", 406),
        (WASM, "*;q=0", 406),
        (WASM, "identity;q=0, gzip", 200),
        (WHEEL, "identity;q=0, gzip", 406),
        (WHEEL, "gzip, br", 200),
        ("index.html", "*;q=0", 406),
    ],
)
def test_what_a_reader_refuses_is_not_sent(client, built, pattern, accepted, status):
    response = client.get(path_of(built, pattern), headers={"accept-encoding": accepted})
    assert response.status_code == status
    assert ("vary" in response.headers) == (pattern != WHEEL or status == 406)
    assert status == 200 or response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("ending", SIBLINGS.values())
def test_a_compressed_file_asked_for_by_its_name_is_a_file_like_others(client, built, ending):
    """Its bytes are what was asked for: a browser that unpacked them would not have the file."""
    path = path_of(built, LARGE) + ending
    response, sent = raw(client, path, accept_encoding="gzip, br")
    assert sent == (built.dist / path[1:]).read_bytes()
    assert not {"content-encoding", "vary"} & set(response.headers)
    assert response.headers["content-type"] == KINDS[ending]


def test_each_coding_has_a_tag_of_its_own(client, built):
    path = path_of(built, WASM)
    tags = {
        coding: raw(client, path, accept_encoding=coding)[0].headers["etag"] for coding in ("br", "gzip", "identity")
    }
    assert len(set(tags.values())) == 3
    for coding, tag in tags.items():
        assert raw(client, path, accept_encoding=coding, if_none_match=tag)[0].status_code == 304
        assert raw(client, path, accept_encoding=coding, if_none_match=", ".join(tags.values()))[0].status_code == 304
        other = {"br": "gzip", "gzip": "identity", "identity": "br"}[coding]
        assert raw(client, path, accept_encoding=other, if_none_match=tag)[0].status_code == 200


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_part_is_one_of_what_would_be_sent_as_a_whole(client, built, coding):
    """RFC 9110, 14.2: a range counts the bytes of the representation, and that is the compressed one."""
    path = path_of(built, WASM)
    whole, sent = raw(client, path, accept_encoding=coding)
    part, bytes_of_it = raw(client, path, accept_encoding=coding, range="bytes=100-199", if_range=whole.headers["etag"])
    assert part.status_code == 206
    assert bytes_of_it == sent[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(sent)}"
    for name in ("content-encoding", "etag", "vary", "cache-control", "content-type"):
        assert part.headers.get(name) == whole.headers.get(name)


def test_a_part_of_another_coding_is_not_given(client, built):
    path = path_of(built, WASM)
    packed = raw(client, path, accept_encoding="gzip")[0].headers
    for known in (packed["etag"], packed["last-modified"], f"W/{packed['etag']}"):
        response, sent = raw(client, path, accept_encoding="br", range="bytes=100-199", if_range=known)
        assert response.status_code == 200
        assert brotli.decompress(sent) == (built.dist / path[1:]).read_bytes()


@pytest.mark.parametrize(("method", "range"), [("HEAD", "bytes=0-9"), ("GET", "lines=0-9")])
def test_a_range_that_means_nothing_is_ignored(client, built, method, range):
    response = client.request(method, path_of(built, WASM), headers={"range": range, "accept-encoding": "identity"})
    assert response.status_code == 200
    assert int(response.headers["content-length"]) == (built.dist / path_of(built, WASM)[1:]).stat().st_size


def test_a_range_beyond_the_end_is_told_the_length(client, built):
    path = path_of(built, WASM)
    length = (built.dist / f"{path[1:]}.gz").stat().st_size
    response = client.get(path, headers={"range": "bytes=99999999-"})
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{length}"


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


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_asking_for_the_head_brings_all_of_it_but_no_body(client, coding):
    response = client.head(ARTICLE, headers={"accept-encoding": coding})
    assert response.status_code == 200
    assert response.content == b""
    whole = client.get(ARTICLE, headers={"accept-encoding": coding})
    assert dict(response.headers) == dict(whole.headers)


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
