"""What every answer has in common."""

from typing import Any

from starlette.responses import JSONResponse

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Counts are of the moment, and some answers are one reader's own."""


def answer(content: dict[str, Any], status: int = 200) -> JSONResponse:
    """Return ``content`` as JSON."""
    return JSONResponse(content, status, HEADERS)
