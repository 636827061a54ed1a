"""Gets the programs that tests run, those that are missing; `make test` runs it, and it is quick the second time.

On Debian the browsers come as packages, when this may install any; elsewhere Playwright brings its own. The web servers
are unpacked from Debian's packages, and installed nowhere. A program that cannot be had is named with the way to get
it, and is no failure here: the tests that need it say the same, and fail in CI.
"""

import os
import shutil
import subprocess
import sys
import tempfile
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

SERVERS = {"nginx": ["nginx", "libnginx-mod-http-brotli-static"], "caddy": ["caddy"]}
"""Debian's packages with the web servers that `readerly hosting` writes for."""

UNPACKED = Path(sys.prefix) / "servers"
"""Where they are unpacked, in the virtual environment: installed they would begin to serve port 80 of this machine."""


def found(engine: str) -> bool:
    """Tell whether the tests can run `engine`: as a package of the system, or as Playwright's own."""
    return all(map(shutil.which, PROGRAMS[engine])) or playwrights(engine).is_file()


def playwrights(engine: str) -> Path:
    """Return where Playwright keeps its own browser, whether it is there or not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(getattr(playwright, engine).executable_path)


def server(name: str) -> Path | None:
    """Return where the web server `name` is, the machine's own or one that was unpacked; None where there is none."""
    for folder in (None, "/usr/sbin", UNPACKED / "usr/sbin", UNPACKED / "usr/bin"):
        if program := shutil.which(name, path=folder):
            return Path(program)
    return None


def run(*command: str, folder: str | None = None) -> bool:
    """Run a command, in `folder`, and tell whether it succeeded; what it says is shown only when it did not."""
    out = subprocess.PIPE
    try:
        done = subprocess.run(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, text=True, check=False)
    except OSError:
        return False
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def debian() -> bool:
    """Tell whether Debian's packages fit this machine."""
    release = Path("/etc/os-release")
    return release.is_file() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def updated() -> list[str] | None:
    """Bring the list of packages up to date; return what lets a command run as root, None where we may not."""
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become and (not shutil.which("sudo") or not run(*become, "true")):
        return None
    run(*become, "apt-get", "update", "-qq")
    return become


def install_packages(engines: list[str], become: list[str]) -> None:
    """Install Debian's packages; one that fails must not keep the others away."""
    quietly = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq"]
    for engine in engines:
        print(f"Installing {engine} for the tests (once)", flush=True)
        run(*quietly, "--no-install-recommends", *PACKAGES[engine], *FONTS)


def unpack_servers(names: list[str]) -> None:
    """Fetch Debian's packages and unpack them, which takes no rights; the libraries they need are everywhere."""
    for name in names:
        print(f"Fetching {name} for the tests (once)", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            if run("apt-get", "download", "-qq", *SERVERS[name], folder=folder):
                for package in Path(folder).glob("*.deb"):
                    run("dpkg-deb", "--extract", str(package), str(UNPACKED))


def main() -> None:
    """Get what is missing, then name what still is."""
    missing = [engine for engine in PACKAGES if not found(engine)]
    servers = [name for name in SERVERS if not server(name)]
    if (missing or servers) and debian():
        become = updated()
        if missing and become is not None:
            install_packages(missing, become)
        unpack_servers(servers)
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
    for name in servers:
        if not server(name):
            print(
                f"{name} is missing: on Debian `apt-get install {' '.join(SERVERS[name])}` brings it; "
                "the tests that need it will say so."
            )


if __name__ == "__main__":
    main()
