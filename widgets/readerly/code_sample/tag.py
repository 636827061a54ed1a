"""`<code-sample>` in the page: its buttons, its source, and what a run says."""

from typing import Any, Callable

from readerly.code_sample import view
from readerly.code_sample.editor import Editor, make_host, open_editor
from readerly.code_sample.highlight import pieces
from readerly.code_sample.output import Output
from readerly.code_sample.sample import Sample
from readerly.code_sample.session import Job, sandbox
from readerly.page import dom
from readerly.page.browser import document, guard
from readerly.page.markup import h
from readerly.page.widget import Widget


class Run(Job):
    """A run of one tag's sample; what the sandbox tells it goes to the tag, unless that has moved on."""

    def __init__(self, tag: "CodeSample", source: str, name: str, session: str | None) -> None:
        """Run for `tag`."""
        super().__init__(source, name, session)
        self._tag = tag

    def loading(self, done: int, total: int) -> None:
        """Show how much of the runtime is here."""
        self._tag.sample.loading(done, total)
        self._tag.show()

    def starting(self) -> None:
        """Show that Python boots."""
        self._tag.sample.starting()
        self._tag.show()

    def waiting(self) -> None:
        """Show that others are running."""
        self._tag.sample.waiting()
        self._tag.show()

    def running(self) -> None:
        """Show that the source runs."""
        self._tag.sample.running()
        self._tag.show()

    def said(self, kind: str, text: str, line: int) -> None:
        """Take in what the runner says."""
        if self._tag.job is self:
            self._tag.said(kind, text, line)


class CodeSample(Widget):
    """A runnable sample.

    Attributes: `label` (its name for screen readers), `session` (samples of one session share a namespace).
    Buttons: Run, Stop, Reset, Copy, Edit. Ctrl/Cmd-Enter and Shift-Enter run; Escape leaves the editor.
    """

    def start(self) -> None:
        """Find the source and take over, or make, the controls."""
        self.pre = self.tag.querySelector("pre")
        if self.pre is None:
            raise ValueError("<code-sample> needs its source in a <pre> inside it")
        if not dom.part(self.tag, "bar"):
            self.tag.append(dom.build(view.bar(self.attribute("label"))), dom.build(view.output()))
        self.sample = Sample(str(self.pre.textContent).rstrip("\n"))
        code = self.pre.querySelector("code") or self.pre
        if not code.childElementCount:
            dom.fill(
                code, [h("span", {"class": kind}, text) if kind else text for kind, text in pieces(self.sample.source)]
            )
        self.job: Run | None = None
        self.editor: Editor | None = None
        self._opening = False
        self._status = dom.part(self.tag, "status")
        self._output = Output(dom.part(self.tag, "output"))
        self._buttons = {name: dom.part(self.tag, name.lower()) for name in view.BUTTONS}
        for name, act in (
            ("Run", self.run),
            ("Stop", self.stop),
            ("Reset", self.reset),
            ("Copy", self.copy),
            ("Edit", self.edit),
        ):
            self.listen(self._buttons[name], "click", self._on(act))
        self.listen(self.pre, "keydown", self._key)
        self.on_release(self.stop)
        self.show()

    def _on(self, act: Callable[[], None]) -> Callable[[Any], None]:
        def clicked(_event: Any) -> None:
            act()

        return clicked

    def _key(self, event: Any) -> None:
        if event.key == "Enter" and (event.ctrlKey or event.metaKey or event.shiftKey):
            event.preventDefault()
            self.run()
        elif event.key == "Enter":
            event.preventDefault()
            self.edit()

    def run(self) -> None:
        """Run the source as it stands."""
        if self.editor is not None:
            self.sample.source = self.editor.text
        if not self.sample.run():
            return
        self._output.clear()
        number = list(document.querySelectorAll("code-sample")).index(self.tag) + 1
        self.job = Run(self, self.sample.source, "sample-{}.py".format(number), self.attribute("session"))
        self.show()
        sandbox().run(self.job)

    def stop(self) -> None:
        """End the run at once, in whatever phase it is."""
        job, self.job = self.job, None
        if job is not None:
            sandbox().stop(job)
            self.sample.stopped()
            self.show()

    def reset(self) -> None:
        """Go back to the author's source and output."""
        self.stop()
        self.sample.reset()
        self._output.clear()
        if self.editor is not None:
            self.editor.replace(self.sample.source)
        self.show()

    def copy(self) -> None:
        """Put the source as it stands on the clipboard."""
        self.spawn(self._copy())

    async def _copy(self) -> None:
        source = self.editor.text if self.editor is not None else self.sample.source
        copied = await guard.copy(source)
        self._say("Copied" if copied.ok else "The browser did not let this page copy: " + str(copied.error))

    def edit(self) -> None:
        """Open the editor, or go to it."""
        if self.editor is not None:
            self.editor.focus()
        elif not self._opening:
            self._opening = True
            self.spawn(self._edit())

    async def _edit(self) -> None:
        host = make_host()
        name = "Source" if self.attribute("label") is None else "Source: " + str(self.attribute("label"))
        heard = {
            "changed": self.guarded(self._changed),
            "run": self.guarded(self.run),
            "leave": self.guarded(self._leave),
        }
        try:
            editor = await open_editor(host, self.sample.source, name, heard)
        except OSError as error:
            self._say(str(error))
            return
        finally:
            self._opening = False
        if self.released:
            editor.close()
            return
        self.editor = editor
        self.on_release(self._close_editor)
        self.pre.hidden = True
        self.tag.insertBefore(host, self.pre)
        self.editor.focus()

    def _close_editor(self) -> None:
        if self.editor is not None:
            self.sample.source = self.editor.text
            self.editor.close()
            self.editor = None
            dom.part(self.tag, "editor").remove()
            self.pre.hidden = False

    def _changed(self) -> None:
        if self.editor is not None:
            self.sample.source = self.editor.text
            self.tag.toggleAttribute("edited", self.sample.edited)

    def _leave(self) -> None:
        self._buttons["Run"].focus()

    def said(self, kind: str, text: str, line: int) -> None:
        """Show what a run says; "done" and "failed" end it."""
        if kind == "done":
            self.job = None
            self.sample.finished(float(text))
        elif kind == "failed":
            self.job = None
            self.sample.failed(text)
        else:
            if kind == "error":
                self.sample.errored(line)
            self._output.write(kind, text)
            return
        self.show()

    def show(self) -> None:
        """Show the phase: what the status says and which buttons act."""
        if self.released:
            return
        self._buttons["Stop"].disabled = not self.sample.busy
        self._buttons["Run"].setAttribute("aria-disabled", "true" if self.sample.busy else "false")
        self.tag.setAttribute("data-phase", self.sample.phase)
        self.tag.toggleAttribute("edited", self.sample.edited)
        self._say(self.sample.status)

    def _say(self, text: str) -> None:
        if str(self._status.textContent) != text:
            self._status.textContent = text
