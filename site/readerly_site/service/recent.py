"""Counts that were asked for a moment ago: a crowd on one page costs one look into the database, not one each.

What this process changes is forgotten at once, so that nobody is told less than they were told before; what other
processes change is seen within `KEPT` seconds.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

from .answers import headers_with, tag_of

KEPT = 1.0
"""Seconds for which an answer is given again."""

MEANWHILE = 0.25
"""Seconds for which an answer that is over is given to others while it is looked for anew."""

MOST = 10_000
"""Answers that are kept."""

Key = tuple[str, bytes]
"""Where the service was asked: its path and, where several sites may be meant, its host; and the query of a request."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that may be given again."""

    body: bytes
    tag: str
    headers: bytes
    """Its header fields as they are sent, but for those of the body."""
    pages: frozenset[str]
    until: float


class Recent:
    """The answers that may be given again, to readers without a token."""

    def __init__(self) -> None:
        """Begin with none."""
        self._answers: dict[Key, Told] = {}
        self._looked_for: dict[Key, float] = {}
        """Answers that are over and being looked for anew; and until when others may have the old one."""
        self._asked: dict[str, set[Key]] = {}
        self.changes = 0
        """How often something has changed. An answer that was found before a change is not kept after it."""

    def changed(self, pages: Collection[str]) -> None:
        """Forget what was said of these pages."""
        self.changes += 1
        for page in pages:
            for key in self._asked.pop(page, ()):
                self._answers.pop(key, None)
                self._looked_for.pop(key, None)

    def keep(self, key: Key, pages: Collection[str], body: bytes, changes: int) -> None:
        """Keep an answer that says what ``pages`` had when there had been so many ``changes``."""
        if changes != self.changes:
            return
        if len(self._answers) >= MOST:
            self._answers.clear()
            self._looked_for.clear()
            self._asked.clear()
        tag = tag_of(body)
        headers = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers_with(tag, private=False).items())
        self._looked_for.pop(key, None)
        self._answers[key] = Told(body, tag, headers.encode(), frozenset(pages), time.monotonic() + KEPT)
        for page in pages:
            self._asked.setdefault(page, set()).add(key)

    def find(self, key: Key, *, meanwhile: bool = False) -> Told | None:
        """Return the answer, when there is one that is still good.

        Of a crowd that asks when it has just ceased to be so, one looks into the database. Others, who say that they
        want it ``meanwhile``, are given the old one for at most `MEANWHILE` seconds more.
        """
        answer = self._answers.get(key)
        if answer is None:
            return None
        if (now := time.monotonic()) < answer.until:
            return answer
        if meanwhile and (until := self._looked_for.get(key)) is not None:
            if now < until:
                return answer
        elif meanwhile:
            self._looked_for[key] = answer.until + MEANWHILE
            return None
        self._forget(key, answer)
        return None

    def _forget(self, key: Key, answer: Told) -> None:
        del self._answers[key]
        self._looked_for.pop(key, None)
        for page in answer.pages:
            self._asked.get(page, set()).discard(key)
