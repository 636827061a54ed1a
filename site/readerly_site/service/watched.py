"""What an operator sees of the requests: numbers for Prometheus, and a log line with an id for each."""

import logging
import random
import re
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
from .logs import REQUEST, RequestRecord
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
        self._seen: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
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

    def count(self, address: str, method: str, status: int, seconds: float) -> None:
        """Count an answer that has begun after so many ``seconds``."""
        key = address, method, status
        if key not in self._seen:
            self._seen[key] = self.requests.labels(*key), self.seconds.labels(address, method)
        requests, times = self._seen[key]
        requests.inc()
        times.observe(seconds)

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
        number = id_of(Headers(scope=scope).get("x-request-id"))
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        address = path if path in ADDRESSES else "site"
        method = scope["method"] if scope["method"] in METHODS else "other"
        began, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
                self._metrics.count(address, method, status, time.perf_counter() - began)
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
            tell(number, method, address, status, time.perf_counter() - began)
            REQUEST.reset(inside)


def id_of(given: str | None) -> str:
    """Return the id of a request: the one that a proxy has ``given`` it, or a new one."""
    return given if given and _ID.fullmatch(given) else f"{random.getrandbits(64):016x}"


def tell(number: str, method: str, address: str, status: int, seconds: float) -> None:
    """Write the line of a request into the log."""
    if log.isEnabledFor(logging.INFO):
        log.handle(RequestRecord(log.name, number, method, address, status, seconds))
