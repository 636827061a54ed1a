"""What becomes of an article's samples when they run one after the other; kept by content, so that none runs twice.

What is kept is what they said in the very Python that would run them now. Where one hung, nothing is kept: a machine
that was busy today may not be tomorrow.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from readerly.code_sample import order
from readerly.code_sample.attributes import OPTIONS
from readerly_site import cache
from readerly_site.lock import Lock
from readerly_site.python import BOOT, Died, Kit, Python, Said, TimedOut
from readerly_site.samples import WORDS, Sample, read

TIMEOUT = 30.0
"""Seconds that a sample may run whose fence says no `timeout`."""


@dataclass(frozen=True)
class Outcome:
    """What became of one sample: what it said, and why it did not come to its end, "" where it did."""

    said: tuple[Said, ...] = ()
    ended: str = ""


@dataclass(frozen=True)
class Found:
    """The outcomes of an article's samples by id, without those that are skipped, and whether they were kept."""

    outcomes: dict[str, Outcome]
    known: bool


class _Unkept(Exception):
    """Outcomes that the cache is not to keep."""


def of(samples: Sequence[Sample], kits: Mapping[str, Kit], ended: Callable[[int], None]) -> Found:
    """Return what becomes of `samples`, those of one article; `ended(n)` is called as n of them have ended.

    `kits` says what each engine is made of, by its name.
    """
    samples = sorted(samples, key=lambda sample: not hidden(sample))  # setups come first, wherever they stand
    wanted = [
        [*_asked(sample, samples, kits[engine(sample)].lock), seconds(sample), kits[engine(sample)].fingerprint]
        for sample in samples
        if not skips(sample)
    ]
    key = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:16]
    found: dict[str, Outcome] = {}

    def make(folder: Path) -> None:
        found.update(run(samples, kits, ended))
        if any(each.ended for each in found.values()):
            raise _Unkept
        said = {name: [asdict(each) for each in outcome.said] for name, outcome in found.items()}
        (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")

    try:
        folder, _ = cache.kept(f"outcomes/{key}", make)
    except _Unkept:
        return Found(found, known=False)
    if found:
        return Found(found, known=False)
    ended(len(samples))
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    return Found(
        {name: Outcome(tuple(Said(**each) for each in all_said)) for name, all_said in said.items()}, known=True
    )


def run(samples: Sequence[Sample], kits: Mapping[str, Kit], ended: Callable[[int], None]) -> dict[str, Outcome]:
    """Run `samples` in order in one Python of each engine, so that sessions are as for a reader who runs all.

    Where one hangs or takes Python down, another Python runs the rest, but for those of a session that went with it.
    """
    found: dict[str, Outcome] = {}
    live: dict[str, set[str]] = {}
    lost: dict[str, str] = {}
    pythons: dict[str, Python] = {}
    try:
        for sample in samples:
            name, session = engine(sample), sample.fence.attributes.get("session")
            if skips(sample):
                pass
            elif session and session in lost:
                found[sample.id] = Outcome(
                    ended=f"was not run, since its session ended with the sample {lost[session]!r}"
                )
            else:
                live.setdefault(name, set()).update([session] if session else [])
                at = sample.id
                try:
                    if name not in pythons:
                        pythons[name] = Python(kits[name])
                    pythons[name].give({file.digest: file.file for each in samples for file in each.files})
                    requested, _ = _asked(sample, samples, kits[name].lock)
                    for at, asked in requested.items():
                        found[at] = Outcome(tuple(pythons[name].run(asked, seconds(sample))))
                except (Died, TimedOut) as error:
                    found[at] = Outcome(ended=_why(error, sample, pythons.get(name)))
                    if name not in pythons:
                        break
                    pythons.pop(name).end()
                    lost |= dict.fromkeys(live[name] - lost.keys(), sample.id)
            ended(1)
    finally:
        for python in pythons.values():
            python.end()
    return found


def _why(error: Died | TimedOut, sample: Sample, python: Python | None) -> str:
    if python is None:
        why = str(error) or f"Python did not start within {BOOT:g} seconds"
        return f"could not be run, nor those after it: {why}"
    if isinstance(error, TimedOut):
        return f"ran longer than {seconds(sample):g} seconds and was ended; say timeout=… in its fence, or skip"
    return f"took Python down with it: {error}"


def engine(sample: Sample) -> str:
    """Return the name of what `sample` runs in."""
    return sample.fence.attributes.get("engine", "pyodide")


def skips(sample: Sample) -> bool:
    """Return whether `sample` is not to be run."""
    return "skip" in sample.fence.attributes


def seconds(sample: Sample) -> float:
    """Return how long `sample` may run."""
    return float(sample.fence.attributes.get("timeout", TIMEOUT))


def hidden(sample: Sample) -> bool:
    """Return whether `sample` is a setup."""
    return "setup" in sample.fence.attributes


def solution(sample: Sample) -> str:
    """Return under which the outcome of a sample's solution is found: no sample has such an id."""
    return f"{sample.id} solution"


def requests(sample: Sample, samples: Sequence[Sample]) -> dict[str, dict[str, Any]]:
    """Return what the runner is asked for `sample`, by the names of outcomes: the sample itself, then its solution.

    A solution runs after the earlier samples of its session, in a namespace of its own: later ones build upon the
    sample as it stands.
    """
    asked = {sample.id: request(sample, samples)}
    if sample.exercise and sample.exercise.solution:
        session = sample.fence.attributes.get("session")
        before = [
            {"source": each.source, "name": _name(each), "failed": "raises" in each.fence.attributes, **_files(each)}
            for each in samples[: samples.index(sample)]
            if session and each.fence.attributes.get("session") == session and engine(each) == engine(sample)
            if not skips(each)
        ]
        own = {"source": sample.exercise.solution.source, "session": None}
        asked[solution(sample)] = {**asked[sample.id], **own, **({"ahead": before} if before else {})}
    return asked


def request(sample: Sample, samples: Sequence[Sample]) -> dict[str, Any]:
    """Return what the sandbox's runner is asked for `sample`, one of `samples`, as a reader's page would ask it."""
    session = sample.fence.attributes.get("session")
    asked: dict[str, Any] = {"source": sample.source, "name": _name(sample), "session": session}
    setups = [
        each
        for each in samples
        if hidden(each) and "session" not in each.fence.attributes and engine(each) == engine(sample)
    ]
    if session is None and not hidden(sample) and setups:
        asked["ahead"] = [{"source": each.source, "name": _name(each), **_files(each)} for each in setups]
    values = read(sample.fence.attributes, WORDS)
    return {**asked, **{name: values[name] for name in OPTIONS if name in values}, **_files(sample)}


def packages(sample: Sample, samples: Sequence[Sample]) -> list[str]:
    """Return the packages that have to be there as `sample` runs, by the rule of a reader's page."""
    page = [
        order.Placed(
            each.source,
            each.fence.attributes.get("session"),
            hidden(each),
            engine=engine(each),
            packages=each.fence.attributes.get("packages", "").split(),
        )
        for each in samples
    ]
    return order.packages(page, samples.index(sample))


def _asked(sample: Sample, samples: Sequence[Sample], lock: Lock | None) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return the `requests` for `sample` with the names of the wheels it needs, and the hashes of these."""
    needed = lock.closure(packages(sample, samples)) if lock is not None else []
    wheels = {"wheels": [each.file_name for each in needed]} if needed else {}
    asked = {name: each | wheels for name, each in requests(sample, samples).items()}
    return asked, [each.sha256 for each in needed]


def _files(sample: Sample) -> dict[str, Any]:
    """Return the data files of `sample` as the runner is told of them: by their contents, so that these decide."""
    return {"files": [[each.name, each.digest] for each in sample.files]} if sample.files else {}


def _name(sample: Sample) -> str:
    return f"{'setup' if hidden(sample) else 'sample'}-{sample.number}.py"


def last_line(traceback: str) -> tuple[str, str]:
    """Return what a traceback says was raised, "ValueError: no", and the name of the exception without its module."""
    lines = traceback.rpartition("Traceback (most recent call last):\n")[2].splitlines()
    said = next((line for line in lines if re.match(r"[\w.]+(: |$)", line)), traceback.strip())
    return said, said.partition(":")[0].rpartition(".")[2]
