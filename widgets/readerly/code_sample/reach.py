"""What samples ask of other hosts: the page asks on their behalf, and only those that their author names."""

import json
from typing import Any

REQUESTS = 50
"""How often one run may ask."""

LARGEST = 5_000_000
"""Bytes that one answer may have."""

TIMEOUT = 30
"""Seconds that one answer may take."""

HEADERS = ("accept", "accept-language")
"""The headers a sample may send: those that every host takes from every page."""


def refusal(method: str, headers: list[str], url: str, origin: str, allowed: list[str], made: int) -> str | None:
    """Return why the page does not ask for `url`, which lies at `origin` ("" for nothing on the web); None: it does.

    `headers` are the names of those to be sent, `allowed` the origins that the author names; the run has `made` that
    many requests before.
    """
    if not origin:
        return url[:200] + " is no address on the web; write it whole, with https://"
    if origin not in allowed:
        may = "it may ask " + ", ".join(allowed) if allowed else "it may ask no host"
        return (
            "This sample may not ask "
            + origin
            + ": "
            + may
            + '. Its author allows one by the attribute connect="'
            + (origin + '"')
        )
    if method != "GET":
        return "A sample may only GET, not " + method + ": it asks for data, and changes nothing on another host"
    for name in headers:
        if name not in HEADERS:
            return "A sample may not send the header " + name + "; leave it out"
    if made >= REQUESTS:
        return "This run has asked other hosts {} times, and may not more often".format(REQUESTS)
    return None


async def fetch(door: Any, worker: str, port: Any, number: int, about: str, job: Any) -> str | None:
    """Answer the question `number` of `worker`, which runs `job`, over its `port`; return why that is not done.

    `about` is what the sample says of its request, as JSON: "url", "method" and "headers", pairs. It may be anything.
    """
    try:
        asked = json.loads(about)
        url, method = str(asked["url"]), str(asked["method"])
        headers = [[str(name).lower(), str(value)] for name, value in asked["headers"]]
    except (ValueError, KeyError, TypeError):
        return "That is no request"
    names = [name for name, _ in headers]
    why = refusal(method, names, url, str(door.origin(url)), job.connect, job.requests)
    if why:
        return why
    job.requests += 1
    rules = {"headers": headers, "allowed": job.connect, "most": LARGEST, "seconds": TIMEOUT}
    done = await door.reach(worker, port, number, url, json.dumps(rules))
    return None if done.ok else url + " could not be had: " + str(done.error)
