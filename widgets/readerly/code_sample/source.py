"""The source of one sample in the page: the author's block, and the editor that takes its place."""

from typing import Any, Callable

from readerly.page import dom, later
from readerly.page.browser import document
from readerly.page.markup import h


class Source:
    """What a reader sees and edits. `text` is the source as it stands."""

    def __init__(self, pre: Any, label: str | None) -> None:
        """Show the source in the element `pre`."""
        self.text = str(pre.textContent).rstrip("\n")
        self._pre = pre
        self._label = "Source" if label is None else "Source: " + label
        self._editor: Any = None
        self._host: Any = None
        if not pre.hasAttribute("tabindex"):
            pre.setAttribute("tabindex", "0")  # Enter edits, and the arrow keys scroll what is too wide

    async def highlight(self) -> None:
        """Colour the source where no build has done it. Where that cannot be fetched, it stays plain."""
        code = self._pre.querySelector("code") or self._pre
        if code.childElementCount or not self.text.strip():
            return
        try:
            module = await later.module("readerly.code_sample.highlight")
        except OSError:
            return
        if not code.childElementCount:
            coloured = module.pieces(self.text)
            dom.fill(code, [h("span", {"class": kind}, text) if kind else text for kind, text in coloured])

    async def edit(self, heard: dict[str, Callable[..., Any]]) -> None:
        """Put the caret into the editor, opening it the first time; `heard` holds `changed()`, `run()` and `leave()`.

        Raises OSError when the editor cannot be fetched; the block stays as it is then.
        """
        if self._host is None:
            self._host = document.createElement("div")
            self._host.setAttribute("data-part", "editor")

            def changed() -> None:
                if self._editor is not None:
                    self.text = self._editor.text
                    heard["changed"]()

            try:
                told = {"changed": changed, "run": heard["run"], "leave": heard["leave"]}
                module = await later.module("readerly.code_sample.editor")
                editor = await module.open_editor(self._host, self.text, self._label, told)
            except OSError:
                self._host = None
                raise
            if self._host is None:  # closed meanwhile
                editor.close()
                return
            self._editor = editor
            self._pre.hidden = True
            self._pre.before(self._host)
        if self._editor is not None:
            self._editor.focus()

    def replace(self, text: str) -> None:
        """Make `text` the source."""
        self.text = text
        if self._editor is not None:
            self._editor.replace(text)

    def close(self) -> None:
        """Close the editor and show the block again."""
        editor, host = self._editor, self._host
        self._editor = self._host = None
        if editor is not None:
            editor.close()
            host.remove()
            self._pre.hidden = False
