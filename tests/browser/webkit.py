"""Debian's WebKitGTK: where it is, a screen for it, and a browser that Selenium drives."""

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver


def mini_browser() -> str | None:
    """Return where Debian keeps WebKitGTK's small browser, which only its driver starts."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return str(found[-1]) if found else None


def found() -> bool:
    """Tell whether all that `screen` and `driven` start is here."""
    return mini_browser() is not None and all(map(shutil.which, ("WebKitWebDriver", "Xvfb")))


@contextmanager
def screen() -> Generator[str]:
    """A display nobody sees: the browser has no headless mode."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL)
    os.close(tells)
    try:
        with os.fdopen(told) as pipe:
            yield ":" + pipe.readline().strip()
    finally:
        server.terminate()
        server.wait()


@contextmanager
def driven(display: str, composited: bool = False) -> Generator[WebDriver]:
    """Start a browser on a screen that is there, and end it.

    Where its pages are `composited`, as a reader's are, Mesa's software renderer does it, for want of a graphics card.
    That ends a page now and then, and with it all that its driver is asked later: a general protection fault of
    WebKit's compositor in swrast_dri.so, Mesa 22.3.6. Where they are not, who asks for a screenshot waits for ever.
    """
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(mini_browser())
    options.add_argument("--automation")
    environment = {**os.environ, "DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    if not composited:
        environment["WEBKIT_DISABLE_COMPOSITING_MODE"] = "1"
    service = webdriver.WebKitGTKService(str(shutil.which("WebKitWebDriver")), env=environment)
    driver = webdriver.WebKitGTK(options=options, service=service)
    try:
        yield driver
    finally:
        driver.quit()


def spent(driver: WebDriver) -> float:
    """Return the seconds of computing that the processes of a browser have taken, all threads of them together."""
    assert isinstance(driver, webdriver.WebKitGTK)
    driving = psutil.Process(driver.service.process.pid)
    return sum(sum(each.cpu_times()[:2]) for each in driving.children(recursive=True))
