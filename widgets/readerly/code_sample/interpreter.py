"""One Python in the sandbox: its worker, and the job that runs in it."""

import json
from typing import Any


class Job:
    """One run of one sample, as the sandbox sees it. The tag overrides what it wants to hear."""

    def __init__(self, source: str, name: str, session: str | None) -> None:
        """Run `source`, called `name` in tracebacks, in the namespace of `session` (None: one of its own)."""
        self.source = source
        self.name = name
        self.session = session

    def enter(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Hear of a new phase (see `sample`); while loading, `done` of `total` bytes of the runtime are here."""

    def said(self, kind: str, text: str, line: int) -> None:
        """Hear what the runner says: see `runner.run` for the kinds; `line` is 0 where none is meant.

        "done" and "failed" are the last.
        """


class Interpreter:
    """One worker in the sandbox, with one Python."""

    def __init__(self, sandbox: Any, number: int) -> None:
        """Start the worker in `sandbox`, a `session.Sandbox`; it is ready when its Python has booted."""
        self.id = "python-" + str(number)
        self.ready = False
        self.job: Job | None = None
        self._sandbox = sandbox
        self._port = sandbox.frame.start(self.id, self._heard)

    def run(self, job: Job) -> None:
        """Hand `job` over."""
        self.job = job
        message = {"run": self.id, "source": job.source, "name": job.name, "session": job.session}
        self._sandbox.frame.say(self._port, json.dumps(message))

    def end(self) -> None:
        """End the worker at once, whatever it is doing."""
        self.job = None
        self._port.close()
        self._sandbox.frame.stop(self.id)

    def _heard(self, kind: str, text: str, line: int) -> None:
        """Take a message of the worker: the sample's word, not ours. It is shown as text and decides nothing else."""
        if kind == "ready":
            self.ready = True
        elif kind == "failed":
            self._sandbox.lost(self, text)
            return
        elif self.job is not None:
            job = self.job
            if kind == "done":
                self.job = None
            job.said(kind, text, line)
        if self.job is None:
            self._sandbox.distribute()
