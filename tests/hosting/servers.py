"""nginx and Caddy with a configuration that `readerly hosting` wrote, and the service they stand before."""

import os
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest

from ..browser.install import SERVERS, UNPACKED, server
from ..browser.servers import Threaded

PATIENCE = 30
"""Seconds after which a server that does not answer counts as failed."""

MODULES = (Path("/usr/lib/nginx/modules"), UNPACKED / "usr/lib/nginx/modules")
"""Where Debian's nginx has its modules, installed or unpacked."""

NGINX = """\
daemon off;
master_process off;
pid {folder}/pid;
{module}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""An nginx.conf that anybody may run: in the foreground, with all it writes in one folder."""

CADDY = """\
{
	admin off
	default_bind 127.0.0.1
}
import site.conf
"""
"""A Caddyfile that opens no other port than the site's, to nobody but this machine."""


def program(name: str) -> Path:
    """Return where the server `name` is. Where it is not: a skip on somebody's machine, a failure in CI."""
    if found := server(name):
        return found
    sentence = f"{name} is missing: on Debian `apt-get install {' '.join(SERVERS[name])}` brings it."
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def brotli(nginx: Path) -> Path | None:
    """Return the module with which `nginx` sends `.br` files, None where it has none."""
    folder = MODULES[nginx.is_relative_to(UNPACKED)]
    module = folder / "ngx_http_brotli_static_module.so"
    return module if module.is_file() else None


class Host:
    """A running nginx or Caddy, which serves what `configuration` says; `url` is the site's address in it."""

    def __init__(self, name: str, folder: Path, configuration: str, url: str) -> None:
        """Start it with its files in `folder`, and wait until it answers."""
        self.name, self.url = name, url
        binary = program(name)
        if name == "nginx":
            if module := brotli(binary):
                configuration = configuration.replace("# brotli_static on;", "brotli_static on;")
            line = f"load_module {module};" if module else ""
            (folder / "nginx.conf").write_text(NGINX.format(folder=folder, module=line), encoding="utf-8")
            command = [binary, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]
        else:
            (folder / "Caddyfile").write_text(CADDY, encoding="utf-8")
            command = [binary, "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]
        (folder / "site.conf").write_text(configuration, encoding="utf-8")
        own = {"XDG_DATA_HOME": f"{folder}", "XDG_CONFIG_HOME": f"{folder}", "HOME": f"{folder}"}
        with (folder / "log").open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [*map(str, command)], cwd=folder, env={**os.environ, **own}, stdout=log, stderr=log
            )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                httpx.get(url)
                return
            except httpx.TransportError as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    self.stop()
                    said = (folder / "log").read_text(encoding="utf-8")
                    raise AssertionError(f"{name} did not start:\n{said}") from error
                time.sleep(0.02)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)


class Service(Threaded):
    """Stands for the service: says what it was asked, and streams an event, then another when `more` is set."""

    def __init__(self) -> None:
        self.more = threading.Event()
        more = self.more

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self.path.startswith("/api/events"):
                    self.send_response(200)
                    self.send_header("Content-Type", "text/event-stream")
                    self.send_header("Connection", "close")
                    self.end_headers()
                    self.wfile.write(b"data: first\n\n")
                    more.wait(PATIENCE)
                    self.wfile.write(b"data: second\n\n")
                    self.close_connection = True
                    return
                asked = f"{self.command} {self.path}"
                body = "\n".join([asked, *(f"{name.lower()}: {value}" for name, value in self.headers.items())])
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body.encode())

            do_POST = do_PUT = do_GET

            def log_message(self, format: str, *args: object) -> None:
                pass

        super().__init__(Handler)
