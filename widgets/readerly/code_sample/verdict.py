"""Shows what a check found below its sample, offers hint and solution, and keeps what the reader has solved."""

from typing import Any

from readerly.code_sample import attempts, edits
from readerly.page import dom, storage
from readerly.page.browser import document


class Verdict:
    """The exercise of one sample, once there is something to show of it."""

    def __init__(self, widget: Any) -> None:
        """Take over the exercise of `widget`, a sample; a page written by hand may have only its hint and solution."""
        self._widget = widget
        tag = widget.tag
        self._clue, self._solution = dom.part(tag, "clue"), dom.part(tag, "solution")
        self._made = dom.part(tag, "exercise") is None
        if self._made:
            block = dom.build(attempts.view(widget.author.get("label")))
            for each in (self._clue, self._solution):
                if each:
                    block.appendChild(each)
            tag.appendChild(block)
        self._block = dom.part(tag, "exercise")
        self._line = dom.part(tag, "verdict")
        self._text = ""
        self._raised = self._barred = False
        self._mine: str | None = None
        self._use: Any = None
        if self._solution:
            self._text = str(self._solution.querySelector("pre").textContent).strip("\n")
            self._use = dom.build(attempts.use())
            self._solution.appendChild(self._use)
            widget.listen(self._use, "click", self._used)
        self._check = edits.fingerprint(widget.author["check"])
        page, name = widget.place
        self._begin(*attempts.find(storage.recall(attempts.KEY), page, name, self._check))
        self._say(self._tries.kept)
        widget.on_release(self.close)

    def said(self, kind: str, text: str, line: int) -> bool:
        """Hear all that a run says; return whether it was about the check."""
        if kind == "checking":
            self._widget.sample.enter("running")
            self._widget.sample.status = "Checking\u2026"
            self._widget.show()
        elif kind in attempts.VERDICTS:
            self._show(kind, text, line)
        elif kind == "done" and self._raised:
            self._show("error", "", 0)
        if kind == "error":
            self._raised = not self._barred
        elif kind in ("broken", "checking", "done"):
            self._raised, self._barred = False, kind == "broken"
        return kind in attempts.VERDICTS

    def _show(self, kind: str, text: str, line: int) -> None:
        """Show what a run came to: "passed", "unmet" with a sentence, "unsound" with what the check raised, "error"."""
        if kind == "passed":
            text = self._tries.passed(self._is_solution)
        elif kind == "unmet":
            text = self._tries.failed(text)
        elif kind == "error":
            text = self._tries.unchecked()
        else:
            self._say(attempts.unsound(text, line), kind)
            return
        self._say("")  # so that a screen reader hears the same words again
        self._say(text, kind)
        self._keep()

    def reset(self) -> None:
        """Forget the attempts, and that it is solved."""
        self._begin(attempts.TRIED, 0)
        self._mine = None
        if self._use:
            self._use.textContent = attempts.USE
        for each in (self._clue, self._solution):
            if each:
                each.open = False
        self._say(attempts.ASKED)
        storage.remember(attempts.KEY, attempts.forget(storage.recall(attempts.KEY), *self._widget.place) or None)

    def close(self) -> None:
        """Leave the tag as its author wrote it."""
        if self._use:
            self._use.remove()
        self._say(attempts.ASKED)
        self._widget.tag.removeAttribute("solved")
        if self._made:
            for each in (self._clue, self._solution):
                if each:
                    self._widget.tag.appendChild(each)
            self._block.remove()

    @property
    def _is_solution(self) -> bool:
        return str(self._widget.sample.source).strip("\n") == self._text

    def _begin(self, state: str, count: int) -> None:
        self._tries = attempts.Attempts(bool(self._clue), bool(self._solution), state, count)

    def _used(self, _event: Any) -> None:
        """Put the solution into the editor, or the reader's own answer back."""
        mine, self._mine = self._mine, None
        if mine is not None and self._is_solution:
            self._widget.put(mine)
            self._use.textContent = attempts.USE
            return
        self._mine = str(self._widget.sample.source)
        if self._tries.state == attempts.TRIED:
            self._tries.state = attempts.SHOWN
            self._keep()
        self._widget.put(self._text)
        self._use.textContent = attempts.BACK

    def _keep(self) -> None:
        tries = self._tries
        page, name = self._widget.place
        kept = attempts.keep(storage.recall(attempts.KEY), page, name, self._check, tries.state, tries.count)
        storage.remember(attempts.KEY, kept)

    def _say(self, text: str, kind: str = "") -> None:
        """Show `text`, which is about a verdict of this `kind`, and what is offered by now."""
        self._line.replaceChildren(*([document.createTextNode(text)] if text else []))
        if kind:
            self._line.setAttribute("data-verdict", kind)
        else:
            self._line.removeAttribute("data-verdict")
        self._widget.tag.toggleAttribute("solved", self._tries.state == attempts.SOLVED)
        for each, offered in ((self._clue, self._tries.hint), (self._solution, self._tries.solution)):
            if each:
                each.toggleAttribute("data-offered", offered)
