"""`readerly service run`: the service in a process of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from readerly_site.service import Settings

READERLY = str(Path(sys.executable).with_name("readerly"))


def test_runs_by_the_environment_until_it_is_asked_to_end(settings: Settings) -> None:
    environment = {**os.environ, "READERLY_DATABASE": settings.database, "READERLY_PAGES": str(settings.pages)}
    command = [READERLY, "service", "run", "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        lines = (json.loads(line) for line in process.stderr)
        where = next(line["address"] for line in lines if line["event"] == "The service listens.")
        with httpx.Client(base_url=where, verify=False, timeout=20) as client:
            assert client.get("/readyz").json() == {"status": "ready"}
        process.send_signal(signal.SIGTERM)
        assert [line["address"] for line in lines if line["event"] == "request"] == ["/readyz"]
    assert process.returncode in (0, -signal.SIGTERM)


@pytest.mark.parametrize(
    ("environment", "told"),
    [({}, "knows no page"), ({"READERLY_PAGES": "pages.json", "READERLY_LOG_LEVEL": "loud"}, "READERLY_LOG_LEVEL")],
)
def test_what_is_wrong_is_told_in_a_sentence(tmp_path: Path, environment: dict[str, str], told: str) -> None:
    command = [READERLY, "service", "run", "--port", "0"]
    done = subprocess.run(
        command,
        check=False,
        cwd=tmp_path,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
