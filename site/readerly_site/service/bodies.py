"""Request bodies: read within a limit, and understood."""

import asyncio
import json
from typing import Any, cast
from urllib.parse import parse_qsl

from starlette.requests import Request

from .problems import Problem

LIMIT = 1024
"""Bytes."""

PATIENCE = 10.0
"""Seconds a body may take."""

_WORDS = {"true": True, "false": False}


async def read_body(request: Request) -> bytes:
    """Return the body. Raises a 413 `Problem` as soon as it is known to be longer than `LIMIT`."""
    too_long = Problem(413, f"The body may have {LIMIT} bytes.")
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:12]) > LIMIT:
        raise too_long
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LIMIT:
                    raise too_long
    except TimeoutError:
        raise Problem(408, f"The body did not arrive within {PATIENCE:.0f} seconds.", {"Connection": "close"}) from None
    return body


def heart_in_json(body: bytes) -> bool:
    """Return ``on`` of ``{"on": true|false}``. Raises a 400 or 422 `Problem`."""
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None
    on = cast(dict[str, Any], content).get("on") if isinstance(content, dict) else None
    if not isinstance(on, bool):
        raise Problem(422, 'The body must be {"on": true} or {"on": false}.')
    return on


def heart_in_form(body: bytes, content_type: str) -> bool:
    """Return the form's field ``on`` (``true`` or ``false``; true if absent). Raises a 400, 415 or 422 `Problem`."""
    if content_type.partition(";")[0].strip().lower() not in ("", "application/x-www-form-urlencoded"):
        raise Problem(415, "Send a plain HTML form (application/x-www-form-urlencoded).")
    try:
        fields = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=8))
    except ValueError:
        raise Problem(400, "The body is not a form.") from None
    on = _WORDS.get(fields.get("on", "true"))
    if on is None:
        raise Problem(422, "The field on must be true or false.")
    return on
