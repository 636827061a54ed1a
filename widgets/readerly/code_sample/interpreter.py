"""One Python in the sandbox: its worker, and the job that runs in it; and one that only has its memory taken."""

import asyncio
import json
from typing import Any, Callable

from readerly.code_sample import reach
from readerly.code_sample.job import Job
from readerly.page.browser import guard


class Interpreter:
    """One worker in the sandbox, with one Python."""

    def __init__(self, sandbox: Any, number: int) -> None:
        """Start the worker in `sandbox`, a `session.Sandbox`; it is ready when its Python has booted."""
        self.id = "python-" + str(number)
        self.ready = False
        self.job: Job | None = None
        self.place: str | None = None
        """Whose it is, once something has run in it: see `places`."""
        self._limit: Any = None
        self._looks: dict[int, Callable[[list[str]], Any]] = {}
        self._looked = 0
        self._sandbox = sandbox
        self._port = sandbox.delivery.door.start(self.id, self._heard, sandbox.delivery.memory, None)

    def run(self, job: Job) -> None:
        """Hand `job` over."""
        self.job, self.place = job, job.place
        self._say(job.request, job.source)

    def look(self, kind: str, text: str, told: Callable[[list[str]], Any]) -> None:
        """Have Python look at `text` (see `looking.look`); `told(found)` hears what."""
        self._looked += 1
        self._looks[self._looked] = told
        self._say({"look": kind, "text": text, "number": self._looked})

    def end(self) -> None:
        """End the worker at once, whatever it is doing."""
        self.job = None
        self._rest()
        self._looks.clear()
        self._port.close()
        self._sandbox.delivery.door.stop(self.id)

    def _say(self, message: dict[str, Any], source: str | None = None) -> None:
        """Send `message`, with a `source` in it that is handed over as it is: MicroPython writes JSON by characters."""
        self._sandbox.delivery.door.say(self._port, json.dumps(message), source)

    def _time(self) -> None:
        """The sample's own source begins: from now on its author's limit counts, where there is one."""
        job, seconds = self.job, (self.job.options.get("timeout") if self.job is not None else None)

        def over() -> None:
            self._limit = None
            if self.job is job:
                self._sandbox.overran(self, seconds)

        self._rest()
        if seconds:
            self._limit = guard.later(over, int(seconds * 1000))

    def _rest(self) -> None:
        """Let no time count."""
        if self._limit is not None:
            guard.never(self._limit)
            self._limit = None

    def _asked(self, job: Job, text: str, number: int) -> None:
        """Pass on a question, and its answer, unless `job` has ended by then."""

        def answer(said: str) -> None:
            if self.job is job:
                if counted:
                    self._time()
                self._say({"answer": number, "text": said})

        try:
            kind, about = json.loads(text)
        except (ValueError, TypeError):
            return  # a sample's word may be anything
        counted = self._limit is not None
        self._rest()  # who waits for a reader, or for the page, does not use up the author's limit
        if kind == "fetch":
            asyncio.create_task(self._fetch(job, str(about), number, counted))
        else:
            job.asked(str(kind), str(about), answer)

    async def _fetch(self, job: Job, about: str, number: int, counted: bool) -> None:
        """Have the page ask a host for `job`, or say why it does not."""
        why = await reach.fetch(self._sandbox.delivery.door, self.id, self._port, number, about, job)
        if self.job is job:
            if counted:
                self._time()
            if why:
                self._say({"answer": number, "refused": why})

    def _heard(self, kind: str, text: str, line: int) -> None:
        """Take a message of the worker: the sample's word, not ours. It is shown as text and decides nothing else."""
        if kind == "ready" and not self.ready:
            self.ready = True
            self._sandbox.booted()
            return
        if kind == "needs":
            self._sandbox.needs(text)
            return
        if kind == "imageless" and not self.ready:
            self._sandbox.delivery.refuse_image()
            return
        if kind == "failed":
            self._sandbox.lost(self, text)
            return
        if kind == "looked":
            told = self._looks.pop(line, None)
            if told is not None:
                told(_read(text))
            return
        if self.job is not None:
            job = self.job
            if kind == "asks":
                self._asked(job, text, line)
                return
            if kind == "begun":
                self._time()
                return
            self._sandbox.note(job, kind, line)
            if kind == "done":
                self.job = None
                self._rest()
            job.said(kind, text, line)
        if self.job is None:
            self._sandbox.distribute()


def _read(text: str) -> list[str]:
    """Return the list in `text`, which is JSON; or nothing of use: it is a sample's word."""
    try:
        return [str(each) for each in json.loads(text)]
    except (ValueError, TypeError):
        return []


class Maker:
    """A worker that boots Python, has the page keep an image of its memory, and is ended: no sample runs in it."""

    def __init__(self, sandbox: Any) -> None:
        """Start the worker in `sandbox`; the image is kept in the place of the site's."""
        self._sandbox = sandbox
        self._port = sandbox.delivery.door.start("maker", self._heard, 0, sandbox.delivery.image)

    def end(self) -> None:
        """End the worker."""
        self._port.close()
        self._sandbox.delivery.door.stop("maker")

    def _heard(self, kind: str, text: str, _line: int) -> None:
        if kind == "needs":
            self._sandbox.needs(text)
        else:  # the image, or that there will be none
            self._sandbox.made()
