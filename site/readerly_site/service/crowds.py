"""How much one neighbourhood of the network may do, and when many hearts from one look like a machine's.

An address is only ever looked at as its prefix, and a prefix only as a keyed hash that is another one every day: nobody
can read an address out of what is kept for a few minutes in memory or in Redis.
"""

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import socket
import time
from typing import cast

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from starlette.requests import Request

from readerly_site.errors import ReaderlyError

from .problems import Problem
from .windows import Windows

log = logging.getLogger(__name__)

READS, WRITES, TOKENS = parse("3000/minute"), parse("600/minute"), parse("300/minute")
"""What one prefix may ask for, change, and begin as new readers: an office full of people stays far below."""

GUESSES = parse("20/minute")
"""Tries to name the author's token."""

FREE_TOKENS = parse("30/minute")
"""New readers that wait for nothing; each further one waits for `DELAY`."""

DELAY = 0.5
"""Seconds."""

BURST = parse("40/10 minutes")
"""Hearts for one page from one prefix; those after it are held for the operator."""


PAUSE = 5.0
"""Seconds for which nothing is counted when the place to count at does not answer."""

TOLD = 1_000
"""Bursts that are remembered as told in the log."""


class Crowds:
    """Counts by prefix, in the memory of this process or in a Redis or Valkey that all processes share."""

    def __init__(self, storage: str, key: str) -> None:
        """Count at ``storage``: ``memory://``, or ``redis://host:6379``. ``key`` keys the hashes."""
        try:
            self._storage = None if storage == "memory://" else _storage(storage)
        except (ConfigurationError, ValueError, ImportError) as error:
            raise ReaderlyError(f"READERLY_LIMITS is no place to count at: {error}") from None
        self._limiter = self._storage and SlidingWindowCounterRateLimiter(self._storage)
        self.windows = None if self._limiter else Windows()
        """The counts of this process; None where they are kept elsewhere, and asking takes a while."""
        self._key = key.encode()
        self._day, self._day_key = -1, b""
        self.held = 0
        """How many hearts have been held since the start."""
        self._until = 0.0
        self._told: set[tuple[str, str]] = set()

    async def close(self) -> None:
        """Close what connections there are."""
        bridge = getattr(self._storage, "bridge", None)
        if bridge is not None:
            await bridge.storage.aclose()

    async def must_be_few(self, address: str | None, what: RateLimitItem) -> None:
        """Raise a 429 `Problem` when the neighbourhood of ``address`` has done enough for now."""
        prefix = self.prefix(address)
        if prefix and not await self._hit(what, prefix):
            raise Problem(
                429,
                "There are too many requests from your part of the network. Wait a minute and try again.",
                {"Retry-After": str(what.get_expiry())},
            )

    async def slow_down(self, address: str | None) -> None:
        """Wait a moment when many readers begin in the neighbourhood of ``address``. Raises as `must_be_few` does."""
        await self.must_be_few(address, TOKENS)
        prefix = self.prefix(address)
        if prefix and not await self._hit(FREE_TOKENS, prefix):
            await asyncio.sleep(DELAY)

    async def burst(self, address: str | None, page: str) -> str | None:
        """Return the name of the burst that a heart for ``page`` is part of, or None when it is like any other."""
        prefix = self.prefix(address)
        if not prefix or await self._hit(BURST, prefix, page):
            return None
        return self.hold(prefix, page)

    def hold(self, prefix: str, page: str) -> str:
        """Count a heart that is held, and return the name of its burst."""
        self.held += 1
        name = f"{time.strftime('%Y-%m-%d', time.gmtime())}-{prefix[:8]}"
        if (name, page) not in self._told:
            log.warning(
                "Many hearts come from one network; they are held: readerly service held", extra={"burst": name}
            )
            self._told = {*self._told, (name, page)} if len(self._told) < TOLD else {(name, page)}
        return name

    async def _hit(self, item: RateLimitItem, *names: str) -> bool:
        if self.windows:
            return self.windows.hit(item, *names)
        assert self._limiter
        if time.monotonic() < self._until:
            return True
        try:
            return await self._limiter.hit(item, *names)
        except Exception as error:  # whatever the storage's driver raises: readers do not suffer for it
            log.warning("Requests are not counted for %s seconds: %s", PAUSE, type(error).__name__)
            self._until = time.monotonic() + PAUSE
            return True

    def prefix(self, address: str | None) -> str | None:
        """Return what ``address`` is counted by: a hash of its network, another one each day; None for this machine."""
        found = prefix_of(address)
        if found is None:
            return None
        if (day := int(time.time() // 86400)) != self._day:
            self._day, self._day_key = day, hmac.digest(self._key, str(day).encode(), "sha256")
        return hashlib.blake2s(found.encode(), digest_size=12, key=self._day_key).hexdigest()


def address_of(request: Request) -> str | None:
    """Return where the request comes from, for `Crowds` alone. uvicorn has asked the proxies that are trusted."""
    return request.client.host if request.client else None


def prefix_of(address: str | None) -> str | None:
    """Return the network that an address counts as: its first 24 bits, or 56 of IPv6, as one office has.

    None is not counted: what comes from this machine itself comes from a proxy that has not been configured, or from
    its operator, and all readers must not be taken for one.

    >>> prefix_of("203.0.113.77"), prefix_of("2001:db8:1:2ff::1"), prefix_of("127.0.0.1")
    ('203.0.113.0/24', '2001:db8:1:200::/56', None)
    """
    try:
        found = socket.inet_pton(socket.AF_INET, address or "")  # ipaddress takes ten times as long
    except (OSError, UnicodeError):
        return _prefix_of_ipv6(address or "")
    return None if found[0] == 127 else f"{found[0]}.{found[1]}.{found[2]}.0/24"


def _prefix_of_ipv6(address: str) -> str | None:
    try:
        found = ipaddress.IPv6Address(address)
    except ValueError:
        return None
    if found.ipv4_mapped:
        return prefix_of(str(found.ipv4_mapped))
    return None if found.is_loopback else str(ipaddress.ip_network((found, 56), strict=False))


def _storage(address: str) -> Storage:
    patience = {"socket_connect_timeout": 1.0, "socket_timeout": 1.0}
    options = {"implementation": "redispy", **patience} if address.startswith("redis") else {}
    return cast(Storage, storage_from_string(f"async+{address}", **options))  # type: ignore[arg-type]
