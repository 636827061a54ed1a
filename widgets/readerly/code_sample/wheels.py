"""The packages that samples name, on their way from the page's origin into the sandbox's frame."""

import asyncio
import json
from typing import Any, Callable

from readerly.code_sample.attributes import named
from readerly.page import files
from readerly.page.browser import absolute, settings, window

AGAIN = ". Run tries again."


def closure(table: dict[str, Any], names: list[str]) -> list[str]:
    """Return the names of the packages in `table` that `names` need, their own among them; KeyError: it lacks one."""
    found: list[str] = []
    waiting = [named(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += table[name]["depends"]
    return sorted(found)


class Wheels:
    """What of the site's packages is in the frame, and what is being fetched.

    The frame keeps the bytes, so that each interpreter started later has them too.
    """

    def __init__(self, delivery: Any) -> None:
        """Begin with nothing; `delivery` is what carries files into the frame."""
        self._delivery = delivery
        self._table: dict[str, Any] = {}
        self._here: list[str] = []
        self._abort: Any = None
        self._turn = asyncio.Lock()

    def files(self, names: list[str]) -> list[str] | None:
        """Return the files of the packages that `names` need, or None where not all of them are in the frame."""
        try:
            wheels = [self._table[name]["file"] for name in closure(self._table, names)]
        except KeyError:
            return None
        return wheels if [file for file in wheels if file not in self._here] == [] else None

    def stop(self) -> None:
        """Fetch no more."""
        if self._abort is not None:
            self._abort.abort()

    def forget(self) -> None:
        """Take note that the frame is gone."""
        self.stop()
        self._here = []

    async def bring(self, names: list[str], progress: Callable[[str, int, int], Any]) -> str | None:
        """Carry what `names` need into the frame; return why that cannot be, in sentences; None also after `stop`.

        `progress(what, done, total)` is told what is being fetched, and the bytes of it that have come, of all.
        """
        async with self._turn:
            return await self._bring(names, progress)

    async def _bring(self, names: list[str], progress: Callable[[str, int, int], Any]) -> str | None:
        folder = settings["sandbox"].get("packages")
        if not folder:
            return "This site has no packages for samples. Its author can lock some with: readerly lock"
        try:
            if not self._table:
                self._table = json.loads(await files.text(folder + "/packages.json"))
            wanted = closure(self._table, names)
        except OSError as error:
            return str(error) + AGAIN
        except KeyError as error:
            return "This site has no package {}; its author can add it with: readerly lock".format(error.args[0])
        failed = await self._delivery.prepare() if self._delivery.door is None else None
        door = self._delivery.door
        if door is None:
            return str(failed) + AGAIN
        missing = [name for name in wanted if self._table[name]["file"] not in self._here]
        listed: list[dict[str, Any]] = []
        for name in missing:
            one = self._table[name]
            url = absolute(folder + "/" + one["file"])
            listed.append(
                {"name": one["file"], "url": url, "bytes": one["bytes"], "size": one["bytes"], "sha256": one["sha256"]}
            )
        if not listed:
            return None
        total = sum([file["bytes"] for file in listed])
        what = ", ".join(missing)

        def told(done: float) -> None:
            progress(what, int(done), total)

        self._abort = window.AbortController.new()
        told(0)
        carried = await door.carry(json.dumps(listed), told, self._abort.signal, False)
        if self._abort.signal.aborted:
            return None
        if not carried.ok:
            return "{} could not be fetched: {}".format(what, carried.error) + AGAIN
        if door is self._delivery.door:
            self._here += [file["name"] for file in listed]
        return None
