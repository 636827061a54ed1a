"""A sample's life: what it is doing, what it may do next, and the sentence that says so. Pure."""

MEGABYTE = 1_000_000

IDLE, LOADING, STARTING, WAITING, RUNNING = "idle", "loading", "starting", "waiting", "running"

SAID = {
    LOADING: "Fetching {2}: {0:.1f} of {1:.1f} MB",
    STARTING: "Starting {2}\u2026",
    WAITING: "Waiting for another sample to finish\u2026",
    RUNNING: "Running\u2026",
}
"""What the status line says in each busy phase."""


def failure(traceback: str) -> str:
    r"""Return the line of a `traceback` that says what went wrong.

    >>> failure("Traceback (most recent call last):\n  File 'a.py', line 1, in f\nKeyError: 1\n")
    'KeyError: 1'
    """
    lines = [line for line in traceback.split("\n") if line and line[0] not in " |+"]
    return lines[-1] if lines else ""


class Sample:
    """One sample's source and phase.

    Phases: `IDLE`; `LOADING` (the runtime's bytes arrive), `STARTING` (Python boots), `WAITING` (other samples keep
    every interpreter busy), `RUNNING`. Whatever happens, it comes back to `IDLE` with a sentence that says why.
    """

    def __init__(self, source: str, engine: str = "Python") -> None:
        """Begin idle, with the author's `source`, to be run in `engine`, as a reader knows it."""
        self._engine = engine
        self.original = source
        self.source = source
        self._linked = False
        self.phase = IDLE
        self.status = ""
        self.failing_line: int | None = None
        self.progress: float | None = None
        self._ahead = 0
        self._again = 0
        self._barred = ""

    @property
    def busy(self) -> bool:
        """Whether a run is under way, in any phase: what can be stopped."""
        return self.phase != IDLE

    @property
    def edited(self) -> bool:
        """Whether the source differs from the author's."""
        return self.source != self.original

    @property
    def ahead(self) -> str:
        """What runs where a later sample needs this one: never what a link brought, before the reader has run that."""
        return self.original if self._linked else self.source

    def run(self) -> bool:
        """Begin a run; False when one is under way already."""
        if self.busy:
            return False
        self._linked = False
        self.failing_line = None
        self._ahead = self._again = 0
        self._barred = ""
        self.enter(STARTING)
        return True

    def enter(self, phase: str, done: int = 0, total: int = 0, what: str = "") -> None:
        """Go on to `phase`, one of the busy ones; while loading, `done` of `total` bytes are here: of packages
        or files named `what`, or of the runtime. A `total` that is not known is 0.
        """
        self.progress = done / total if phase == LOADING and total else None
        said = SAID[phase] if total or phase != LOADING else "Fetching {2}: {0:.1f} MB"
        self._be(phase, said.format(done / MEGABYTE, total / MEGABYTE, what or self._engine))

    def preceded(self, missing: int, again: int) -> None:
        """Others run first: `missing` that had not run, and `again` that were lost with another interpreter."""
        self._ahead, self._again = missing, again
        if missing or again:
            self._be(RUNNING, "Running " + self._first() + " first\u2026")

    def begun(self) -> None:
        """What had to run first has run."""
        self._be(RUNNING, SAID[RUNNING])

    def barred(self, title: str) -> None:
        """It does not run: `title`, which had to run first, ended with an error."""
        self._barred = title

    def errored(self, line: int) -> None:
        """The source raised, at `line` of the sample (from 1; 0 where that is not known)."""
        self.failing_line = line

    def finished(self, seconds: float) -> None:
        """The run came to its end after `seconds`, by an error or without."""
        took = "< 0.01 s" if seconds < 0.01 else "{:.2f} s".format(seconds)
        if self._barred:
            self._be(IDLE, "Did not run: error in " + self._barred)
        elif self.failing_line is None:
            self._be(IDLE, "Finished in " + took + (", ran " + self._first() + " first" if self._first() else ""))
        elif self.failing_line:
            self._be(IDLE, "Error on line {}".format(self.failing_line))
        else:
            self._be(IDLE, "Ended with an error")

    def stopped(self, remembered: bool = False) -> None:
        """The reader stopped the run; `remembered`: what has run in its session before runs again when needed."""
        self._be(IDLE, "Stopped. The next run brings back what this session had" if remembered else "Stopped")

    def ran_ahead(self) -> None:
        """It ran since a later one of its session needed it."""
        if not self.busy:
            self._be(IDLE, "Ran before a later sample" + (", as its author wrote it" if self._linked else ""))

    def restarted(self, here: bool) -> None:
        """Its session was restarted, by this sample's own button where `here`."""
        if not self.busy:
            self._be(IDLE, "Restarted: the next run starts with no names" if here else "")

    def failed(self, why: str) -> None:
        """Python itself could not run the sample; `why` is a sentence."""
        self._be(IDLE, why)

    def reset(self) -> None:
        """Go back to the author's source."""
        self.source = self.original
        self._linked = False
        self.failing_line = None
        self._be(IDLE, "")

    def recalled(self, source: str) -> None:
        """The reader's `source` of an earlier visit takes the place of the author's."""
        self.source = source
        self._linked = False
        self._be(IDLE, "Your edit of an earlier visit; Reset brings the author\u2019s back")

    def linked(self, source: str) -> None:
        """The `source` that a link brought takes the place of the author's, until the reader decides."""
        self.source = source
        self._linked = True
        self._be(IDLE, "From a link, not run yet; Reset brings the author\u2019s back")

    def _first(self) -> str:
        parts: list[str] = []
        if self._again:
            parts.append("{} again".format(_samples(self._again, "")))
        if self._ahead:
            parts.append(_samples(self._ahead, "earlier "))
        return " and ".join(parts)

    def _be(self, phase: str, status: str) -> None:
        self.phase = phase
        self.status = status


def _samples(count: int, which: str) -> str:
    return "{} {}sample{}".format(count, which, "" if count == 1 else "s")
