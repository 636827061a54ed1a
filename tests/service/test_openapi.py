"""The API's description, and that the API keeps to it: schemathesis asks whatever it can think of."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings, create_app
from readerly_site.service.openapi import document

from ..bench.packages import Package

SCHEMATHESIS = Package("pip", "schemathesis", "4.32.5")
"""In a folder of its own: what it brings along must not be found by other tests."""

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
Serve = Callable[..., AbstractContextManager[httpx.Client]]


def test_it_describes_every_address_of_the_api(settings: Settings) -> None:
    described = {f"{method.upper()} {path}" for path, found in document()["paths"].items() for method in found}
    (api,) = [route for route in create_app(settings).routes if getattr(route, "path", "") == "/api"]
    there = {f"{method} {route.path}" for route in api.routes for method in route.methods - {"HEAD"}}  # type: ignore[attr-defined]
    assert described == there - {"GET /openapi.json"}


def test_it_is_served(client: httpx.Client) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == document()


@pytest.mark.parametrize("token", [False, True], ids=["anybody", "a reader"])
def test_nothing_it_can_be_asked_fails_or_is_answered_otherwise(
    settings: Settings, serve: Serve, new_reader: Callable[[httpx.Client], dict[str, str]], tmp_path: Path, token: bool
) -> None:
    try:
        home = SCHEMATHESIS.install()
    except ReaderlyError as error:
        pytest.skip(str(error))
    with serve(replace(settings, origins=("https://blog.example",))) as client:
        command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"]
        command += [f"{client.base_url}/api/openapi.json", "--checks", CHECKS, "--max-examples", "40", "--no-color"]
        # A stream does not end, so what is asked of it has tests of its own.
        command += ["--exclude-path", "/events", "--generation-deterministic", "--phases", "examples,coverage,fuzzing"]
        if token:
            command += ["--header", f"Authorization: {new_reader(client)['Authorization']}"]
        environment = {**os.environ, "PYTHONPATH": str(home)}
        done = subprocess.run(
            command, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert " passed" in done.stdout, done.stdout
        assert client.get("/readyz").status_code == 200
