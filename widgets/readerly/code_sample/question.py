"""A question of a running sample, asked in its output: a field, and what ends the input."""

from typing import Any, Callable

from readerly.code_sample import terminal
from readerly.page import dom
from readerly.page.browser import document, to_js, window
from readerly.page.markup import Element, h

ANSWERS = "Answers, one on each line"
"""What the field for all answers is called, where they are asked for before the run."""


def view(kind: str, label: str) -> Element:
    """Return the form that asks a question of `kind`; `label` is the prompt."""
    plain = {"aria-label": label, "autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
    if kind == "answers":
        note = "This sample asks for input, and this browser cannot ask while Python runs. " + ANSWERS + ":"
        field, buttons = h("textarea", dict(plain, rows=3)), [h("button", {"type": "submit"}, "Go on")]
        return h("form", {"data-part": "question"}, h("p", {}, note), field, *buttons)
    kept = dict(plain, type="password" if kind == "secret" else "text", enterkeyhint="send")
    end = h("button", {"type": "button", "title": "Ctrl-D"}, "End of input")
    return h("form", {"data-part": "question"}, h("input", kept), h("button", {"type": "submit"}, "Answer"), end)


class Question:
    """One question, on the page until it is answered or closed."""

    def __init__(self, widget: Any, kind: str, prompt: str, answer: Callable[[str], Any]) -> None:
        """Ask in `form`, which the caller puts into the page; `answer(text)` is called once, "" for end of input."""
        self.form = dom.build(view(kind, ANSWERS if kind == "answers" else terminal.plain(prompt) or "Input"))
        self.field = self.form.querySelector("input, textarea")
        self._tag = widget.tag
        self._several = kind == "answers"
        self._answer = answer
        widget.listen(self.form, "submit", self._submitted)
        widget.listen(self.form, "keydown", self._key)
        for end in list(self.form.querySelectorAll("[type='button']")):
            widget.listen(end, "click", self._end)

    def take_focus(self) -> None:
        """Put the caret into the field for a reader who is still with this sample; the page scrolls only for them.

        A reader who went on meanwhile keeps the focus where it is. A browser that focuses no button that is clicked
        has it nowhere in particular.
        """
        focused = document.activeElement
        if not (self._tag.contains(focused) or str(getattr(focused, "tagName", "BODY")) == "BODY"):
            return
        place = self._tag.getBoundingClientRect()
        if place.bottom > 0 and place.top < window.innerHeight:
            self.field.focus(to_js({"preventScroll": True}))
            self.form.scrollIntoView(to_js({"block": "nearest"}))

    def close(self) -> None:
        """Take the question off the page. The focus goes to the output, if it was in here."""
        region = self.form.parentElement
        if region is not None and self.form.contains(document.activeElement):
            region.focus(to_js({"preventScroll": True}))  # so that the next question finds the reader here
        self.form.remove()

    def _say(self, text: str) -> None:
        self.close()
        self._answer(text)

    def _submitted(self, event: Any) -> None:
        event.preventDefault()
        self._say(str(self.field.value) + ("" if self._several else "\n"))

    def _key(self, event: Any) -> None:
        if self._several:
            if event.key == "Enter" and (event.ctrlKey or event.metaKey):
                self._submitted(event)
        elif event.key in ("d", "D") and event.ctrlKey and not str(self.field.value):
            event.preventDefault()
            self._say("")

    def _end(self, _event: Any) -> None:
        self._say("")
