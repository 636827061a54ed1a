"""What has run in each session, in order: from it a fresh interpreter is brought to where the reader was. Pure."""

from typing import Any


class Histories:
    """The sessions of one page.

    What it gives and takes are parts: a source with its "name" and "source", its data "files" where it has some, and
    whether it "failed" before, so that failing again is no news.
    """

    def __init__(self) -> None:
        """Begin with no session."""
        self._ran: dict[str, list[dict[str, Any]]] = {}

    def ran(
        self, session: str | None, name: str, source: str, failed: bool = False, files: list[list[str]] | None = None
    ) -> None:
        """A run came to its end in `session`, by an error or without. What was stopped has no part in it."""
        if session is not None:
            part: dict[str, Any] = {"name": name, "source": source, "failed": failed}
            if files:
                part["files"] = files
            self._ran.setdefault(session, []).append(part)

    def knows(self, session: str | None) -> bool:
        """Whether anything has run in `session`."""
        return session is not None and session in self._ran

    def forget(self, session: str) -> None:
        """Let `session` start anew."""
        self._ran.pop(session, None)

    def again(self, session: str | None) -> list[dict[str, Any]]:
        """Return all that has run in `session`, in order: what an interpreter needs that has not seen it."""
        return list(self._ran.get(session, [])) if session is not None else []

    def missing(self, session: str | None, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return those of `before` that have not run in `session` to a good end; without a session, all of them."""
        names = [part["name"] for part in self.again(session) if not part["failed"]]
        return [part for part in before if part["name"] not in names]
