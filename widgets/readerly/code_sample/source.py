"""The source of one sample in the page: the author's block, and the editor that takes its place."""

from typing import Any, Callable

from readerly.code_sample.editor import Editor, open_editor
from readerly.code_sample.highlight import pieces
from readerly.page import dom
from readerly.page.browser import document
from readerly.page.markup import h


class Source:
    """What a reader sees and edits. `text` is the source as it stands."""

    def __init__(self, pre: Any, label: str | None) -> None:
        """Show the source in the element `pre`, highlighted here where no build has done it."""
        self.text = str(pre.textContent).rstrip("\n")
        self._pre = pre
        self._label = "Source" if label is None else "Source: " + label
        self._editor: Editor | None = None
        self._host: Any = None
        if not pre.hasAttribute("tabindex"):
            pre.setAttribute("tabindex", "0")  # Enter edits, and the arrow keys scroll what is too wide
        code = pre.querySelector("code") or pre
        if not code.childElementCount:
            dom.fill(code, [h("span", {"class": kind}, text) if kind else text for kind, text in pieces(self.text)])

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
                editor = await open_editor(self._host, self.text, self._label, told)
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
