"""Whatever is sent, the service answers, and never with a failure of its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readerly_site.service import Settings

ADDRESSES = [
    ("PUT", "/api/heart"),
    ("POST", "/api/heart"),
    ("POST", "/api/view"),
    ("POST", "/api/reader"),
    ("GET", "/api/pages"),
]
content_types = st.sampled_from(["application/json", "application/x-www-form-urlencoded", "é", ""])
bodies = st.one_of(
    st.binary(max_size=1100),
    st.recursive(st.none() | st.booleans() | st.text(), st.lists, max_leaves=5).map(lambda it: json.dumps(it).encode()),
    st.dictionaries(st.just("on"), st.booleans() | st.integers()).map(lambda it: json.dumps(it).encode()),
)


def utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@pytest.fixture(scope="module")
def lasting_client(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., AbstractContextManager[httpx.Client]]
) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("malformed")
    (folder / "pages.json").write_text('{"pages": [{"path": "/articles/a/"}]}')
    made = Settings(f"sqlite:///{folder / 'db.sqlite3'}", folder / "pages.json", ("https://blog.example",))
    with serve(made) as client:
        client.headers["Authorization"] = f"Bearer {client.post('/api/reader').json()['token']}"
        yield client


def assert_answered(answer: httpx.Response) -> None:
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"


@settings(max_examples=150, deadline=None)
@given(address=st.sampled_from(ADDRESSES), path=st.binary(max_size=600) | st.text(max_size=200).map(utf8))
def test_any_page(lasting_client: httpx.Client, address: tuple[str, str], path: bytes) -> None:
    query = "path=" + "".join(f"%{byte:02x}" for byte in path)
    assert_answered(lasting_client.request(address[0], f"{address[1]}?{query}", content=b'{"on": true}'))


@settings(max_examples=100, deadline=None)
@given(rest=st.text(max_size=60))
def test_any_page_of_a_configured_origin_goes_back_there(lasting_client: httpx.Client, rest: str) -> None:
    page = utf8(f"https://blog.example{rest}").decode()
    answer = lasting_client.post("/api/heart", params={"path": page})
    assert_answered(answer)
    if answer.status_code == 303:
        place = httpx.URL(answer.headers["location"])
        assert (place.scheme, place.host) == ("https", "blog.example")


@settings(max_examples=150, deadline=None)
@given(address=st.sampled_from(ADDRESSES[:-1]), body=bodies, content_type=content_types)
def test_any_body(lasting_client: httpx.Client, address: tuple[str, str], body: bytes, content_type: str) -> None:
    headers = {b"Content-Type": content_type.encode()}
    assert_answered(lasting_client.request(*address, params={"path": "/articles/a/"}, content=body, headers=headers))


@settings(max_examples=100, deadline=None)
@given(
    name=st.sampled_from(["Authorization", "Cookie", "Origin", "Sec-Fetch-Site", "Content-Type"]),
    value=st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_categories=["Cc"]), max_size=80),
    prefix=st.sampled_from(["", "Bearer ", "readerly_reader=", "https://"]),
)
def test_any_header(lasting_client: httpx.Client, name: str, value: str, prefix: str) -> None:
    headers = {name.encode(): f"{prefix}{value}".strip().encode("latin-1")}
    params = {"path": "/articles/a/"}
    assert_answered(lasting_client.post("/api/heart", params=params, headers=headers))
    assert_answered(lasting_client.put("/api/heart", params=params, json={"on": True}, headers=headers))
    assert_answered(lasting_client.get("/api/pages", params=params, headers=headers))
