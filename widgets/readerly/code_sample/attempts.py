"""A reader's attempts at an exercise: what is said of each, what is offered, what this browser keeps; and markup. Pure.

What is kept is a list of five texts for each exercise: the page's path, the sample's name in it, the fingerprint of the
check, its state (`TRIED`, `SOLVED` or `SHOWN`) and the number of attempts. The newest stands last.
"""

from typing import Any

from readerly.page.markup import Element, h

VERDICTS = ("checking", "passed", "unmet", "unsound")
"""What a run says of its exercise: that the check begins, and what it found."""

KEY = "exercises"
"""Under which `page.storage` has them."""

MOST = 500
"""Exercises that are kept: the oldest go first."""

HINT_AFTER, SOLUTION_AFTER = 1, 3
"""Attempts that did not pass, after which the hint and the solution are offered."""

TRIED, SOLVED, SHOWN = "tried", "solved", "shown"
"""What is kept of an exercise: that it was tried, that the reader has solved it, or taken the author's solution."""

ASKED = "An exercise: Run checks it."
"""What stands there before the first attempt."""


class Attempts:
    """One reader's attempts at one exercise, which may have a `hint` and a `solution`."""

    def __init__(self, hint: bool, solution: bool, state: str = TRIED, count: int = 0) -> None:
        """Go on from what was kept."""
        self._hint = hint
        self._solution = solution
        self.state = state
        self.count = count

    @property
    def hint(self) -> bool:
        """Whether the hint is offered."""
        return self._hint and self.state == TRIED and self.count >= HINT_AFTER

    @property
    def solution(self) -> bool:
        """Whether the solution is offered."""
        return self._solution and self.state == TRIED and self.count >= SOLUTION_AFTER

    @property
    def kept(self) -> str:
        """What is said at a later visit."""
        if self.state == SOLVED:
            return "Solved at an earlier visit."
        return "Attempts so far: {}.".format(self.count) if self.count else ASKED

    def passed(self, solution: bool) -> str:
        """The check passed, by the author's `solution` or the reader's own; return what is said of it."""
        if solution and self.state == SHOWN:
            return "This is the author\u2019s solution, and it passes."
        self.count += 1
        self.state = SOLVED
        return "Solved at the first attempt." if self.count == 1 else "Solved, at attempt {}.".format(self.count)

    def failed(self, message: str) -> str:
        """The check did not pass; return what is said of it, `message` included, which the author wrote."""
        before = self.state == SOLVED
        self.count += 1
        said = "Not yet: " + message + (" You have solved it before." if before else "")
        return said + self._offer()

    def unchecked(self) -> str:
        """The run ended with an error; return what is said of it."""
        self.count += 1
        return "Not checked, since the run ended with an error." + self._offer()

    def _offer(self) -> str:
        offered = (["hint"] if self.hint else []) + (["solution"] if self.solution else [])
        if not offered:
            return ""
        return " There is a " + " and a ".join(offered) + " below."


def unsound(text: str, line: int) -> str:
    """Return what is said of a check that raised `text` at its `line` (0 where that is not known)."""
    at = ", on line {} of it".format(line) if line else ""
    return "The check itself is broken" + at + ": " + text.rstrip(".") + ". Its author has to mend it."


def whole(kept: Any) -> list[list[str]]:
    """Return what is an exercise in `kept`, which comes from storage and may be anything."""
    found: list[list[str]] = []
    exercises: list[Any] = kept if isinstance(kept, list) else []  # pyright: ignore[reportUnknownVariableType]
    for each in exercises:
        parts: list[Any] = each if isinstance(each, list) else []  # pyright: ignore[reportUnknownVariableType]
        if len(parts) == 5 and not [part for part in parts if not isinstance(part, str)] and parts[4].isdigit():
            found.append(parts)
    return found


def find(kept: Any, page: str, name: str, check: str) -> tuple[str, int]:
    """Return the state and the number of attempts at the exercise `name` on `page`; `check` is its fingerprint."""
    for each in whole(kept):
        if each[:3] == [page, name, check] and each[3] in (TRIED, SOLVED, SHOWN):
            return each[3], int(each[4])
    return TRIED, 0


def forget(kept: Any, page: str, name: str) -> list[list[str]]:
    """Return `kept` without the exercise `name` on `page`."""
    return [each for each in whole(kept) if each[:2] != [page, name]]


def keep(kept: Any, page: str, name: str, check: str, state: str, count: int) -> list[list[str]]:
    """Return `kept` with what has become of the exercise `name` on `page`."""
    return (forget(kept, page, name) + [[page, name, check, state, str(count)]])[-MOST:]


def view(label: str | None = None, hint: Any = None, solution: Any = None) -> Element:
    """Return the exercise below a sample: what was found, and the author's `hint` and `solution`, folded.

    Both are nodes; None where there is none. A solution is what shows the source.
    """
    parts: list[Any] = [h("p", {"aria-atomic": "true", "aria-live": "polite", "data-part": "verdict"}, ASKED)]
    if hint is not None:
        parts.append(h("details", {"data-part": "clue"}, h("summary", None, "Hint"), h("div", None, hint)))
    if solution is not None:
        code = h("pre", {"tabindex": "0"}, h("code", {"class": "language-python"}, solution))
        parts.append(h("details", {"data-part": "solution"}, h("summary", None, "Solution"), code))
    name = "Exercise" if label is None else "Exercise: " + label
    return h("div", {"data-part": "exercise", "role": "group", "aria-label": name}, *parts)


def use() -> Element:
    """Return the button that takes the solution."""
    return h("button", {"type": "button", "data-part": "use"}, USE)


USE, BACK = "Use the solution", "Bring my answer back"
"""What that button is called, before and after."""
