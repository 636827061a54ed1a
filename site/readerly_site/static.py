"""Serves a built site's files the way a good static host would, with the policy that its pages live under."""

import hashlib
import os
import re
from os import PathLike
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

KINDS = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".py": "text/x-python",
    ".wasm": "application/wasm",
    ".whl": "application/octet-stream",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Media types that a machine's own table may lack or have otherwise."""

FINGERPRINTED = re.compile(r"(readerly/(runtime|widgets)-[0-9a-f]{12}/.|theme-[0-9a-f]{12}\.css$)")
"""Paths whose contents never change: a reader's browser may keep them for a year without asking."""

AD_POLICY = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What an advertisement's page is sent with: opened by itself it has no more rights than in its frame."""

OWN_POLICY = re.compile(r"(ads/.*|readerly/.*/sandbox)\.html$")
"""Documents shown in sandboxed frames: the page's policy would block what they are made for."""


TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
"""An Accept-Encoding header that names gzip and does not refuse it (RFC 9110, 12.5.3)."""


class SiteFiles(StaticFiles):
    """The files of `folder`, which may be swapped for a newer build at any time.

    `policy` is the Content-Security-Policy of its pages; `script`, when given, is the address of a module that each
    page loads in addition.
    """

    def __init__(self, folder: Path, policy: str, script: str | None = None) -> None:
        """Serve `folder`, which may still be empty."""
        super().__init__(directory=folder, html=True)
        self.folder = folder
        self.policy = policy
        self.script = script

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file at `path`, an index, a redirect to one, or the site's 404 page."""
        response = await super().get_response(path, scope)
        if response.status_code == 404 and isinstance(response, FileResponse):
            response = self._file(Path(response.path), os.stat(response.path), Headers(scope=scope), 404)
        response.headers["x-content-type-options"] = "nosniff"
        response.headers["referrer-policy"] = "strict-origin-when-cross-origin"
        return response

    def file_response(
        self, full_path: str | PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file, compressed when the browser takes it so, or the news that the browser has it already."""
        asked = Headers(scope=scope)
        response = self._file(Path(full_path), stat_result, asked, status_code)
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, asked) else response

    def _file(self, file: Path, found: os.stat_result, asked: Headers, status: int) -> Response:
        name = file.relative_to(os.path.realpath(self.folder)).as_posix()
        page = file.suffix == ".html" and not OWN_POLICY.fullmatch(name)
        headers = {"cache-control": "public, max-age=31536000, immutable" if FINGERPRINTED.match(name) else "no-cache"}
        if page:
            headers["content-security-policy"] = self.policy
        elif name.startswith("ads/"):
            headers["content-security-policy"] = AD_POLICY
        if page and self.script:
            return _with_script(file, self.script, status, headers)
        packed = file.with_name(file.name + ".gz")
        if packed.is_file():
            headers["vary"] = "accept-encoding"
            if TAKES_GZIP.search(asked.get("accept-encoding", "")):
                headers["content-encoding"] = "gzip"
                return FileResponse(packed, status, headers, KINDS.get(file.suffix), stat_result=packed.stat())
        return FileResponse(file, status, headers, KINDS.get(file.suffix), stat_result=found)


def _with_script(file: Path, script: str, status: int, headers: dict[str, str]) -> Response:
    """Return a page with one more module in its head."""
    added = f'<script type="module" src="{script}"></script>\n</head>'
    text = file.read_text(encoding="utf-8").replace("</head>", added, 1)
    headers["etag"] = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    return HTMLResponse(text, status, headers)
