"""One JSON object for each line of the log, with the id of the request it belongs to."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from readerly_site.errors import ReaderlyError

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
"""The id of the request that is being answered, for every line that is logged meanwhile."""

LEVELS = ("debug", "info", "warning", "error")

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
"""What each record has; anything else was given as ``extra``."""


class JsonLines(logging.Formatter):
    """A record as a JSON object: time, level, logger, event, the request's id, then what was given as ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback is text in it, so that it stays one line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if number := REQUEST.get():
            told["request_id"] = number
        told |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def log_as_json(level: str) -> None:
    """Write what the service and its server log from ``level`` on to standard error, as lines of JSON.

    The server's access log is turned off, whatever its own options say, for it would hold readers' addresses. Raises
    `ReaderlyError` for a level that is none.
    """
    if level.lower() not in LEVELS:
        raise ReaderlyError(f"READERLY_LOG_LEVEL is one of {', '.join(LEVELS)}, not {level!r}.")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("readerly_site", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level.upper())
    for name in ("uvicorn.error", "uvicorn.asgi"):  # what uvicorn's own options have set before
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    access = logging.getLogger("uvicorn.access")
    access.handlers, access.propagate = [], False
