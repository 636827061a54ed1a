"""The one module that talks to the Readerly service: JSON over HTTP, with the reader's token."""

import asyncio
import json
from typing import Any

from readerly.page import channel, retry, storage
from readerly.page.browser import document, guard, window

UNREACHABLE = "The service cannot be reached."

TIMEOUT = 10_000
"""Milliseconds after which a request counts as unanswered."""


class Refused(Exception):
    """The service did not do what was asked. The text is for the reader; `status` is HTTP's, 0 when none came."""

    def __init__(self, text: str, status: int, absent: bool = False) -> None:
        """Hold what the reader is told, the HTTP status, and whether it was no Readerly service that answered."""
        super().__init__(text)
        self.status = status
        self.absent = absent and status in (404, 405, 501)
        """Whether no Readerly service answers at this address at all, as on a plain static host."""

    @property
    def passing(self) -> bool:
        """Whether the same request may succeed later: the service is away, busy or being restarted."""
        return self.status in PASSING or (self.status >= 500 and not self.absent)


PASSING = (0, 408, 425, 429, 502, 503, 504)
"""Statuses after which the service is left alone for a while; 0: no answer came."""


def origin() -> str:
    """Return the service's address: the page's own origin, unless `<meta name="readerly-service">` names another."""
    named = document.querySelector("meta[name='readerly-service']")
    if named and str(named.content):
        return str(named.content).rstrip("/")
    return str(window.location.origin)


def page_key() -> str:
    """Return the key of this page: the path of its canonical URL, or of its address where it names none."""
    canonical = document.querySelector("link[rel='canonical']")
    if canonical:
        return str(window.URL.new(canonical.href).pathname)
    return str(window.location.pathname)


def quoted(text: str) -> str:
    """Return `text` as it stands in an address."""
    return str(window.encodeURIComponent(text))


async def _request(method: str, path: str, body: Any, token: str | None) -> Any:
    if not retry.possible():
        raise Refused(UNREACHABLE, 0)
    headers = {"accept": "application/json"}
    if body is not None:
        headers["content-type"] = "application/json"
    if token:
        headers["authorization"] = "Bearer " + token
    sent = None if body is None else json.dumps(body)
    answer = await guard.request(method, origin() + path, json.dumps(headers), sent, TIMEOUT)
    status = int(answer.status)
    value: Any = None
    try:
        value = json.loads(str(answer.text))
    except ValueError:
        pass  # what answers is no service of ours, or a proxy in front of it
    ours = hasattr(value, "get")
    if status in PASSING:
        after = str(answer.after)
        retry.pause.failed(int(after) * 1000 if after.isdigit() else 0)
    else:
        retry.pause.ended()
    good = 200 <= status < 300
    if good and ours:
        return value
    if status == 0:
        raise Refused(UNREACHABLE, 0)
    if good:
        raise Refused("What answers at " + origin() + " is not a Readerly service.", 404, True)
    told = str(value.get("detail") or value.get("title") or "") if ours else ""
    raise Refused(told or "The service answered " + str(status) + ".", status, not (ours and "title" in value))


SETTLE = 0.05
"""Seconds in which what one tab wrote can be read in another, which has the lock by then."""

_making_reader = asyncio.Lock()


async def _token() -> str:
    """Return this reader's token, asking for one the first time; tags and tabs that ask at once get the same reader."""
    async with _making_reader:
        known = storage.recall("reader")
        if isinstance(known, str):
            return known
        give_back = await channel.hold("reader")
        await asyncio.sleep(SETTLE)
        try:
            known = storage.recall("reader")
            if not isinstance(known, str):
                known = str((await _request("POST", "/api/reader", None, None))["token"])
                storage.remember("reader", known)
        finally:
            give_back()
        return known


def _forget(token: Any) -> None:
    """Forget a token that the service no longer knows, unless another tab has a new one already."""
    if storage.recall("reader") == token:
        storage.remember("reader", None)


async def _as_reader(method: str, path: str, body: Any = None) -> Any:
    """Make a request as this reader. A token the service no longer knows is replaced once."""
    token = await _token()
    try:
        return await _request(method, path, body, token)
    except Refused as refused:
        if refused.status != 401:
            raise
    _forget(token)
    return await _request(method, path, body, await _token())


async def pages(paths: list[str]) -> dict[str, Any]:
    """Return hearts, hearted and views of the pages, by path; pages the service does not know are left out."""
    query = "&".join(["path=" + quoted(path) for path in paths])
    known = storage.recall("reader")
    try:
        answer = await _request("GET", "/api/pages?" + query, None, known if isinstance(known, str) else None)
    except Refused as refused:
        if refused.status != 401:
            raise
        _forget(known)
        answer = await _request("GET", "/api/pages?" + query, None, None)
    return answer["pages"]


async def set_heart(path: str, on: bool) -> dict[str, Any]:
    """Set this reader's heart on a page; return {"hearts": count, "on": state}."""
    return await _as_reader("PUT", "/api/heart?path=" + quoted(path), {"on": on})


async def view(path: str) -> dict[str, Any]:
    """Count this reader's visit; return {"views": count}."""
    return await _as_reader("POST", "/api/view?path=" + quoted(path))


async def finished(path: str) -> dict[str, Any]:
    """Count that this reader has read to the end; return {"finished": count, "views": count, "share": 0 to 1}."""
    return await _as_reader("POST", "/api/finished?path=" + quoted(path))
