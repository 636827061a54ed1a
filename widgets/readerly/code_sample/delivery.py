"""What Python boots from, on its way from this page's origin into the sandbox's frame."""

import json
from typing import Any, Callable

from readerly.page import storage
from readerly.page.browser import absolute, guard, settings, window

FETCHED = "python"
"""Under which this browser remembers the frame's URL once all that Python boots from was fetched for it."""

REFUSED = "python-image"
"""Under which it remembers the frame's URL, and how many images of memory Python could not boot from."""


class Delivery:
    """Opens the frame and carries files into it.

    Python boots from an image of memory that was made with the site. In a browser that refuses it, it boots from the
    standard library, and the page keeps an image made there; where that is refused too, there is none.
    """

    def __init__(self, progress: Callable[[int, int], Any], engine: str) -> None:
        """Begin with nothing; `progress(done, total)` is told of the bytes that were transferred.

        `engine` is what is to run there: its part of the deployment's settings says what is fetched.
        """
        self.door: Any = None
        self.silent = False
        """Whether fetching ended for want of a word of it, so that another try may do."""
        self._told = progress
        self._known = settings["sandbox" if engine == "pyodide" else engine]
        self.library = self._known["later"][0] if self._known["later"] else None
        """The standard library's file, of an engine that boots without it."""
        self._frame = absolute(self._known["frame"])
        self._module: Any = None
        self._abort: Any = None
        self._recalled = False
        self._on_its_way: list[str] = []

    @property
    def total(self) -> int:
        """The bytes that are to be transferred before Python can boot."""
        return sum([int(file["size"]) for file in self._files()])

    @property
    def fetched_before(self) -> bool:
        """Whether this browser has fetched all of it before, and may have kept it. An engine without an image is the
        one that the page itself runs on.
        """
        return self._known["image"] is None or storage.recall(FETCHED) == self._frame

    @property
    def stopped(self) -> bool:
        """Whether `stop` ended the fetching."""
        return self._abort is not None and bool(self._abort.signal.aborted)

    @property
    def lacks_image(self) -> bool:
        """Whether this browser is to make an image for itself: the site's was refused, and it has kept none yet."""
        return bool(self._known["image"]) and self._refused == 1 and not self._recalled

    @property
    def image(self) -> str:
        """The URL of the site's image, under which this browser keeps its own."""
        return absolute(self._known["image"]["url"])

    @property
    def memory(self) -> int:
        """The bytes of memory that Python has once it has booted from the site's image; 0 where that is of no use."""
        return 0 if self._refused or not self._known["image"] else int(self._known["image"]["memory"])

    async def prepare(self) -> str | None:
        """Open a frame, with nothing in it yet; return why that cannot be."""
        loaded = await guard.load(absolute(self._known["door"]))
        if not loaded.ok:
            return "Python could not be fetched: " + str(loaded.error)
        if self.door is None:
            self._module = loaded.value
            self.door = self._module.open(self._frame)
        return None

    async def bring(self, cached: bool, opened: Callable[[], Any]) -> str | None:
        """Carry what Python boots from into a frame, calling `opened()` at once; return why that cannot be.

        With `cached`, files come from the browser's own cache only.
        """
        failed = await self.prepare() if self.door is None else None
        door = self.door
        if door is None:
            return failed
        self._abort = window.AbortController.new()
        opened()
        self._recalled = self.silent = False
        if self._refused and self._known["image"]:
            recalled = await door.recall(self.image if self._refused == 1 else None, self._abort.signal)
            self._recalled = bool(recalled.ok and recalled.value)
            if not recalled.ok:  # nobody has told the frame that there is none, and Python would wait for it
                door.give("image", None)
        failed = await self._carry(self._files(), cached)
        frame = await door.opened
        if not frame.ok:
            return "The sandbox could not be opened: " + str(frame.error)
        if not self._known["image"]:
            return failed
        if not failed:
            storage.remember(FETCHED, self._frame)
        elif cached:  # the browser has let go of a part of it
            storage.remember(FETCHED, None)
        return failed

    async def bring_more(self, name: str) -> None:
        """Carry the file `name` into the frame, one of those that Python may ask for once it has booted."""
        known = [file for file in self._known["later"] if file["name"] == name]
        if not known and self.door is not None:
            self.door.fail(name, "This site has no " + name)
        for file in known:
            if file["name"] == name:
                failed = await self._carry([file], False)
                if failed and self.door is not None:
                    self.door.fail(name, failed)

    def refuse_image(self) -> None:
        """Take note that Python could not boot from the image it was given."""
        storage.remember(REFUSED, [self._frame, self._refused + 1])
        self._recalled = False
        self.door.give("image", None)

    def stop(self) -> None:
        """Fetch no more."""
        if self._abort is not None:
            self._abort.abort()

    def close(self) -> None:
        """Give the frame back, with all that is in it."""
        if self.door is not None:
            self.door.close()
        self.door, self._on_its_way = None, []

    @property
    def _refused(self) -> int:
        """How many images Python could not boot from; the site's is of no use where WebAssembly cannot be suspended."""
        said = storage.recall(REFUSED)
        if said and said[0] == self._frame:
            return int(said[1])
        return 0 if self._module is None or self._module.suspends else 1

    def _files(self) -> list[Any]:
        """Return the files that Python boots from, apart from an image that this browser has kept."""
        files = self._known["files"]
        if not self._known["image"]:
            return files
        if not self._refused:
            return [self._known["image"]] + files  # what takes longest comes first
        return files if self._recalled else [self.library] + files

    async def _carry(self, files: list[Any], cached: bool) -> str | None:
        """Carry those of `files` into the frame that are not on their way yet; return why that cannot be."""
        names = [file["name"] for file in files if file["name"] not in self._on_its_way]
        listed = [dict(file, url=absolute(file["url"])) for file in files if file["name"] in names]
        if not names:
            return None
        self._on_its_way += names
        carried = await self.door.carry(json.dumps(listed), self._progress, self._abort.signal, cached)
        if carried.ok:
            return None
        self._on_its_way = [name for name in self._on_its_way if name not in names]
        self.silent = bool(carried.silent)
        return "Python could not be fetched: " + str(carried.error)

    def _progress(self, done: float) -> None:
        self._told(int(done), self.total)
