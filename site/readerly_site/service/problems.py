"""Refusals, as problem details (RFC 9457)."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ExceptionHandler

from .answers import HEADERS
from .database import Unavailable

RETRY_AFTER = "2"
"""Seconds after which a client may try again when the database was unavailable."""

_EXPLAINED = {
    404: "There is nothing at this address.",
    405: "This address does not answer this method.",
}


class Problem(Exception):
    """A request that is refused: the HTTP status, and one sentence for the person who sees it."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        """Refuse with ``status``, adding ``headers`` to the answer."""
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


UNAVAILABLE = Problem(
    503,
    "The service cannot reach its database at the moment; nothing was changed. Try again shortly.",
    {"Retry-After": RETRY_AFTER},
)
FAILED = Problem(500, "The service failed at this request; the reason is in its log.")


def respond(request: Request, problem: Problem) -> Response:
    """Return the problem as JSON, or as a plain page to a browser that posted a form."""
    return respond_to(request.headers.get("accept", ""), problem)


def respond_to(accept: str, problem: Problem) -> Response:
    """Return the problem to a request that says what it accepts: as `respond` does."""
    title = HTTPStatus(problem.status).phrase
    headers = {**HEADERS, **problem.headers}
    if "text/html" in accept:
        page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>'
        headers["Content-Security-Policy"] = "default-src 'none'"
        return HTMLResponse(page + escape(problem.detail), problem.status, headers)
    content = {"type": "about:blank", "title": title, "status": problem.status, "detail": problem.detail}
    return JSONResponse(content, problem.status, headers, media_type="application/problem+json")


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return respond(request, error)


def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return respond(request, Problem(error.status_code, _EXPLAINED.get(error.status_code, error.detail), error.headers))


def _unavailable(request: Request, _error: Exception) -> Response:
    return respond(request, UNAVAILABLE)


def _disconnected(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)  # nobody is there to read it


def unexpected(request: Request, _error: Exception) -> Response:
    """Answer for a failure of our own: the log has the traceback, and the client has not."""
    return respond(request, FAILED)


HANDLERS: dict[type[Exception], ExceptionHandler] = {
    Problem: _problem,
    HTTPException: _http_exception,
    Unavailable: _unavailable,
    ClientDisconnect: _disconnected,
    Exception: unexpected,
}
"""For Starlette's ``exception_handlers``: every error becomes a problem, and none shows a traceback."""
