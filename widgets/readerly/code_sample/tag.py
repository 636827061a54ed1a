"""`<code-sample>` in the page: its buttons, its source, and what a run says."""

from typing import Any, Awaitable, Callable

from readerly.code_sample import attributes, order, view
from readerly.code_sample.job import Job
from readerly.code_sample.loading import Loading
from readerly.code_sample.output import Output
from readerly.code_sample.sample import RUNNING, Sample, failure
from readerly.code_sample.source import Source
from readerly.code_sample.versions import Versions
from readerly.page import dom, later, thrift
from readerly.page.browser import document, guard, to_js, window
from readerly.page.widget import Misused, Widget

NEAR = "50%"
"""How far outside the window, in parts of its height, a sample counts as near."""

_sandboxes: dict[str, Any] = {}
"""The page's sandboxes by their engine, each there once a sample of that engine has come near."""

_samples: list["CodeSample"] = []
"""The samples of the page that Python has taken over, in any order."""


_lacking: list[Any] = []
"""The tags whose source lies in a file that is not here yet."""


async def _sandbox(engine: str) -> Any:
    """Return the page's one sandbox of `engine`; raise OSError where what runs samples cannot be fetched."""
    module = await later.module("readerly.code_sample.session")
    if engine not in _sandboxes:
        _sandboxes[engine] = module.Sandbox(engine, _fetched)
    return _sandboxes[engine]


def _fetched() -> None:
    """Take back what no run has to fetch any more."""
    for each in _samples:
        each.fetched()


GLANCE = 50
"""Milliseconds for which nothing says that a sample runs: what ends or prints by then has the processor for itself."""


class Run(Job):
    """A run of one tag's sample; what the sandbox tells it goes to the tag, unless that has moved on."""

    def __init__(self, tag: "CodeSample", page: list[order.Placed], at: int, before: list[order.Placed]) -> None:
        """Run for `tag`, whose sample is at index `at` of `page`; `before` are those that have to have run."""
        placed, parts = page[at], [each.part for each in before]
        options = {name: tag.author[name] for name in attributes.OPTIONS if name in tag.author}
        options["packages"] = order.packages(page, at)
        options["connect"] = order.connect(placed, before)
        super().__init__(placed.source, placed.name, placed.session, parts, **options)
        if placed.session is None:
            self.place = "sample " + str(id(tag))
        self._tag = tag
        self._placed = {each.name: each for each in before}
        self._shown = True

    def enter(self, phase: str, done: int = 0, total: int = 0, what: str = "") -> None:
        """Show the phase."""
        if self._tag.job is self:
            self._tag.sample.enter(phase, done, total, what)
            if phase == RUNNING and self.ahead:
                seen = [not part["name"].startswith("setup-") for part in self.ahead]
                self._tag.sample.preceded(sum(seen[self.again :]), sum(seen[: self.again]))
            self._shown = phase != RUNNING or bool(self.ahead)
            if self._shown:
                self._tag.show()
            else:
                guard.later(self._show, GLANCE)

    def said(self, kind: str, text: str, line: int) -> None:
        """Take in what the runner says."""
        if kind == "ran":
            self._ran(text, line)
        elif self._tag.job is self:
            placed = self._placed.get(text)
            self._tag.said(kind, placed.title if kind == "broken" and placed is not None else text, line)
            if not self._shown:
                guard.later(self._show, 0)

    def asked(self, kind: str, text: str, answer: Callable[[str], Any]) -> None:
        """Ask the reader."""
        self._show()
        if self._tag.job is self:
            self._tag.spawn(self._tag.ask(self, kind, text, answer))

    def _show(self) -> None:
        """Show that it runs, where that is not shown yet and it still does."""
        if not self._shown:
            self._shown = True
            if self._tag.job is self:
                self._tag.show()

    def _ran(self, name: str, number: int) -> None:
        """The source `name`, the one with that `number` (from 1) of those ahead, has run."""
        placed = self._placed.get(name)
        widget = _widget(placed.tag) if placed is not None else None
        if widget is not None and number > self.again:
            widget.sample.ran_ahead()
            widget.show()
        if self._tag.job is self and number == len(self.ahead):
            self._tag.sample.begun()
            self._tag.show()


