"""POST /api/heart: the plain form of readers without JavaScript."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest
from starlette.requests import Request

from readerly_site.service import Settings
from readerly_site.service.problems import Problem, respond

A = {"path": "/articles/a/"}
Serve = Callable[..., AbstractContextManager[httpx.Client]]
BLOG = "https://blog.example"
EVIL = "https://evil.example"


@pytest.fixture(scope="module")
def blogs_service(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[httpx.Client]:
    """Return a client of a service that `BLOG` may use too."""
    folder = tmp_path_factory.mktemp("blog")
    (folder / "pages.json").write_text('{"pages": [{"path": "/articles/a/"}]}')
    with serve(Settings(f"sqlite:///{folder / 'db.sqlite3'}", folder / "pages.json", (BLOG,))) as client:
        yield client


def hearts(client: httpx.Client) -> int:
    return client.get("/api/pages", params=A).json()["pages"][A["path"]]["hearts"]


def test_goes_back_to_the_page_with_a_heart(client: httpx.Client) -> None:
    answer = client.post("/api/heart", params=A)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/articles/a/#hearted"
    assert answer.headers["cache-control"] == "no-store"
    assert hearts(client) == 1


def test_the_field_on_sets_the_heart_on_or_off(client: httpx.Client) -> None:
    assert client.post("/api/heart", params=A, data={"on": "true"}).headers["location"] == "/articles/a/#hearted"
    assert client.post("/api/heart", params=A, data={"on": "false"}).headers["location"] == "/articles/a/#unhearted"
    assert hearts(client) == 0


def test_the_cookie_makes_the_second_post_the_same_readers(client: httpx.Client) -> None:
    for _ in range(3):
        client.post("/api/heart", params=A)
    assert hearts(client) == 1
    client.cookies.clear()
    client.post("/api/heart", params=A)
    assert hearts(client) == 2


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(client: httpx.Client) -> None:
    parts = {part.strip().lower() for part in client.post("/api/heart", params=A).headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=lax", "path=/api/"} <= parts
    assert "secure" not in parts, "plain http on loopback would lose it"


def test_a_forged_cookie_is_a_new_reader(client: httpx.Client) -> None:
    client.post("/api/heart", params=A)
    reader, signature = client.cookies["readerly_reader"].split(".")
    forged = f"{reader}.{signature[::-1]}"
    client.cookies.clear()
    client.post("/api/heart", params=A, headers={"Cookie": f"readerly_reader={forged}"})
    assert hearts(client) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
        {"Origin": EVIL, "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": BLOG, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_post_from_another_site_is_refused(blogs_service: httpx.Client, headers: dict[str, str]) -> None:
    before = hearts(blogs_service)
    answer = blogs_service.post("/api/heart", params=A, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["status"] == 403
    assert "set-cookie" not in answer.headers
    assert hearts(blogs_service) == before


def test_a_post_from_the_own_site_is_accepted(client: httpx.Client) -> None:
    own = str(client.base_url).rstrip("/")
    for headers in ({"Origin": own}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        assert client.post("/api/heart", params=A, headers=headers).status_code == 303


def test_a_configured_origin_of_the_same_site_goes_back_there(blogs_service: httpx.Client) -> None:
    answer = blogs_service.post("/api/heart", params=A, headers={"Origin": BLOG, "Sec-Fetch-Site": "same-site"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{BLOG}/articles/a/#hearted"


@pytest.mark.parametrize(
    "path",
    [
        EVIL,
        f"{EVIL}/articles/a/",
        "//evil.example/articles/a/",
        "/\\evil.example/",
        "/articles/a/@evil.example",
        "/articles/a/\r\nLocation: https://evil.example",
        "/articles/a/../../evil",
        f"{BLOG}@evil.example/articles/a/",
        f"{BLOG}.evil.example/articles/a/",
        "javascript:alert(1)",
    ],
)
def test_never_redirects_elsewhere(blogs_service: httpx.Client, path: str) -> None:
    answer = blogs_service.post("/api/heart", params={"path": path})
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("on=maybe", "application/x-www-form-urlencoded", 422),
        ("on=", "application/x-www-form-urlencoded", 422),
        ("a&" * 20, "application/x-www-form-urlencoded", 400),
        ("on=true&é", "application/x-www-form-urlencoded", 400),
        ("on=true", "text/plain", 415),
        ("{}", "application/json", 415),
        ("on=" + "x" * 2000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_what_is_no_heart_form_is_refused(client: httpx.Client, body: str, content_type: str, status: int) -> None:
    answer = client.post("/api/heart", params=A, content=body.encode(), headers={"Content-Type": content_type})
    assert answer.status_code == status
    assert hearts(client) == 0


def test_a_refusal_is_a_page_for_a_browser(client: httpx.Client) -> None:
    answer = client.post("/api/heart", params={"path": "/nope/"}, headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert "<h1>Not Found</h1>" in answer.text


def test_that_page_shows_its_sentence_as_text() -> None:
    request = Request({"type": "http", "headers": [(b"accept", b"text/html")]})
    body = bytes(respond(request, Problem(400, "<script>alert(1)</script>")).body)
    assert b"<script" not in body
    assert b"&lt;script" in body
