"""The page's one door to the sandbox: fetches its bytes and gives jobs to the interpreters in it."""

import asyncio
import json
from typing import Any

from readerly.code_sample.interpreter import Interpreter, Job
from readerly.code_sample.sample import LOADING, RUNNING, STARTING, WAITING
from readerly.page.browser import absolute, guard, settings, window

INTERPRETERS = 2
"""How many interpreters may run side by side. Each takes some 100 MB; with a second one, a sample that never ends does
not keep the others from running."""


class Sandbox:
    """The interpreters of this page and the jobs that wait for one."""

    def __init__(self) -> None:
        """Begin closed: not a byte is fetched before a reader wants to run something."""
        self.frame: Any = None
        self._opening = False
        self._abort: Any = None
        self._interpreters: list[Interpreter] = []
        self._bound: dict[str, Interpreter] = {}
        self._jobs: list[Job] = []
        self._started = 0
        self.total = sum([int(file["bytes"]) for file in settings["sandbox"]["files"]])

    def run(self, job: Job) -> None:
        """Run `job` as soon as an interpreter is free, opening the sandbox first where needed."""
        self._jobs.append(job)
        if self.frame is not None:
            self.distribute()
            return
        job.enter(LOADING, 0, self.total)
        if not self._opening:
            self._opening = True
            asyncio.create_task(self._open())

    def stop(self, job: Job) -> None:
        """End `job` at once, in whatever state it is. The interpreter it ran in is replaced by a fresh one."""
        if job in self._jobs:
            self._jobs.remove(job)
            if not self._jobs and self._opening and self._abort is not None:
                self._abort.abort()
        for interpreter in list(self._interpreters):
            if interpreter.job is job:
                self._discard(interpreter)
                self._start()
        self.distribute()

    def distribute(self) -> None:
        """Give waiting jobs to interpreters that are ready, and start one where it helps."""
        for job in list(self._jobs):
            interpreter = self._for(job)
            if interpreter is None:
                job.enter(WAITING)
            elif interpreter.ready:
                self._jobs.remove(job)
                if job.session:
                    self._bound[job.session] = interpreter
                job.enter(RUNNING)
                interpreter.run(job)
            else:
                job.enter(STARTING)

    def lost(self, interpreter: Interpreter, why: str) -> None:
        """An interpreter gave way: say so to its job, or to those who waited for it to start."""
        job = interpreter.job
        self._discard(interpreter)
        told = [job] if job is not None else list(self._jobs)
        for each in told:
            if each in self._jobs:
                self._jobs.remove(each)
            each.said("failed", why, 0)
        self.distribute()

    def _for(self, job: Job) -> Interpreter | None:
        """Return the interpreter that `job` is to run in (perhaps still starting), or None while all are busy."""
        if job.session and job.session in self._bound:
            bound = self._bound[job.session]
            return bound if bound.job is None else None
        free = [each for each in self._interpreters if each.job is None]
        for each in free:
            if each.ready:
                return each
        if free:
            return free[0]
        return self._start() if len(self._interpreters) < INTERPRETERS else None

    def _start(self) -> Interpreter:
        self._started += 1
        made = Interpreter(self, self._started)
        self._interpreters.append(made)
        return made

    def _discard(self, interpreter: Interpreter) -> None:
        if interpreter in self._interpreters:
            self._interpreters.remove(interpreter)
        for session in [name for name in self._bound if self._bound[name] is interpreter]:
            del self._bound[session]
        interpreter.end()

    async def _open(self) -> None:
        """Fetch the runtime's bytes and open the frame; at any failure the waiting jobs are told, and may try again."""
        files = [{"name": file["name"], "url": absolute(file["url"])} for file in settings["sandbox"]["files"]]
        self._abort = window.AbortController.new()
        fetched = await guard.fetchFiles(json.dumps(files), self._progress, self._abort.signal)
        opened, failed = fetched, "Python could not be fetched: "
        if fetched.ok:
            failed = "The sandbox could not be opened: "
            opened = await guard.openSandbox(absolute(settings["sandbox"]["frame"]), fetched.value)
        self._opening = False
        if opened.ok:
            self.frame = opened.value
            self.distribute()
            return
        if self._abort.signal.aborted:  # stopped by the reader; who came since then still wants it
            if self._jobs:
                self._opening = True
                await self._open()
            return
        waiting, self._jobs = self._jobs, []
        for job in waiting:
            job.said("failed", failed + str(opened.error) + ". Run tries again.", 0)

    def _progress(self, done: int) -> None:
        for job in self._jobs:
            job.enter(LOADING, int(done), self.total)
