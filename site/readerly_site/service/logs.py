"""One JSON object for each line of the log, with the id of the request it belongs to."""

import asyncio
import json
import logging
import sys
import time
from contextlib import nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from readerly_site.errors import ReaderlyError

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
"""The id of the request that is being answered, for every line that is logged meanwhile."""

LEVELS = ("debug", "info", "warning", "error")

_ENCODE = json.JSONEncoder(ensure_ascii=False, default=str).encode

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
"""What each record has; anything else was given as ``extra``."""


_REQUEST = vars(logging.LogRecord("", logging.INFO, __file__, 0, "request", None, None))
"""What all records of requests have in common; to find it out for each takes longer than to write the line."""


class RequestRecord(logging.LogRecord):
    """What is logged of a request that has been answered. None of its values needs an escape in JSON."""

    def __init__(self, logger: str, number: str, method: str, address: str, status: int, seconds: float) -> None:
        """Tell of the request ``number``, which took so many ``seconds``."""
        self.__dict__ |= _REQUEST
        self.name, self.created = logger, time.time()
        self.request_id, self.method, self.address, self.status = number, method, address, status
        self.milliseconds = round(seconds * 1000, 1)


class JsonLines(logging.Formatter):
    """A record as a JSON object: time, level, logger, event, the request's id, then what was given as ``extra``."""

    _second = 0
    _time = ""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback is text in it, so that it stays one line."""
        if isinstance(record, RequestRecord):
            return self._of_request(record)
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
        return _ENCODE(told)

    def _of_request(self, record: "RequestRecord") -> str:
        """Return what `format` would, of values that need no escape: there is such a line for every request."""
        second = int(record.created)
        if second != self._second:
            self._second, self._time = second, datetime.fromtimestamp(second, UTC).isoformat()[:19]
        return (
            f'{{"time": "{self._time}.{int(record.created % 1 * 1000):03}+00:00", "level": "info", '
            f'"logger": "{record.name}", "event": "request", "request_id": "{record.request_id}", '
            f'"method": "{record.method}", "address": "{record.address}", "status": {record.status}, '
            f'"milliseconds": {record.milliseconds}}}'
        )


class Gathered(logging.StreamHandler[TextIO]):
    """Writes the lines of one turn of the event loop at once: a write for each costs more than the line."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream``."""
        super().__init__(stream)
        self._lines: list[str] = []
        self._due: asyncio.AbstractEventLoop | None = None
        """The loop that writes them at the end of its turn."""

    def emit(self, record: logging.LogRecord) -> None:
        """Note the line; outside of an event loop it is written now."""
        try:
            self._lines.append(self.format(record) + "\n")
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                self.flush()
                return
            if loop is not self._due:
                self._due = loop
                loop.call_soon(self.flush)
        except Exception:
            self.handleError(record)

    def flush(self) -> None:
        """Write what has been noted."""
        with self.lock or nullcontext():
            lines, self._lines, self._due = self._lines, [], None
            if lines:
                self.stream.write("".join(lines))
            super().flush()


def log_as_json(level: str) -> None:
    """Write what the service and its server log from ``level`` on to standard error, as lines of JSON.

    The server's access log is turned off, whatever its own options say, for it would hold readers' addresses. Raises
    `ReaderlyError` for a level that is none.
    """
    if level.lower() not in LEVELS:
        raise ReaderlyError(f"READERLY_LOG_LEVEL is one of {', '.join(LEVELS)}, not {level!r}.")
    handler = Gathered(sys.stderr)
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
