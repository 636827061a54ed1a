"""Group commit: writes that come together share one transaction, and so one sync of the disk."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

from .database import Unavailable

WINDOW = 0.003
"""Seconds for which writes are gathered while they are `MANY`. Fewer wait for the commit before theirs, no longer."""

MANY = 24
"""Writes in the group before, from which on a larger group spares more than it costs to wait for it."""

LARGEST = 500
"""Writes in one transaction."""

MOST = 20_000
"""Writes that may wait; more are refused, since they would only be answered after their readers had left."""

W = TypeVar("W")
R = TypeVar("R")


class GroupCommit(Generic[W, R]):
    """Hands writes to ``commit`` in groups, in the order in which they came.

    While one group is being committed the next one gathers, so that the slower the disk, the larger the group.
    """

    def __init__(self, commit: Callable[[Sequence[W]], Awaitable[R]], patience: float) -> None:
        """Let no write wait longer than ``patience`` seconds for its turn."""
        self._commit, self._patience = commit, patience
        self._waiting: deque[tuple[W, float, asyncio.Future[R]]] = deque()
        self._working: asyncio.Task[None] | None = None
        self._last = 0

    def submit(self, write: W) -> "asyncio.Future[R]":
        """Return what the commit of the write's group will return. Raises `Unavailable`; then nothing was written."""
        if len(self._waiting) >= MOST:
            raise Unavailable
        loop = asyncio.get_running_loop()
        done: asyncio.Future[R] = loop.create_future()
        self._waiting.append((write, loop.time() + self._patience, done))
        if self._working is None:
            # In a context of its own: what goes wrong with a group is not logged as that of its first request alone.
            self._working = loop.create_task(self._work(), context=Context())
        return done

    @property
    def waiting(self) -> int:
        """How many writes wait for their commit."""
        return len(self._waiting)

    async def drain(self) -> None:
        """Wait until nothing waits."""
        while self._working:
            await asyncio.wait([self._working])

    async def _work(self) -> None:
        try:
            while self._waiting:
                if self._last >= MANY and len(self._waiting) < LARGEST:
                    await asyncio.sleep(WINDOW)
                await self._commit_some()
        finally:
            self._working = None

    async def _commit_some(self) -> None:
        group: list[tuple[W, asyncio.Future[R]]] = []
        now = asyncio.get_running_loop().time()
        while self._waiting and len(group) < LARGEST:
            write, until, done = self._waiting.popleft()
            if done.done():  # nobody waits for it any more, so it must not come after what its reader wished since
                continue
            if now > until:
                done.set_exception(Unavailable())
            else:
                group.append((write, done))
        self._last = len(group)
        if not group:
            return
        try:
            result = await self._commit([write for write, _ in group])
        except Exception as error:
            for _, done in group:
                if not done.done():
                    done.set_exception(Unavailable() if isinstance(error, Unavailable) else error)
            return
        for _, done in group:
            if not done.done():
                done.set_result(result)
