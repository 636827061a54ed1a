"""Which other sites a browser lets use the API."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import httpx

from readerly_site.service import Settings

BLOG, EVIL = "https://blog.example", "https://evil.example"
Serve = Callable[..., AbstractContextManager[httpx.Client]]
ASK = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,content-type"}


def test_a_configured_origin_may_use_it_without_cookies(settings: Settings, serve: Serve) -> None:
    with serve(replace(settings, origins=(BLOG,))) as client:
        preflight = client.options("/api/heart", headers={"Origin": BLOG} | ASK)
        answer = client.post("/api/reader", headers={"Origin": BLOG})
        refusal = client.post("/api/view", headers={"Origin": BLOG})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == BLOG
    assert "PUT" in preflight.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in preflight.headers
    assert answer.headers["access-control-allow-origin"] == BLOG
    assert refusal.status_code == 401
    assert refusal.headers["access-control-allow-origin"] == BLOG, "the widget has to see why"


def test_no_other_origin_may(settings: Settings, serve: Serve) -> None:
    with serve(replace(settings, origins=(BLOG,))) as client:
        preflight = client.options("/api/heart", headers={"Origin": EVIL} | ASK)
        answer = client.get("/api/pages", headers={"Origin": EVIL})
    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in preflight.headers
    assert "access-control-allow-origin" not in answer.headers


def test_without_configured_origins_there_is_no_cors(client: httpx.Client) -> None:
    assert client.options("/api/heart", headers={"Origin": BLOG} | ASK).status_code == 405
    assert "access-control-allow-origin" not in client.get("/api/pages", headers={"Origin": BLOG}).headers
