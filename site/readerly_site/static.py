"""Serves a built site's files the way a good static host would, with the policy that its pages live under."""

import hashlib
import os
from os import PathLike
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from readerly_site.codings import IDENTITY, choose
from readerly_site.compress import SIBLINGS, sibling
from readerly_site.headers import ASK, EVERYWHERE, KINDS, headers, is_page

PIECE = 256 * 1024
"""Bytes of a file that are read at a time, each by a thread; Starlette takes 64 KB, of files somebody waits for."""


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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await super().__call__(_without_odd_range(scope) if scope["type"] == "http" else scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file at `path`, an index, a redirect to one, or the site's 404 page."""
        response = await super().get_response(path, scope)
        if response.status_code == 404 and isinstance(response, FileResponse):
            response = self._file(Path(response.path), os.stat(response.path), Headers(scope=scope), 404)
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        return response

    def file_response(
        self, full_path: str | PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file, compressed as the browser takes it, or the news that the browser has it already."""
        asked = Headers(scope=scope)
        response = self._file(Path(full_path), stat_result, asked, status_code)
        if response.status_code == status_code and self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response

    def _file(self, file: Path, found: os.stat_result, asked: Headers, status: int) -> Response:
        name = file.relative_to(os.path.realpath(self.folder)).as_posix()
        sent = headers(name, self.policy)
        if self.script and is_page(name):
            return _with_script(file, self.script, status, sent)
        there = [coding for coding in SIBLINGS if sibling(file, coding).is_file()]
        if there:
            sent["Vary"] = "Accept-Encoding"
        coding = choose(",".join(asked.getlist("accept-encoding")) if "accept-encoding" in asked else None, there)
        if coding is None:
            said = "This file is not here in any of the codings that were asked for.\n"
            return PlainTextResponse(said, 406, {"Cache-Control": ASK, "Vary": "Accept-Encoding"})
        if coding != IDENTITY:
            sent["Content-Encoding"] = coding
            file = sibling(file, coding)
            found = file.stat()
        response = FileResponse(file, status, sent, KINDS.get(Path(name).suffix), stat_result=found)
        response.chunk_size = PIECE
        # Bytes 0-9 of one coding are not those of another: a tag is of the file as it was sent (RFC 9110, 8.8.3.3).
        response.headers["etag"] = f'{response.headers["etag"][:-1]}-{coding}"'
        return response


def _with_script(file: Path, script: str, status: int, sent: dict[str, str]) -> Response:
    """Return a page with one more module in its head."""
    added = f'<script type="module" src="{script}"></script>\n</head>'
    text = file.read_text(encoding="utf-8").replace("</head>", added, 1)
    sent["ETag"] = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    return HTMLResponse(text, status, sent)


def _without_odd_range(scope: Scope) -> Scope:
    """Return `scope` without a Range header that is to be ignored, where Starlette would obey or refuse it.

    That is one in anything but a GET, one in another unit than bytes (RFC 9110, 14.2), and one whose If-Range is a
    date: files of all codings were written in the same second, so no date tells them apart (13.1.5).
    """
    asked = Headers(scope=scope)
    unit, tag = asked.get("range", "bytes=").partition("=")[0], asked.get("if-range", '"')
    if scope["method"] == "GET" and unit.strip().lower() == "bytes" and tag.startswith('"'):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"range"]}
