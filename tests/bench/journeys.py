"""The journeys of one round, under which conditions each is made, and the series that it gives."""

from dataclasses import dataclass

from . import ours, runs, theirs
from .conditions import ALL, FREE, PROCESSORS, SLOW_BOTH, SLOW_NETWORK, Condition
from .runs import FIRST_RUN, RUNS, STOP, TASKS, WARMED, WEIGHT, Journey
from .subjects import EDITOR, EDITOR_PACKAGED, FLOOR, PACKAGED, READERLY
from .theirs import CDN

OURS = ("readerly", "readerly_pydantic", "phone")


@dataclass(frozen=True)
class Plan:
    """A journey: whose pages it visits, the series it gives, and what it does."""

    subject: str
    """What its series begin with; OURS are on Readerly's own server."""
    series: tuple[str, ...]
    journey: Journey
    conditions: tuple[Condition, ...] = (FREE,)
    once: bool = False
    """Whether one visit of a run will do: what it gives is counted and has no time in it."""
    watched: bool = False
    """Whether it counts what the network brings; no time of such a visit is taken."""

    @property
    def ours(self) -> bool:
        """Whether it goes to Readerly's own server."""
        return self.subject in OURS

    def names(self, condition: Condition) -> list[str]:
        """Return the whole names of its series under a condition."""
        return [condition.of(f"{self.subject}.{name}") for name in self.series]


WORKED = (*RUNS, *TASKS, *FIRST_RUN)
PAGE = ("live", *TASKS)
NETWORK_SLOW = (SLOW_NETWORK, SLOW_BOTH)

CHROMIUM = (
    Plan("readerly", (*WORKED, *STOP), runs.runs(READERLY, stop=True, tasks=True), PROCESSORS),
    Plan("editor", (*WORKED, *STOP), runs.runs(EDITOR, stop=True, tasks=True), PROCESSORS),
    Plan("readerly", WORKED, runs.runs(READERLY, tasks=True), NETWORK_SLOW),
    Plan("editor", WORKED, runs.runs(EDITOR, tasks=True), NETWORK_SLOW),
    Plan("readerly", WARMED, runs.warmed(READERLY), PROCESSORS),
    Plan("editor", WARMED, runs.warmed(EDITOR), PROCESSORS),
    Plan("floor", RUNS, runs.runs(FLOOR)),
    Plan("readerly_pydantic", RUNS, runs.runs(PACKAGED)),
    Plan("editor_pydantic", RUNS, runs.runs(EDITOR_PACKAGED)),
    Plan("bare", PAGE, theirs.BARE, ALL),
    Plan("plain", PAGE, theirs.PLAIN, ALL),
    Plan("text", TASKS, theirs.text, ALL),
    Plan("readerly", ours.FRAMES, ours.frames),
    Plan("phone", ours.SHIFT, ours.phone, watched=True),
    Plan("readerly", WEIGHT, runs.weighed(READERLY), watched=True),
    Plan("editor", WEIGHT, runs.weighed(EDITOR), watched=True),
    Plan("bare", WEIGHT, theirs.BARE_WEIGHT, watched=True),
    Plan("plain", WEIGHT, theirs.PLAIN_WEIGHT, watched=True),
    Plan("marimo", CDN, theirs.MARIMO, once=True, watched=True),
    Plan("thebe", CDN, theirs.THEBE, once=True, watched=True),
)
"""Everything: the processor is slowed, tasks are told and bytes are counted by Chromium's tools."""

OTHERS = (
    Plan("readerly", (*RUNS, *STOP), runs.runs(READERLY, stop=True)),
    Plan("editor", (*RUNS, *STOP), runs.runs(EDITOR, stop=True)),
    Plan("readerly", RUNS, runs.runs(READERLY), (SLOW_NETWORK,)),
    Plan("editor", RUNS, runs.runs(EDITOR), (SLOW_NETWORK,)),
    Plan("readerly", WARMED, runs.warmed(READERLY)),
    Plan("editor", WARMED, runs.warmed(EDITOR)),
    Plan("floor", RUNS, runs.runs(FLOOR)),
    Plan("readerly_pydantic", RUNS, runs.runs(PACKAGED)),
    Plan("editor_pydantic", RUNS, runs.runs(EDITOR_PACKAGED)),
)
"""What can be done in every browser."""
