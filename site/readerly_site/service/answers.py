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


def if_changed(asked: Mapping[str, str], body: bytes, *, private: bool) -> Response:
    """Return the JSON ``body`` with an ETag, or 304 when the request ``asked`` names it in If-None-Match.

    A ``private`` answer is one reader's own, which no shared cache may keep.
    """
    tag = tag_of(body)
    headers = headers_with(tag, private=private)
    if is_known(asked.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def tag_of(body: bytes) -> str:
    """Return the ETag of an answer with this body."""
    return f'"{hashlib.blake2s(body, digest_size=9).hexdigest()}"'


def is_known(asked: str, tag: str) -> bool:
    """Tell whether If-None-Match, as ``asked``, names the ``tag``. A proxy that compresses makes it a weak one."""
    return asked == tag or any(each.strip().removeprefix("W/") in (tag, "*") for each in asked.split(","))


def headers_with(tag: str, *, private: bool) -> dict[str, str]:
    """Return the headers of an answer that has an ETag."""
    return {
        "Cache-Control": "private, no-cache" if private else f"public, max-age=0, s-maxage={SHARED}",
        "ETag": tag,
        "Vary": "Authorization, Origin",
        "X-Content-Type-Options": "nosniff",
    }