def _widget(tag: Any, among: list["CodeSample"] = _samples) -> Any:
    """Return the sample `among` some that has taken over `tag`, if one has; setups have nothing to show: none has."""
    for each in among:
        if each.tag.isSameNode(tag):
            return each
    return None


def _page() -> list[order.Placed]:
    """Return the samples of the page in the order they stand, with their sources as they stand."""
    page: list[order.Placed] = []
    left = list(_samples)  # mostly in the order they stand, so that each is found at once
    for tag in document.querySelectorAll("code-sample"):
        widget = _widget(tag, left)
        if widget is not None:
            left.remove(widget)
            page.append(_placed(widget.tag, widget.sample.ahead, widget.author))
        else:
            pre = tag.querySelector("pre")
            page.append(_placed(tag, str(pre.textContent).rstrip("\n") if pre else "", _said(tag)))
    return order.named(page)


def _placed(tag: Any, source: str, said: dict[str, Any]) -> order.Placed:
    """Return the sample of `tag`, whose attributes have `said` that."""
    return order.Placed(
        source,
        said.get("session"),
        "setup" in said,
        said.get("label"),
        tag,
        said.get("engine"),
        said.get("files"),
        said.get("connect"),
        said.get("packages"),
    )


def _said(tag: Any) -> dict[str, Any]:
    """Return what the attributes of `tag` say to others, without the wrong ones, of which the tag tells itself."""
    said: dict[str, Any] = {}
    for name in ("session", "setup", "label", "engine", "files", "connect", "packages"):
        if tag.hasAttribute(name):
            try:
                said[name] = attributes.KINDS[name](str(tag.getAttribute(name)))
            except ValueError:
                pass
    return said


