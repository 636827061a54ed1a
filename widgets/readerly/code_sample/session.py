"""The page's interpreters, and the runs that wait for one."""

import asyncio
from typing import Any, Callable

from readerly.code_sample import places
from readerly.code_sample.delivery import Delivery
from readerly.code_sample.histories import Histories
from readerly.code_sample.interpreter import Interpreter, Maker
from readerly.code_sample.job import Job
from readerly.code_sample.sample import LOADING, RUNNING, STARTING, WAITING
from readerly.code_sample.supplies import Supplies
from readerly.code_sample.wheels import Wheels
from readerly.page import thrift
from readerly.page.browser import guard

SPARE = 50
"""Milliseconds after a run has begun until another interpreter is started for who stops it, if it goes on by then."""

REST = 100
"""Milliseconds after that until one is started in any case: who runs a sample again at once has the processor."""

LIBRARY = 150
"""Milliseconds for which the rest of the standard library waits where somebody waits for a first output."""

BOOT = 30_000
"""Milliseconds for which one that has all it boots from may take to; the one in its place has twice as long."""


class Sandbox:
    """The interpreters of this page and the jobs that wait for one."""

    def __init__(self, engine: str, fetched: Callable[[], Any]) -> None:
        """Begin closed: nothing is fetched before a reader shows that they may want to run something.

        `engine` is what runs here: "pyodide" or "micropython"; `fetched()` is told once all it boots from has come.
        """
        self.delivery = Delivery(self._progress, engine)
        self._fetched = fetched
        self.wheels = Wheels(self.delivery)
        self.supplies = Supplies(self.delivery)
        self._awaited: list[list[str]] = []
        self._supplying: list[list[list[str]]] = []
        self._coming: dict[str, tuple[int, int, str]] = {}
        self._ready = False
        self._opening = False
        self._wanted = False
        self._interpreters: list[Interpreter] = []
        self._maker: Maker | None = None
        self._bound: dict[str, Interpreter] = {}
        self._histories = Histories()
        self._jobs: list[Job] = []
        self._started = 0
        self._loaded = 0

    def near(self) -> None:
        """A sample comes into view: for a reader who has run samples before, Python starts from the browser's cache."""
        if self.delivery.fetched_before:
            self.warm(cached=True)
        else:
            asyncio.create_task(self._approach())

    def warm(self, cached: bool = False) -> None:
        """Start Python, since somebody may want to run something; `cached`: only from the browser's own cache."""
        self._wanted = self._wanted or not cached
        if not self._ready and not self._opening:
            self._opening = True
            asyncio.create_task(self._open(cached))

    def expect(self, names: list[str]) -> None:
        """Fetch the packages `names`, since somebody may want to run something with them."""
        if names not in self._awaited and self.wheels.files(names) is None:
            self._awaited.append(names)
            asyncio.create_task(self._bring(names))

    def supply(self, files: list[list[str]]) -> None:
        """Fetch data `files`, each a name and an address, since somebody may want to run something with them."""
        missing = self.supplies.missing(files)
        if missing and missing not in self._supplying:
            self._supplying.append(missing)
            asyncio.create_task(self._supply(missing))

    def run(self, job: Job) -> None:
        """Run `job` as soon as an interpreter is free, opening the sandbox first where needed."""
        self._jobs.append(job)
        self.warm()
        if job.packages:
            self.expect(job.packages)
        self.supply(self._files(job))
        self.distribute()

    def stop(self, job: Job) -> None:
        """End `job` at once, in whatever state it is. The interpreter it ran in is replaced by a fresh one."""
        if job in self._jobs:
            self._jobs.remove(job)
            if not self._jobs and self._opening:
                self.delivery.stop()
            if not [other for other in self._jobs if other.packages]:
                self.wheels.stop()
            if not [other for other in self._jobs if self._files(other)]:
                self.supplies.stop()
        for interpreter in list(self._interpreters):
            if interpreter.job is job:
                self._discard(interpreter)
                if not self._interpreters:
                    self._start()
                self._spare()
        self.distribute()

    def distribute(self) -> None:
        """Give waiting jobs to interpreters that are ready, and start one where it helps."""
        for job in list(self._jobs):
            if not self._ready:
                job.enter(LOADING, self._loaded, self.delivery.total)
                continue
            wheels = self.wheels.files(job.packages)
            missing = self.supplies.missing(self._files(job))
            if wheels is None:
                self.expect(job.packages)
            self.supply(missing)
            if wheels is None or missing:
                self._tell_of(job, missing if wheels is not None else job.packages)
                continue
            job.wheels = wheels
            interpreter = self._for(job)
            if interpreter is None:
                job.enter(WAITING)
            elif interpreter.ready:
                self._jobs.remove(job)
                self._prepare(job, interpreter)
                self._interpreters.remove(interpreter)
                self._interpreters.append(interpreter)
                interpreter.run(job)  # which takes it up while the page shows that
                job.enter(RUNNING)
                guard.later(self._replace, SPARE)
            else:
                job.enter(STARTING)

    def look(self, kind: str, text: str, place: str, told: Callable[[list[str]], Any]) -> bool:
        """Have a Python that has nothing else to do look at `text`, and return whether there is one: none is started.

        Names are those of `place` (see `Job`), where something has run there; no other place is looked into.
        """
        idle = [each for each in self._interpreters if each.ready and each.job is None]
        if kind != "syntax":
            idle = [each for each in idle if each.place in (place, None)]
        found = [each for each in idle if each.place == place] or idle
        if found:
            found[-1].look(kind, text, told)
        return bool(found)

    def restart(self, session: str) -> None:
        """Let `session` start anew with the next run: its names are forgotten, and what runs in it is stopped."""
        self._histories.forget(session)
        for job in self._jobs + [each.job for each in self._interpreters if each.job is not None]:
            if job.session == session:
                self.stop(job)
                job.said("failed", "Stopped, since the session was restarted", 0)
        self._bound.pop(session, None)

    def remembers(self, session: str | None) -> bool:
        """Whether the next run in `session` has something to bring back."""
        return self._histories.knows(session)

    def note(self, job: Job, kind: str, number: int) -> None:
        """Take note of what has run in a session. It is the sandbox's word, and decides only what runs there again."""
        if kind == "ran":
            if job.again < number <= len(job.ahead):
                part = job.ahead[number - 1]
                self._histories.ran(job.session, part["name"], part["source"], False, part.get("files"))
        elif kind == "broken":
            job.barred = True
        elif kind == "error":
            job.failed = True
        elif kind == "done" and not job.barred:
            self._histories.ran(job.session, job.name, job.source, job.failed, job.files)

    def booted(self) -> None:
        """An interpreter is ready for its first job."""
        awaited = bool(self._jobs)
        self.distribute()
        if not thrift.asked():
            guard.later(self._complete, LIBRARY if awaited else 0)  # who misses it earlier asks for it

    def lost(self, interpreter: Interpreter, why: str) -> None:
        """An interpreter gave way: say so to its job, or to those who waited for it to start."""
        job = interpreter.job
        self._discard(interpreter)
        if job is not None:
            why = why.rstrip(".") + ("." if "Run starts" in why else ". Run starts another Python.")
            why += " What ran before in this session runs there again." if self.remembers(job.session) else ""
            guard.later(self._spare, SPARE)
        self._tell([job] if job is not None else list(self._jobs), why)
        self.distribute()

    def overran(self, interpreter: Interpreter, seconds: float) -> None:
        """The job of `interpreter` took longer than its author allows."""
        job = interpreter.job
        if job is not None:
            self.stop(job)
            took = "{:g} second{}".format(seconds, "" if seconds == 1 else "s")
            job.said("failed", "Stopped: it took longer than " + took + ", the limit its author has set", 0)

    def needs(self, name: str) -> None:
        """An interpreter cannot go on without the file `name`."""
        asyncio.create_task(self.delivery.bring_more(name))

    def _complete(self) -> None:
        """Have the rest of the standard library brought and a worker hired, unless the frame was given back since."""
        library = self.delivery.library
        if library and self.delivery.door is not None:
            self.needs(library["name"])
        self._hire()

    def _hire(self) -> None:
        """Have a worker for the next interpreter start ahead, and boot as far as it can without much memory.

        While one boots that somebody may wait for, that has the processor; it is followed by this when it has booted.
        """
        starting = [each for each in self._interpreters if not each.ready]
        if self.delivery.door is not None and not starting and not thrift.asked():
            self.delivery.door.hire(self.delivery.memory)

    def made(self) -> None:
        """The image this browser makes for itself is made, or cannot be."""
        if self._maker is not None:
            self._maker.end()

    def _tell(self, jobs: list[Job], why: str) -> None:
        for job in jobs:
            if job in self._jobs:
                self._jobs.remove(job)
            job.said("failed", why, 0)

    def _for(self, job: Job) -> Interpreter | None:
        """Return the interpreter that `job` is to run in (perhaps still starting), or None while all are busy."""
        found, gone = places.choice(self._interpreters, job.place)
        if gone is not None:
            self._discard(gone)
        elif found is not None or self._waits(job):
            return found
        return self._start()

    def _waits(self, job: Job) -> bool:
        own = [each for each in self._interpreters if each.place == job.place]
        return bool(own) or places.waits(self._interpreters)

    def _prepare(self, job: Job, interpreter: Interpreter) -> None:
        """Decide what runs ahead of `job` in `interpreter`: where its session has not been, all that ran in it."""
        lost: list[dict[str, Any]] = []
        if job.session:
            if job.session not in self._bound:
                lost = self._histories.again(job.session)
                job.options["fresh"] = True
            self._bound[job.session] = interpreter
        job.again = len(lost)
        job.ahead = lost + self._histories.missing(job.session, job.before)

    def _start(self, patience: int = BOOT) -> Interpreter:
        self._started += 1
        made = Interpreter(self, self._started)
        self._interpreters.append(made)
        if self._ready:
            self._await(made, patience)
        return made

    def _await(self, interpreter: Interpreter, patience: int) -> None:
        """See that `interpreter` is replaced if it has not booted after `patience` milliseconds, and says nothing."""

        def late() -> None:
            if interpreter in self._interpreters and not interpreter.ready:
                self._discard(interpreter)
                self._start(2 * patience)
                self.distribute()

        guard.later(late, patience)

    def _replace(self) -> None:
        """Start a spare interpreter at once where one is busy, and else when the reader has had time to run again.

        While the page still has to show what was printed, it has the processor.
        """
        if self.delivery.door is not None and self.delivery.door.behind():
            guard.later(self._replace, SPARE)
        elif self._busy:
            self._spare()
        else:
            guard.later(self._rested, REST)

    def _rested(self) -> None:
        """The reader has had time to run again. Where something runs by now, that starts a spare by itself."""
        if not self._busy:
            self._spare()

    @property
    def _busy(self) -> bool:
        return bool([each for each in self._interpreters if each.job is not None])

    def _spare(self) -> None:
        """See that the next run, or the next after a stop, finds a Python that has booted."""
        if not self._ready or thrift.asked():
            return
        wanted, gone = places.for_a_fresh_one(self._interpreters)
        if gone is not None:
            self._discard(gone)
        if wanted:
            self._start()
        if self.delivery.lacks_image and self._maker is None:
            self._maker = Maker(self)

    def _discard(self, interpreter: Interpreter) -> None:
        if interpreter in self._interpreters:
            self._interpreters.remove(interpreter)
        for session in [name for name in self._bound if self._bound[name] is interpreter]:
            del self._bound[session]
        interpreter.end()

    async def _approach(self) -> None:
        await self.delivery.prepare()
        self._hire()

    async def _open(self, cached: bool, again: bool = False) -> None:
        """Have the frame filled; at any failure the waiting jobs are told, and may try again.

        Where it stood still, or what fetches ended without a word, all begins once more by itself; not where it is that
        `again`.
        """
        self._wanted = not cached
        failed = await self.delivery.bring(cached, self._start)
        self._opening = False
        self._ready = not failed
        self._loaded = 0
        if not failed:
            for interpreter in self._interpreters:
                self._await(interpreter, BOOT)
            self.distribute()
            self._fetched()
            return
        for interpreter in list(self._interpreters):
            self._discard(interpreter)
        self.delivery.close()
        self.wheels.forget()
        self.supplies.forget()
        if self._wanted and self.delivery.silent and not (again or self.delivery.stopped):
            self._opening = True
            await self._open(False, True)
        elif (self._jobs and self.delivery.stopped) or (self._wanted and cached):
            self.warm()  # who came since then still wants it
        elif not self.delivery.stopped:
            self._tell(list(self._jobs), failed + ". Run tries again.")

    def _tell_of(self, job: Job, wanted: list[Any]) -> None:
        """Tell `job` how far the packages or files it waits for are, which may have been asked for before it was."""
        named = [each if isinstance(each, str) else each[0] for each in wanted]
        job.enter(LOADING, *self._coming.get(str(wanted), (0, 0, ", ".join(named))))

    async def _bring(self, names: list[str]) -> None:
        """Have packages carried into the frame; where that fails, tell the jobs that wait for them."""

        def told(what: str, done: int, total: int) -> None:
            self._coming[str(names)] = (done, total, what)
            for job in self._jobs:
                if self._ready and job.packages == names:
                    job.enter(LOADING, done, total, what)

        failed = await self.wheels.bring(names, told)
        self._coming.pop(str(names), None)
        self._awaited.remove(names)
        if failed:
            self._tell([job for job in self._jobs if job.packages == names], failed)
        self.distribute()

    def _files(self, job: Job) -> list[list[str]]:
        """Return the data files that `job` needs, and those of all that may run ahead of it."""
        found = list(job.files)
        for part in self._histories.again(job.session) + job.before:
            named: list[list[str]] = part.get("files") or []
            found += [each for each in named if each not in found]
        return found

    async def _supply(self, files: list[list[str]]) -> None:
        """Have data `files` carried into the frame; where that fails, tell the jobs that wait for them."""

        def waiting() -> list[Job]:
            return [job for job in self._jobs if [each for each in self._files(job) if each in files]]

        def told(done: int, total: int) -> None:
            what = ", ".join([name for name, _ in files])
            self._coming[str(files)] = (done, total, what)
            for job in waiting():
                if self._ready:
                    job.enter(LOADING, done, total, what)

        failed = await self.supplies.bring(files, told)
        self._coming.pop(str(files), None)
        self._supplying.remove(files)
        if failed:
            self._tell(waiting(), failed)
        self.distribute()

    def _progress(self, done: int, total: int) -> None:
        if self._opening:
            self._loaded = done
            for job in self._jobs:
                job.enter(LOADING, done, total)
