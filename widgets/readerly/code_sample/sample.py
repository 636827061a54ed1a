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
        self.phase = IDLE
        self.status = ""
        self.failing_line: int | None = None
        self.progress: float | None = None

    @property
    def busy(self) -> bool:
        """Whether a run is under way, in any phase: what can be stopped."""
        return self.phase != IDLE

    @property
    def edited(self) -> bool:
        """Whether the source differs from the author's."""
        return self.source != self.original

    def run(self) -> bool:
        """Begin a run; False when one is under way already."""
        if self.busy:
            return False
        self.failing_line = None
        self.enter(STARTING)
        return True

    def enter(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Go on to `phase`, one of the busy ones; while loading, `done` of `total` bytes of the runtime are here."""
        self.progress = done / total if phase == LOADING and total else None
        self._be(phase, SAID[phase].format(done / MEGABYTE, total / MEGABYTE, self._engine))

    def errored(self, line: int) -> None:
        """The source raised, at `line` of the sample (from 1; 0 where that is not known)."""
        self.failing_line = line

    def finished(self, seconds: float) -> None:
        """The run came to its end after `seconds`, by an error or without."""
        took = "less than 0.01 s" if seconds < 0.01 else "{:.2f} s".format(seconds)
        if self.failing_line is None:
            self._be(IDLE, "Finished in " + took)
        elif self.failing_line:
            self._be(IDLE, "Error on line {}".format(self.failing_line))
        else:
            self._be(IDLE, "Ended with an error")

    def stopped(self) -> None:
        """The reader stopped the run."""
        self._be(IDLE, "Stopped")

    def failed(self, why: str) -> None:
        """Python itself could not run the sample; `why` is a sentence."""
        self._be(IDLE, why)

    def reset(self) -> None:
        """Go back to the author's source."""
        self.source = self.original
        self.failing_line = None
        self._be(IDLE, "")

    def _be(self, phase: str, status: str) -> None:
        self.phase = phase
        self.status = status