class CodeSample(Widget):
    """A runnable sample.

    Attributes: `label` (its name for screen readers), `session` (samples of one session share a namespace), and what
    else there is in `attributes`. Buttons: Run, Stop, Reset, Copy, Edit, Restart session. Ctrl/Cmd-Enter
    and Shift-Enter run; Escape leaves the editor.
    """

    def start(self) -> None:
        """Find the source and take over, or make, the controls."""
        names = [str(name) for name in self.tag.getAttributeNames()]
        try:
            self.author = attributes.read({name: str(self.tag.getAttribute(name)) for name in names})
        except ValueError as error:
            raise Misused("<code-sample>: " + str(error) + ".")
        self.engine = self.author.get("engine", "pyodide")
        self.job: Run | None = None
        self.tag.hidden = "setup" in self.author  # it runs ahead of others, which read it from the page
        if "src" in self.author:
            self.spawn(self._include(self.author["src"]))
        else:
            self._take_over(self.tag.querySelector("pre"))

    async def _include(self, address: str) -> None:
        """Have the source fetched from its file, and go on with it."""
        tag = self.tag
        _lacking.append(tag)
        module = await later.module("readerly.code_sample.included")
        pre = await module.bring(self.tag, address)
        _lacking[:] = [each for each in _lacking if not each.isSameNode(tag)]
        if not self.released:
            self._take_over(pre)

    def _take_over(self, pre: Any) -> None:
        """Take over, or make, the controls of the source in `pre`."""
        if pre is None:
            raise Misused("<code-sample> needs its source in a <pre> inside it, or in a file that src names.")
        if "setup" in self.author:
            return
        label, session = self.author.get("label"), self.author.get("session")
        if not dom.part(self.tag, "bar"):
            below = view.bar(label, "readonly" in self.author, session)
            self.tag.append(dom.build(below), dom.build(view.output()))
        name = str(self.tag.id)
        if name and not dom.part(self.tag, "link"):
            self.tag.prepend(dom.build(view.link(name, label)))
        self.source = Source(pre, label, self.author)
        self.spawn(self.source.highlight())
        self.sample = Sample(self.source.text, "MicroPython" if self.engine == "micropython" else "Python")
        self._question: Any = None
        self._status = dom.part(self.tag, "status")
        self._output = Output(dom.part(self.tag, "output"))
        self._buttons = {name: dom.part(self.tag, name.lower()) for name in view.BUTTONS}
        if "readonly" in self.author and self._buttons["Edit"]:
            self._buttons["Edit"].hidden = True  # in a page written by hand
        self._loading = Loading(self.tag, self.engine)
        if self._loading.retry:
            self.listen(self._loading.retry, "click", self._on(self._retry))
        acts = {"Run": self.run, "Stop": self.stop, "Reset": self.reset, "Copy": self.copy, "Edit": self.edit}
        for name in view.BUTTONS:
            if self._buttons[name]:
                self.listen(self._buttons[name], "click", self._on(acts[name]))
        restart = dom.part(self.tag, "restart")
        if restart:
            self.listen(restart, "click", self._on(self.restart))
        self.listen(pre, "keydown", self._key)
        if not thrift.asked():
            self._expect()
        _samples.append(self)
        self.on_release(lambda: _samples.remove(self))
        self.on_release(self.stop)
        self.on_release(self.source.close)
        self.on_release(self._output.restore)  # so that it is the author's still when the tag starts anew
        self.on_release(self._compared)
        self._exercise: Any = None
        self._examine()
        self._syntax: Any = None
        self.versions = Versions(self)
        self.show()
        self.versions.begin()

    def fetching(self, work: Awaitable[Any]) -> None:
        """Run a coroutine that needs a file; where that cannot be fetched, the status says so."""

        async def said() -> None:
            try:
                await work
            except OSError as error:
                self.say(str(error))

        self.spawn(said())

    def _on(self, act: Callable[[], None]) -> Callable[[Any], None]:
        def clicked(_event: Any) -> None:
            act()

        return clicked

    def _key(self, event: Any) -> None:
        if event.key == "Enter" and (event.ctrlKey or event.metaKey or event.shiftKey):
            event.preventDefault()
            self.run()
        elif event.key == "Enter" and str(event.target.localName) != "summary":
            event.preventDefault()
            self.edit()

    def _expect(self) -> None:
        """Make ready ahead of need: what runs samples as this one comes near, Python as the reader turns to it."""

        def near(entries: Any, observer: Any) -> None:
            if [entry for entry in entries if entry.isIntersecting]:
                observer.disconnect()
                self.spawn(self._ahead("near"))

        def turned(_event: Any) -> None:
            self.spawn(self._ahead("warm"))

        observer = window.IntersectionObserver.new(self.guarded(near), to_js({"rootMargin": NEAR}))
        observer.observe(self.tag)
        self.on_release(observer.disconnect)
        for kind in ("pointerenter", "focusin"):
            self.listen(self.tag, kind, turned, passive=True)

    async def _ahead(self, act: str) -> None:
        try:
            sandbox = await _sandbox(self.engine)
            getattr(sandbox, act)()
            if act == "warm" and "packages" in self.author:
                sandbox.expect(self.author["packages"])
            if act == "warm" and "files" in self.author:
                sandbox.supply(self.author["files"])
            await later.module("readerly.code_sample.writer")
        except OSError:  # nobody asked for it; a click will, and hears why
            pass

    def run(self) -> None:
        """Run the source as it stands."""
        if not self.sample.run():
            return
        self._examine()
        self._output.renew()
        self._compared()
        self.source.mark(0, "")
        page = _page()
        at = [placed.tag is self.tag for placed in page].index(True)
        before = order.before(page, at)
        for tag in [placed.tag for placed in before]:
            if [each for each in _lacking if tag.isSameNode(each)]:
                source = str(tag.getAttribute("src"))
                self.said("failed", "Did not run: " + source + ", which comes first, is not here. Run tries again.", 0)
                return
        self.job = Run(self, page, at, before)
        if self.engine in _sandboxes:
            _sandboxes[self.engine].run(self.job)
        else:
            self.spawn(self._start(self.job))

    def _retry(self) -> None:
        self._buttons["Run"].focus()  # since the button that has the focus goes
        self.run()

    async def _start(self, job: Run) -> None:
        """Fetch what runs samples, the first time somebody runs one, and run `job` if that is wanted still."""
        try:
            sandbox = await _sandbox(self.engine)
        except OSError as error:
            if self.job is job:
                self.said("failed", str(error), 0)
            return
        if self.job is job:
            sandbox.run(job)

    async def ask(self, job: Run, kind: str, text: str, answer: Callable[[str], Any]) -> None:
        """Ask the reader what `job` waits for; `answer` goes on, unless the job has ended by then."""
        module = await later.module("readerly.code_sample.question")

        def said(text: str) -> None:
            self._question = None
            self.show()
            answer(text)

        if self.job is job:
            self._question = module.Question(self, kind, text, said)
            self._output.ask(self._question.form)
            self.say("Waiting for your answer")
            if self.sample.source == job.source:  # else the reader is editing it
                self._question.take_focus()

    def stop(self) -> None:
        """End the run at once, in whatever phase it is."""
        job, self.job = self.job, None
        if job is not None:
            if self.engine in _sandboxes:
                _sandboxes[self.engine].stop(job)
            self._output.settle()
            sandbox = _sandboxes.get(self.engine)
            self.sample.stopped(sandbox is not None and sandbox.remembers(job.session))
            self.show()

    def restart(self) -> None:
        """Let the sample's session start anew: its names are forgotten, and what runs in it is stopped."""
        self.stop()
        session = self.author.get("session")
        for each in list(_samples):
            if each.author.get("session") == session:
                each.sample.restarted(each is self)
                each.show()
        if self.engine in _sandboxes:
            _sandboxes[self.engine].restart(session)

    def reset(self) -> None:
        """Go back to the author's source and output."""
        self.stop()
        self._loading.failed = False
        self._output.restore()
        self._compared()
        self.versions.reset()
        self.sample.reset()
        self.source.replace(self.sample.source)
        self.versions.keep()
        if self._exercise:
            self._exercise.reset()
        self.show()

    def copy(self) -> None:
        """Put the source as it stands on the clipboard."""
        self.spawn(self._copy())

    async def _copy(self) -> None:
        copied = await guard.copy(self.source.text)
        self.say("Copied" if copied.ok else "The browser did not let this page copy: " + str(copied.error))

    def edit(self) -> None:
        """Open the editor, or go to it."""
        if "readonly" not in self.author:
            self.spawn(self.open_editor())

    async def open_editor(self, focus: bool = True) -> None:
        """Open the editor, and with `focus` put the caret into it."""
        heard = {"changed": self._changed, "run": self.run, "leave": self.leave}
        try:
            module = await later.module("readerly.code_sample.syntax")
            if self._syntax is None:
                self._syntax = module.Syntax(self)
            told = {name: self.guarded(heard[name]) for name in heard}
            await self.source.edit(dict(told, look=self.look), focus)
        except OSError as error:
            self.say(str(error))

    async def go(self, line: int) -> None:
        """Put the caret at the beginning of `line`."""
        await self.open_editor(False)
        self.source.go(line)

    def look(self, kind: str, text: str, told: Callable[[list[str]], Any]) -> bool:
        """Have a Python that is idle look at `text` (see `looking.look`), and return whether there is one."""
        if self.engine not in _sandboxes or self.engine != "pyodide" or self.sample.busy:
            return False
        session = self.author.get("session")
        place = "session " + session if session else "sample " + str(id(self))
        return _sandboxes[self.engine].look(kind, text, place, self.guarded(told))

    def _changed(self) -> None:
        if self.sample.source == self.source.text:  # it was shown, not typed
            return
        self.sample.source = self.source.text
        self.tag.toggleAttribute("edited", self.sample.edited)
        if self._syntax is not None:
            self._syntax.changed()
        self.versions.changed()

    @property
    def place(self) -> tuple[str, str]:
        """Under which what the reader makes of this sample is kept: the page's path, and the sample's id or number."""
        return str(window.location.pathname), str(self.tag.id) or self._name

    @property
    def _name(self) -> str:
        """The sample's name by its number in the page."""
        return "sample-{}".format(list(document.querySelectorAll("code-sample")).index(self.tag) + 1)

    def take(self, text: str) -> None:
        """Show `text`, which the reader has kept."""
        self.sample.recalled(text)
        self.source.replace(text)
        self.show()

    def _examine(self) -> None:
        """Have what shows the verdicts of an exercise; where it did not come, a run asks for it again first."""
        if "check" in self.author and not self._exercise:
            self.spawn(self._examined())

    async def _examined(self) -> None:
        try:
            module = await later.module("readerly.code_sample.verdict")
        except OSError:  # the sample itself says so when it is run
            return
        if not self.released and not self._exercise:
            self._exercise = module.Verdict(self)

    def put(self, text: str) -> None:
        """Make `text` the source, as an edit of the reader's."""
        self.source.replace(text)
        self._changed()

    def leave(self) -> None:
        """Give the focus back to Run."""
        self._buttons["Run"].focus()

    def said(self, kind: str, text: str, line: int) -> None:
        """Show what a run says; "done" and "failed" end it."""
        if self._exercise and self._exercise.said(kind, text, line):
            return
        if kind in ("done", "failed"):
            self._output.settle()
        if kind == "done":
            self.job = None
            self.sample.finished(_seconds(text))
            if self.sample.failing_line and self.source.partly and "readonly" not in self.author:
                self.sample.status += "; Edit shows every line"
            if self._output.author and "varies" not in self.author and "check" not in self.author:
                self.spawn(self._compare())
        elif kind == "failed":
            self.job = None
            self.sample.failed(text)
            self._loading.failed = True
        else:
            if kind == "error":
                self.sample.errored(line)
                self.source.mark(line, failure(text))
            elif kind == "broken":
                self.sample.barred(text)
                kind, text = "notice", "This sample did not run, since " + text + ", which comes first, failed:"
            self._output.write(kind, text)
            if kind == "error" and self.job is not None and "readonly" not in self.author:
                later.laid("readerly.code_sample.jumps").link(self, dom.part(self.tag, "output"), self.job.name)
            return
        self.show()

    async def _compare(self) -> None:
        """Say whether the output is the author's, and show what differs; closed, where the source was changed."""
        module = await later.module("readerly.code_sample.comparison")
        if self.sample.busy or self.released:
            return
        loose = "normalize-whitespace" in self.author
        said, node = module.compared(self._output.author, self._output.messages, self.sample.edited, loose)
        if said:
            self.say(self.sample.status + said)
        self._compared(node)

    def _compared(self, node: Any = None) -> None:
        """Show a comparison, or none."""
        shown = dom.part(self.tag, "comparison")
        if shown:
            shown.remove()
        if node is not None:
            self.tag.append(dom.build(node))

    def show(self) -> None:
        """Show the phase: what the status says and which buttons act."""
        if self._question is not None and not self.sample.busy:
            self._question.close()
            self._question = None
        if self.released:
            return
        self._buttons["Stop"].disabled = not self.sample.busy
        self._buttons["Run"].setAttribute("aria-disabled", "true" if self.sample.busy else "false")
        self.tag.setAttribute("data-phase", self.sample.phase)
        self.tag.toggleAttribute("edited", self.sample.edited)
        self.versions.show()
        self._loading.show(self.sample)
        if self.sample.busy:
            self._output.dim()
        self.say(self.sample.status or self._loading.size)

    def fetched(self) -> None:
        """Promise Python's size no longer, once it has come."""
        if str(self._status.textContent) == self._loading.promise:
            self.say(self._loading.size)

    def say(self, text: str) -> None:
        """Let the status line say `text`."""
        if str(self._status.textContent) != text:
            self._status.textContent = text


def _seconds(text: str) -> float:
    """Return the seconds a run says it took; it is a sample's word, and may be anything."""
    try:
        return float(text)
    except ValueError:
        return 0.0
