"""Checks articles: runs their samples as readers would, and tells where one raises, hangs, or says something else."""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from readerly.code_sample.compare import joined, same
from readerly.code_sample.terminal import settled
from readerly_site import doctests, drift, outcomes, recorded, verdicts
from readerly_site.article import Article
from readerly_site.errors import ReaderlyError, shown
from readerly_site.lock import Lock as Locked
from readerly_site.outcomes import Found, Outcome
from readerly_site.python import kits
from readerly_site.recorded import Recorded
from readerly_site.runtime import Progress, Runtime
from readerly_site.samples import Messages, Sample

SHOWN = 6
"""Lines of a drifted output that a failure names."""


MEND = {
    "EOFError": "give input() its lines by stdin=…, mend it",
    "ModuleNotFoundError": "name its package by packages=…, mend it",
}
"""What an author may do about an exception, by its name, where that is more than to mend the sample."""


@dataclass
class Report:
    """What a check of a site found; samples are counted but for those that are skipped."""

    failures: list[str] = field(default_factory=list[str])
    """One for each sample that is not as it should be: file:line, what is wrong, what to do."""
    ran: int = 0
    known: int = 0
    """Samples of articles that are as they were when they were last run."""
    skipped: int = 0
    unrecorded: int = 0
    """Samples without a recorded output."""
    updated: list[Path] = field(default_factory=list[Path])
    """Files of recorded outputs that were written."""


def check(
    articles: Sequence[Article], runtime: Runtime, locked: Locked, *, update: bool, jobs: int, progress: Progress
) -> Report:
    """Check `articles`, `jobs` of them at a time; with `update`, record what their samples say.

    Their packages are those that are `locked`.

    `progress` is told what is being done, with the samples done and in all. Raises ReaderlyError for what keeps Python
    from running at all.
    """
    report, lock, done = Report(), Lock(), 0
    articles = [article for article in articles if article.samples]
    total = sum(len(article.samples) for article in articles)

    def ended(samples: int) -> None:
        nonlocal done
        with lock:
            done += samples
            progress("Running samples", done, total)

    progress("Making Python ready", 0, total)
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(jobs) as pool:
        made = kits(runtime, Path(scratch).resolve(), locked)
        running = [pool.submit(outcomes.of, article.samples, made, ended) for article in articles]
        for article, job in zip(articles, running, strict=True):
            found = job.result()
            report.skipped += sum(map(outcomes.skips, article.samples))
            if found.known:
                report.known += _count(article, found)
            else:
                report.ran += _count(article, found)
            _judge(article, found.outcomes, update, report)
    return report


def _count(article: Article, found: Found) -> int:
    return sum(sample.id in found.outcomes for sample in article.samples)


def _judge(article: Article, found: dict[str, Outcome], update: bool, report: Report) -> None:
    """Compare what the samples of `article` said with what is recorded, and record it where that is wanted."""
    before, after = recorded.load(article.file), dict[str, Recorded]()
    for at, sample in enumerate(article.samples):
        printed = recorded.fingerprint(sample, article.samples[:at])
        old, outcome = before.get(sample.id), found.get(sample.id)
        current = old is not None and old.fingerprint == printed
        if outcome is None:
            if old is not None and current:
                after[sample.id] = old  # written by hand, perhaps
            continue
        if sample.doctest and not outcome.ended:
            said = [(said.kind, said.text, said.line) for said in outcome.said]
            if wrong := doctests.wrong(sample.doctest, said):
                message = f"sample {sample.id!r} of {shown(article.file)} {wrong[0]}"
                report.failures.append(str(ReaderlyError(message, sample.doctest.file, wrong[1])))
            continue
        now = joined([(said.kind, said.text) for said in outcome.said if not verdicts.unheard(said)])
        now = [(kind, text if kind == "rich" else settled(text)) for kind, text in now]
        wrong = unexpected(sample, outcome) or verdicts.wrong(sample, outcome, found.get(outcomes.solution(sample)))
        varies, loose = (name in sample.fence.attributes for name in ("varies", "normalize-whitespace"))
        if wrong is None and old is not None and not update:
            other = drifted(old.messages if current else None, now, varies, loose)
            wrong = (other, sample.line) if other else None
        if wrong is not None:
            report.failures.append(str(ReaderlyError(f"sample {sample.id!r} {wrong[0]}", article.file, wrong[1])))
            continue
        report.unrecorded += old is None and not update
        keeps = old is not None and current and (varies or same(old.messages, now, loose))
        after[sample.id] = old if old is not None and keeps else Recorded(printed, now)
    if update and after != before:
        recorded.write(article.file, after)
        report.updated.append(recorded.beside(article.file))


def unexpected(sample: Sample, outcome: Outcome) -> tuple[str, int] | None:
    """Return what is wrong with how `sample` ended, and the line of the article it is about; None where nothing is."""
    if outcome.ended:
        return outcome.ended, sample.line
    wanted = sample.fence.attributes.get("raises")
    error = next((said for said in outcome.said if said.kind == "error"), None)
    if error is None:
        return (f"was to raise {wanted}, and did not", sample.line) if wanted else None
    raised, name = outcomes.last_line(error.text)
    # The line of the error stands in the article, unless the source is in a file of its own.
    line = sample.line + (0 if "src" in sample.fence.attributes else error.line)
    if wanted in (name, "Exception"):
        return None
    if wanted:
        return f"was to raise {wanted}, and raised {raised}", line
    mend = f"{MEND.get(name, 'mend it')}, or say raises={name} in its fence"
    more = "".join(f"\n    {said}" for said in error.text.rpartition(raised)[2].splitlines() if said)
    return f"raised {raised} (its line {error.line}); {mend}{more}", line


def drifted(wanted: Messages | None, now: Messages, varies: bool, loose: bool) -> str | None:
    """Return how the output `now` is other than what is recorded, None where it is not.

    `wanted` is None where the source has changed since. `loose` is as for `compare.same`.
    """
    if wanted is None:
        return "has changed since its output was recorded; look at it, and record it with --update"
    if varies or same(wanted, now, loose):
        return None
    lines = drift.lines("recorded", wanted, now, loose)
    more = [f"\n    and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    said = "".join([*lines[:SHOWN], *more])
    return f"says something else than is recorded; record it with --update, or say varies in its fence{said}"


def summary(report: Report) -> str:
    """Return the last line of a check."""
    parts = [f"{report.ran} run", f"{report.known} unchanged since they were run"]
    parts += [f"{report.skipped} skipped"] * bool(report.skipped)
    parts += [f"{report.unrecorded} without a recorded output"] * bool(report.unrecorded)
    parts += [f"{len(report.failures)} failed"] * bool(report.failures)
    return f"Samples: {', '.join(parts)}"
