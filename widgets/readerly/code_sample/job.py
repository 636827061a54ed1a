"""What the sandbox is asked to do, and hears back about."""

from typing import Any, Callable


class Job:
    """One run of one sample, as the sandbox sees it. The tag overrides what it wants to hear."""

    def __init__(
        self, source: str, name: str, session: str | None, before: list[dict[str, Any]] | None = None, **options: Any
    ) -> None:
        """Run `source`, called `name` in tracebacks, in the namespace of `session` (None: one of its own).

        `before` are the sources that have to have run there, each with its "name", "source" and "files". `options` is
        whatever else `runner.run` understands, as JSON can hold it.
        """
        self.source = source
        self.name = name
        self.session = session
        self.options = options
        self.place = "session " + session if session else "sample " + name
        """Where it runs: what has run in one place is not reached from another."""
        self.before = before or []
        self.ahead: list[dict[str, Any]] = []
        """Those that the interpreter runs ahead of it: `before`, as far as it is missing there, and what was lost."""
        self.again = 0
        """How many of `ahead` had run before and were lost with another interpreter."""
        self.failed = False
        """Whether it ended with an error."""
        self.barred = False
        """Whether it did not run, since something ahead of it failed."""
        self.packages: list[str] = options.get("packages") or []
        """The packages it needs; it is handed over once their wheels are in the sandbox."""
        self.files: list[list[str]] = options.get("files") or []
        """Its data files, each a name and an address; it is handed over once their bytes are in the sandbox."""
        self.connect: list[str] = options.get("connect") or []
        """The origins of the hosts that it may ask, by way of the page."""
        self.requests = 0
        """How many requests to them it has made."""
        self.wheels: list[str] = []
        """The files of these wheels, and of all that they need."""

    @property
    def request(self) -> dict[str, Any]:
        """What `runner.run` is asked for, but for the source."""
        asked = dict(self.options, name=self.name, session=self.session)
        if self.ahead:
            asked["ahead"] = self.ahead
        if self.wheels:
            asked["wheels"] = self.wheels
        return asked

    def enter(self, phase: str, done: int = 0, total: int = 0, what: str = "") -> None:
        """Hear of a new phase (see `sample`); while loading, `done` of `total` bytes are here.

        They are of the packages named `what`, or of the runtime.
        """

    def said(self, kind: str, text: str, line: int) -> None:
        """Hear what the runner says: see `runner.run` for the kinds; `line` is 0 where none is meant.

        "done" and "failed" are the last.
        """

    def asked(self, kind: str, text: str, answer: Callable[[str], Any]) -> None:
        """Hear a question that the run waits for; `answer(text)` goes on. Who overrides this knows the kind."""
        answer("")
