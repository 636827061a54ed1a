"""One Python in the sandbox: its worker, and the job that runs in it; and one that only has its memory taken."""

import json
from typing import Any

from readerly.code_sample.job import Job


class Interpreter:
    """One worker in the sandbox, with one Python."""

    def __init__(self, sandbox: Any, number: int) -> None:
        """Start the worker in `sandbox`, a `session.Sandbox`; it is ready when its Python has booted."""
        self.id = "python-" + str(number)
        self.ready = False
        self.job: Job | None = None
        self.place: str | None = None
        """Whose it is, once something has run in it: see `places`."""
        self._sandbox = sandbox
        self._port = sandbox.delivery.door.start(self.id, self._heard, sandbox.delivery.memory, None)

    def run(self, job: Job) -> None:
        """Hand `job` over."""
        self.job, self.place = job, job.place
        self._say(job.request)

    def end(self) -> None:
        """End the worker at once, whatever it is doing."""
        self.job = None
        self._port.close()
        self._sandbox.delivery.door.stop(self.id)

    def _say(self, message: dict[str, Any]) -> None:
        self._sandbox.delivery.door.say(self._port, json.dumps(message))

    def _asked(self, job: Job, text: str, number: int) -> None:
        """Pass on a question, and its answer, unless `job` has ended by then."""

        def answer(said: str) -> None:
            if self.job is job:
                self._say({"answer": number, "text": said})

        try:
            kind, about = json.loads(text)
        except ValueError:
            return  # a sample's word may be anything
        job.asked(str(kind), str(about), answer)

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
        if self.job is not None:
            job = self.job
            if kind == "asks":
                self._asked(job, text, line)
                return
            if kind == "done":
                self.job = None
            job.said(kind, text, line)
        if self.job is None:
            self._sandbox.distribute()


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
