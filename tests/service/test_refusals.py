"""What is refused, and how: RFC 9457 problem details, never a traceback."""

from collections.abc import Iterator

import httpx
import pytest

from readerly_site.service.store import Store

A = {"path": "/articles/a/"}


def assert_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize("path", ["/nope/", "/articles/a", "", "articles/a/", "https://evil.example/articles/a/"])
def test_an_unknown_page_is_404(client: httpx.Client, reader: dict[str, str], path: str) -> None:
    params = {"path": path}
    assert_problem(client.put("/api/heart", params=params, json={"on": True}, headers=reader), 404)
    assert_problem(client.post("/api/heart", params=params), 404)
    assert_problem(client.post("/api/view", params=params, headers=reader), 404)


@pytest.mark.parametrize("query", ["", "?page=/articles/a/", "?path=/articles/a/&path=/articles/b/"])
def test_a_write_names_exactly_one_page(client: httpx.Client, reader: dict[str, str], query: str) -> None:
    assert_problem(client.put(f"/api/heart{query}", json={"on": True}, headers=reader), 400)
    assert_problem(client.post(f"/api/heart{query}"), 400)
    assert_problem(client.post(f"/api/view{query}", headers=reader), 400)


@pytest.mark.parametrize("body", ["", "{", "on", '{"on": tru}', "[" * 1024, "\udcff", "\x00"])
def test_a_body_that_is_not_json_is_400(client: httpx.Client, reader: dict[str, str], body: str) -> None:
    content = body.encode("utf-8", "surrogateescape")
    assert_problem(client.put("/api/heart", params=A, content=content, headers=reader), 400)


@pytest.mark.parametrize(
    "body", ["{}", "null", "true", "[]", '{"on": 1}', '{"on": "true"}', '{"on": null}', '{"ON": true}']
)
def test_json_that_is_no_heart_is_422(client: httpx.Client, reader: dict[str, str], body: str) -> None:
    assert_problem(client.put("/api/heart", params=A, content=body, headers=reader), 422)


@pytest.mark.parametrize("address", ["/api/heart", "/api/view", "/api/reader"])
@pytest.mark.parametrize("size", [1025, 100_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_long_body_is_413(
    client: httpx.Client, reader: dict[str, str], address: str, size: int, chunked: bool
) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(size // 25):
            yield b" " * 25

    content = chunks() if chunked else b" " * size
    method = "PUT" if address == "/api/heart" else "POST"
    assert_problem(client.request(method, address, params=A, content=content, headers=reader), 413)


def test_a_body_of_just_the_limit_is_read(client: httpx.Client, reader: dict[str, str]) -> None:
    body = b'{"on": true}'.ljust(1024)
    assert client.put("/api/heart", params=A, content=body, headers=reader).status_code == 200


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("PUT", "/api/reader"),
        ("POST", "/api/pages"),
        ("GET", "/api/heart"),
        ("DELETE", "/api/heart"),
        ("GET", "/api/view"),
        ("OPTIONS", "/api/heart"),
        ("POST", "/healthz"),
    ],
)
def test_another_method_is_405(client: httpx.Client, method: str, address: str) -> None:
    answer = client.request(method, address, params=A)
    assert_problem(answer, 405)
    assert method not in answer.headers["allow"].split(", ")


@pytest.mark.parametrize("address", ["/", "/api", "/api/", "/api/nope", "/api/heart/", "/articles/a/"])
def test_another_address_is_404(client: httpx.Client, address: str) -> None:
    assert_problem(client.get(address), 404)


def test_a_failure_of_ours_shows_no_traceback(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("an inner secret")

    monkeypatch.setattr(Store, "counts", fail)
    answer = client.get("/api/pages", params=A)
    assert_problem(answer, 500)
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
