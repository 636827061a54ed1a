"""Hypothesis finds examples anew at each run, at whatever speed the machine has; in CI they are always the same."""

import json
import os
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None, database=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("here")


@pytest.fixture
def in_node(node: str) -> Callable[[str], Any]:
    """A function that runs a program in Node and returns what it hands to `tell`, which ends it."""
    tell = "const tell = (value) => { console.log(JSON.stringify(value)); process.exit(); };\n"

    def run(program: str) -> Any:
        command = [node, "--input-type=module", "-e", tell + program]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
        assert not done.returncode, done.stderr
        return json.loads(done.stdout)

    return run
