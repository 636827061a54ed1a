"""What `readerly check` asks of exercises: nobody passes without doing anything, and the author's solution does."""

from readerly.code_sample.attempts import VERDICTS
from readerly_site.outcomes import Outcome, last_line
from readerly_site.python import Said
from readerly_site.samples import Exercise, Sample


def wrong(sample: Sample, begun: Outcome, solved: Outcome | None) -> tuple[str, int] | None:
    """Return what is wrong with the exercise of `sample`, and the line of the article it is about; None if nothing is.

    `begun` is what became of the sample as its reader finds it, `solved` of its solution.
    """
    exercise = sample.exercise
    if exercise is None:
        return None
    if found := _broken(exercise, begun, "as it stands", sample):
        return found
    if any(said.kind == "passed" for said in begun.said):
        message = "passes its check before its reader has changed anything; have the check ask for more"
        return message, exercise.check.line
    if exercise.solution is None or solved is None:
        return None
    line = exercise.solution.line
    if solved.ended:
        return f"has a solution that {solved.ended}", line
    if found := _broken(exercise, solved, "with the solution", sample):
        return found
    for said in solved.said:
        if said.kind == "error":
            raised, _ = last_line(said.text)
            return f"has a solution that raises {raised} (its line {said.line})", line + said.line
        if said.kind == "unmet":
            return f"has a solution that does not pass its check: {said.text}", line
    return None


def unheard(said: Said) -> bool:
    """Return whether `said` is about a check, and no output."""
    return said.kind in VERDICTS


def _broken(exercise: Exercise, outcome: Outcome, how: str, sample: Sample) -> tuple[str, int] | None:
    for said in outcome.said:
        if said.kind == "unsound":
            # A check in the fence's own line has no line of the file for each of its own.
            inside = exercise.check.line != sample.line
            at = f" (its line {said.line})" if said.line else ""
            return f"has a check that is broken {how}: {said.text}{at}", exercise.check.line + said.line * inside
    return None
