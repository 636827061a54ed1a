"""The API's own description, in the form of OpenAPI 3.1: ``GET /api/openapi.json``."""

from importlib.metadata import version
from typing import Any

from .bodies import LIMIT

Schema = dict[str, Any]

_COUNT: Schema = {"type": "integer", "minimum": 0}
_PAGE: Schema = {
    "name": "path",
    "in": "query",
    "required": True,
    "description": "The page: a path that the build lists, or a canonical URL under a configured origin.",
    "schema": {"type": "string"},
}
_PAGES: Schema = {
    "name": "path",
    "in": "query",
    "required": False,
    "description": "The pages, up to 100.",
    "schema": {"type": "array", "items": {"type": "string"}},
}
_TOKEN: list[Schema] = [{"reader": []}]


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": [*properties]}


def _json(description: str, schema: Schema) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_PROBLEM = _object(
    type={"type": "string"}, title={"type": "string"}, status={"type": "integer"}, detail={"type": "string"}
)
_REFUSALS = {
    "400": "It cannot be understood.",
    "401": "There is no valid token.",
    "403": "It is a form from another site.",
    "404": "The page is not known.",
    "408": "The body does not come.",
    "413": f"The body has more than {LIMIT} bytes.",
    "415": "The body is of another kind.",
    "422": "The body says something else than it should.",
    "429": "There are too many requests from this part of the network.",
    "503": "The database does not answer; nothing was changed.",
}
_LATER = {"429", "503"}


def _refused(*statuses: int) -> Schema:
    found: Schema = {}
    for status in map(str, (*statuses, 429, 503)):
        found[status] = {
            "description": _REFUSALS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status in _LATER:
            found[status]["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}
    return found


def _operation(summary: str, answers: Schema, **more: Any) -> Schema:
    return {"summary": summary, "responses": answers, **more}


_COUNTS = _object(hearts=_COUNT, hearted={"type": "boolean"}, views=_COUNT, finished=_COUNT, comments=_COUNT)
_DAY: Schema = {"type": ["string", "null"], "format": "date"}
_KEPT = _object(
    hearts={"type": "array", "items": _object(page={"type": "string"}, day=_DAY)},
    views={"type": "array", "items": _object(page={"type": "string"}, day=_DAY, finished={"type": "boolean"})},
)
_FORM = {"type": "object", "properties": {"on": {"type": "string", "enum": ["true", "false"]}}}


def document() -> Schema:
    """Return the document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Readerly's service", "version": version("readerly")},
        "servers": [{"url": "/api"}],
        "components": {
            "securitySchemes": {"reader": {"type": "http", "scheme": "bearer", "description": "A reader's token."}},
            "schemas": {"Problem": _PROBLEM},
        },
        "paths": {
            "/reader": {
                "post": _operation(
                    "Begin as a new anonymous reader",
                    {"201": _json("Their token.", _object(token={"type": "string"})), **_refused(408, 413)},
                ),
                "get": _operation(
                    "Return all that is kept of the reader",
                    {"200": _json("Their hearts and views.", _KEPT), **_refused(401, 408, 413)},
                    security=_TOKEN,
                ),
                "delete": _operation(
                    "Forget everything of the reader",
                    {
                        "200": _json("It is gone.", _object(forgotten={"type": "boolean"})),
                        **_refused(401, 408, 413),
                    },
                    security=_TOKEN,
                ),
            },
            "/pages": {
                "get": _operation(
                    "Return the counts of pages",
                    {
                        "200": _json(
                            "The counts of those that are known, by the paths asked for.",
                            _object(pages={"type": "object", "additionalProperties": _COUNTS}),
                        ),
                        "304": {"description": "They are as If-None-Match says."},
                        **_refused(400),
                    },
                    parameters=[_PAGES],
                    security=[{}, *_TOKEN],
                )
            },
            "/heart": {
                "put": _operation(
                    "Set the reader's heart on or off",
                    {
                        "200": _json("The page's hearts.", _object(hearts=_COUNT, on={"type": "boolean"})),
                        **_refused(400, 401, 404, 408, 413, 422),
                    },
                    parameters=[_PAGE],
                    security=_TOKEN,
                    requestBody={
                        "required": True,
                        "content": {"application/json": {"schema": _object(on={"type": "boolean"})}},
                    },
                ),
                "post": _operation(
                    "Set a heart by a plain form",
                    {
                        "303": {"description": "Back to the page."},
                        **_refused(400, 403, 404, 408, 413, 415, 422),
                    },
                    parameters=[_PAGE],
                    requestBody={"content": {"application/x-www-form-urlencoded": {"schema": _FORM}}},
                ),
            },
            "/view": {
                "post": _operation(
                    "Count a view, once per reader, page and day",
                    {"200": _json("The page's views.", _object(views=_COUNT)), **_refused(400, 401, 404, 408, 413)},
                    parameters=[_PAGE],
                    security=_TOKEN,
                )
            },
            "/finished": {
                "post": _operation(
                    "Count a finished read, once per reader, page and day",
                    {
                        "200": _json(
                            "The page's finished reads, and their share of its views.",
                            _object(finished=_COUNT, views=_COUNT, share={"type": "number"}),
                        ),
                        **_refused(400, 401, 404, 408, 413),
                    },
                    parameters=[_PAGE],
                    security=_TOKEN,
                )
            },
            "/events": {
                "get": _operation(
                    "Tell counts as they change",
                    {
                        "200": {
                            "description": "Server-sent events, until the reader leaves.",
                            "content": {"text/event-stream": {"schema": {"type": "string"}}},
                        },
                        **_refused(400, 404),
                    },
                    parameters=[_PAGES],
                )
            },
        },
    }
