"""What every answer has in common."""

import hashlib
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Counts are of the moment, and some answers are one reader's own."""


def answer(content: dict[str, Any], status: int = 200) -> JSONResponse:
    """Return ``content`` as JSON."""
    return JSONResponse(content, status, HEADERS)


SHARED = 2
"""Seconds for which a cache before the service may answer for it: a crowd then costs one request in two seconds."""


def if_changed(asked: Mapping[str, str], content: dict[str, Any], *, private: bool) -> Response:
    """Return ``content`` as JSON with an ETag, or 304 when the request ``asked`` names it in If-None-Match.

    A ``private`` answer is one reader's own, which no shared cache may keep.
    """
    whole = JSONResponse(content)
    tag = f'"{hashlib.blake2s(bytes(whole.body), digest_size=9).hexdigest()}"'
    headers = {
        "Cache-Control": "private, no-cache" if private else f"public, max-age=0, s-maxage={SHARED}",
        "ETag": tag,
        "Vary": "Authorization, Origin",
        "X-Content-Type-Options": "nosniff",
    }
    known = {each.strip().removeprefix("W/") for each in asked.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:  # a proxy that compresses makes the tag a weak one
        return Response(status_code=304, headers=headers)
    whole.headers.update(headers)
    return whole
