"""Gets the browsers the tests run in, those that are missing; `make test` runs it, and it is quick the second time.

On Debian they come as packages, when this may install any; elsewhere Playwright brings its own. A browser that cannot
be had is named with the way to get it, and is no failure here: the tests that need it say the same, and fail in CI.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "chromium": ["chromium"],
    "firefox": ["firefox-esr"],
    "webkit": ["webkit2gtk-driver", "xvfb"],  # the driver's library brings MiniBrowser, the browser it drives
}
"""Debian's packages, by Playwright's name of the engine."""

PROGRAMS = {
    "chromium": ["chromium"],
    "firefox": ["firefox-esr"],
    "webkit": ["WebKitWebDriver", "Xvfb"],
}
"""What these packages put on the PATH."""

FONTS = ["fonts-dejavu-core", "fonts-liberation"]


def found(engine: str) -> bool:
    """Tell whether the tests can run `engine`: as a package of the system, or as Playwright's own."""
    return all(map(shutil.which, PROGRAMS[engine])) or playwrights(engine).is_file()


def playwrights(engine: str) -> Path:
    """Return where Playwright keeps its own browser, whether it is there or not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(getattr(playwright, engine).executable_path)


def run(*command: str) -> bool:
    """Run a command and tell whether it succeeded; what it says is shown only when it did not."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except OSError:
        return False
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def install_packages(engines: list[str]) -> None:
    """Install Debian's packages, when this is Debian and we may; one that fails must not keep the others away."""
    release = Path("/etc/os-release")
    if not release.is_file() or "ID=debian" not in release.read_text(encoding="utf-8").splitlines():
        return
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become and (not shutil.which("sudo") or not run(*become, "true")):
        return
    run(*become, "apt-get", "update", "-qq")
    quietly = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq"]
    for engine in engines:
        print(f"Installing {engine} for the tests (once)", flush=True)
        run(*quietly, "--no-install-recommends", *PACKAGES[engine], *FONTS)


def main() -> None:
    """Install what is missing, then name what still is."""
    missing = [engine for engine in PACKAGES if not found(engine)]
    if missing:
        install_packages(missing)
    missing = [engine for engine in missing if not found(engine)]
    for engine in missing:
        print(f"Fetching Playwright's {engine} for the tests (once)", flush=True)
        with_libraries = ["--with-deps"] if sys.platform == "linux" and os.geteuid() == 0 else []
        run(sys.executable, "-m", "playwright", "install", *with_libraries, engine)
    for engine in missing:
        if not found(engine):
            packages = " ".join(PACKAGES[engine])
            print(
                f"{engine.title()} is missing: on Debian `apt-get install {packages}` brings it, elsewhere "
                f"`.venv/bin/python -m playwright install {engine}`; the tests that need it will say so."
            )


if __name__ == "__main__":
    main()
