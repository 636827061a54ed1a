"""Where the three browsers are on this machine, and what to say where one is not."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
"""Chromium's own requests are none of the pages' under test."""

AS_A_READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
"""What Chromium calls itself: without a window it would say so, and the service counts no view of such a one."""

PACKAGES = {"chromium": "chromium", "firefox": "firefox-esr", "webkit": "webkit2gtk-driver xvfb"}


def launch_options(engine: str, playwright: Playwright) -> dict[str, Any] | None:
    """Return what Playwright needs to launch `engine`, the system's or its own; None where there is neither."""
    options: dict[str, Any] = {}
    if engine == "chromium":
        options["args"] = [*QUIET, f"--user-agent={AS_A_READER}"] + (
            ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        )
    system = {"chromium": "chromium", "firefox": "firefox-esr"}.get(engine)
    path = shutil.which(system) if system else None
    if path and sys.platform == "linux":
        options["executable_path"] = path
        if engine == "firefox":
            options["channel"] = "moz-firefox"
        return options
    return options if Path(getattr(playwright, engine).executable_path).is_file() else None


def missing(engine: str) -> None:
    """Say which browser is missing and how to get it: a skip on somebody's machine, a failure in CI."""
    sentence = (
        f"{engine.title()} is missing: on Debian `apt-get install {PACKAGES[engine]}` brings it, elsewhere "
        f"`python -m playwright install {engine}`."
    )
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
