"""What an operator sees of the requests: numbers for Prometheus, and a log line with an id for each."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import HEADERS
from .logs import REQUEST
from .problems import unexpected

log = logging.getLogger(__name__)

API = ("reader", "pages", "heart", "view", "finished", "events", "author", "openapi.json")
ADDRESSES = frozenset(f"/api/{name}" for name in API) | {"/healthz", "/readyz", "/metrics"}
"""What requests are counted by. Anything else is counted as the site's, so that nobody can invent labels."""

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"))

_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


class Metrics(Collector):
    """The numbers of one service process."""

    def __init__(self, streams: Callable[[], int], waiting: Callable[[], int], held: Callable[[], int]) -> None:
        """Count requests; the others say how many event streams are open, writes wait, and hearts have been held."""
        self.registry = CollectorRegistry()
        self._held = held
        names = ["address", "method"]
        self.requests = Counter(
            "readerly_requests", "Requests that were answered.", [*names, "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "readerly_request_seconds", "Seconds until an answer began.", names, registry=self.registry
        )
        opened = Gauge("readerly_event_streams", "Event streams that are open.", registry=self.registry)
        opened.set_function(streams)
        queued = Gauge("readerly_waiting_writes", "Writes that wait for their commit.", registry=self.registry)
        queued.set_function(waiting)
        self.registry.register(self)
        ProcessCollector(registry=self.registry)

    def collect(self) -> Iterable[Metric]:
        """Give Prometheus the number that is counted elsewhere."""
        yield CounterMetricFamily("readerly_held_hearts", "Hearts that came in a burst.", self._held())

    async def answer(self, _request: Request) -> Response:
        """``GET /metrics``, in the text form of Prometheus."""
        return Response(generate_latest(self.registry), headers=HEADERS, media_type=CONTENT_TYPE_LATEST)


class Watched:
    """An application whose requests get an id, are counted, and are logged: without address, browser or reader."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Pass requests on to ``app``, and count them in ``metrics``."""
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. An id that a proxy has given it is kept; what goes wrong is logged with it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        number = given if _ID.fullmatch(given) else secrets.token_hex(8)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        address = path if path in ADDRESSES else "site"
        method = scope["method"] if scope["method"] in METHODS else "other"
        began, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
                self._metrics.requests.labels(address, method, status).inc()
                self._metrics.seconds.labels(address, method).observe(time.perf_counter() - began)
            await send(message)

        inside = REQUEST.set(number)
        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            log.exception("A request failed.")
            if status:  # the answer has begun, so nothing but its end can tell
                raise
            await unexpected(Request(scope), error)(scope, receive, answer)
        finally:
            took = round((time.perf_counter() - began) * 1000, 1)
            told = {"method": method, "address": address, "status": status, "milliseconds": took}
            log.info("request", extra=told)
            REQUEST.reset(inside)
