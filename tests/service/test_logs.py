"""What the log of a service that runs by itself holds."""

import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings
from readerly_site.service.logs import REQUEST, JsonLines, log_as_json

ADDRESS = "198.51.100.77"
BROWSER = "Mozilla/5.0 (Chosen for this test)"


@dataclass
class Logged:
    """A client of a service, and its log's lines, once it has ended."""

    client: httpx.Client
    text: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def service(settings: Settings, listening: socket.socket, level: str | None = None) -> Generator[Logged]:
    environment = {**os.environ, "READERLY_DATABASE": settings.database, "READERLY_PAGES": str(settings.pages)}
    if level:
        environment["READERLY_LOG_LEVEL"] = level
    # Not one option of uvicorn's that would keep addresses out: the service must see to it.
    command = [sys.executable, "-m", "uvicorn", "--factory", "readerly_site.service:from_environment"]
    options = ["--fd", str(listening.fileno()), "--forwarded-allow-ips", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, *options],
        env=environment,
        pass_fds=[listening.fileno()],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx.Client(base_url=base, timeout=20, verify=False) as client:
            client.headers.update({"User-Agent": BROWSER, "X-Forwarded-For": ADDRESS})
            yield (logged := Logged(client))
    finally:
        process.terminate()
        logged.text = process.communicate(timeout=20)[0]
    logged.lines = [json.loads(line) for line in logged.text.splitlines()]


def test_each_request_is_a_line_of_json_with_its_id_and_nobodys_address(
    settings: Settings, listening: socket.socket
) -> None:
    with service(settings, listening) as logged:
        page = {"path": "/articles/a/"}
        token = logged.client.post("/api/reader").json()["token"]
        first = logged.client.put(
            "/api/heart", params=page, json={"on": True}, headers={"Authorization": f"Bearer {token}"}
        )
        logged.client.get("/healthz", headers={"X-Request-ID": "a-proxys-own-id"})
        logged.client.get("/nothing/here?name=value")
    requests = [line for line in logged.lines if line["event"] == "request"]
    assert [(line["method"], line["address"], line["status"]) for line in requests] == [
        ("POST", "/api/reader", 201),
        ("PUT", "/api/heart", 200),
        ("GET", "/healthz", 200),
        ("GET", "site", 404),
    ]
    assert requests[1]["request_id"] == first.headers["x-request-id"]
    assert requests[2]["request_id"] == "a-proxys-own-id"
    for line in logged.lines:
        assert {"time", "level", "logger", "event"} <= set(line)
    assert "127.0.0.1" not in json.dumps(requests)
    for told in (ADDRESS, "Mozilla", token, "/articles/a/", "name=value"):
        assert told not in logged.text


def test_from_a_higher_level_on_requests_are_not_logged(settings: Settings, listening: socket.socket) -> None:
    with service(settings, listening, "warning") as logged:
        assert logged.client.get("/healthz").status_code == 200
    assert logged.lines == []


def test_a_level_that_is_none_is_a_mistake() -> None:
    with pytest.raises(ReaderlyError, match="READERLY_LOG_LEVEL is one of"):
        log_as_json("loud")


def test_a_traceback_stays_on_its_line_and_extras_are_fields() -> None:
    logger = logging.getLogger("readerly_site.test")
    inside = REQUEST.set("an-id")
    try:
        raise ValueError("over\ntwo lines")
    except ValueError:
        record = logger.makeRecord("name", logging.ERROR, "", 0, "It %s.", ("broke",), sys.exc_info(), extra={"n": 1})
    line = JsonLines().format(record)
    REQUEST.reset(inside)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["event"], told["level"], told["n"], told["request_id"]) == ("It broke.", "error", 1, "an-id")
    assert "ValueError: over\ntwo lines" in told["exception"]
