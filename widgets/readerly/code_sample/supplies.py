"""The data files that samples name, on their way from the page's origin into the sandbox's frame."""

import asyncio
import json
from typing import Any, Callable

from readerly.code_sample.attributes import LARGEST
from readerly.page.browser import window


class Supplies:
    """What of the page's data files is in the frame, which keeps the bytes for each interpreter started later."""

    def __init__(self, delivery: Any) -> None:
        """Begin with nothing; `delivery` is what carries files into the frame."""
        self._delivery = delivery
        self._here: list[str] = []
        self._abort: Any = None
        self._turn = asyncio.Lock()

    def missing(self, files: list[list[str]]) -> list[list[str]]:
        """Return those of `files`, each a name and an address, that are not in the frame."""
        return [each for each in files if each[1] not in self._here]

    def stop(self) -> None:
        """Fetch no more."""
        if self._abort is not None:
            self._abort.abort()

    def forget(self) -> None:
        """Take note that the frame is gone."""
        self.stop()
        self._here = []

    async def bring(self, files: list[list[str]], progress: Callable[[int, int], Any]) -> str | None:
        """Carry `files` into the frame; return why that cannot be, in sentences; None also after `stop`.

        `progress(done, total)` is told the bytes that have come, of all; where a host does not say, total is 0.
        """
        async with self._turn:
            return await self._bring(self.missing(files), progress)

    async def _bring(self, files: list[list[str]], progress: Callable[[int, int], Any]) -> str | None:
        again = ". Run tries again."
        failed = await self._delivery.prepare() if self._delivery.door is None else None
        door = self._delivery.door
        if door is None:
            return str(failed) + again
        if not files:
            return None

        def told(done: float, total: float) -> None:
            progress(int(done), int(total))

        self._abort = window.AbortController.new()
        told(0, 0)
        addresses = [address for _, address in files]
        signal = self._abort.signal
        carried = await door.supply(json.dumps(addresses), LARGEST, told, signal)
        if signal.aborted:
            return None
        if not carried.ok:
            return ", ".join([name for name, _ in files]) + " could not be fetched: " + str(carried.error) + again
        if door is self._delivery.door:
            self._here += addresses
        return None
