"""The source of one sample in the page: the author's block, and the editor that takes its place."""

from typing import Any, Callable

from readerly.code_sample import view
from readerly.page import dom, later
from readerly.page.browser import document
from readerly.page.markup import h


class Source:
    """What a reader sees and edits. `text` is the source as it stands."""

    def __init__(self, pre: Any, label: str | None, author: dict[str, Any]) -> None:
        """Show the source in the element `pre`, as the attributes of its `author` want it."""
        self._author = author
        self.text = str(pre.textContent).rstrip("\n")
        self._pre = pre
        self._label = "Source" if label is None else "Source: " + label
        self._editor: Any = None
        self._nodes: Any = None
        self._failing = (0, "")
        self._host: Any = None
        self._hint: Any = None
        if not pre.hasAttribute("tabindex"):
            pre.setAttribute("tabindex", "0")  # Enter edits, and the arrow keys scroll what is too wide
        said = view.lines(self.text, author)
        for name in said:
            pre.setAttribute(name, said[name])

    @property
    def partly(self) -> bool:
        """Whether the reader sees a part of the source only: some is hidden or folded, and the editor is closed."""
        return self._host is None and bool(self._pre.querySelector("[data-fold]"))

    async def highlight(self) -> None:
        """Colour the source where no build has done it. Where that cannot be fetched, it stays plain."""
        code = self._pre.querySelector("code") or self._pre
        if code.childElementCount or not self.text.strip():
            return
        try:
            module = await later.module("readerly.code_sample.highlight")
            regions = await later.module("readerly.code_sample.regions")
        except OSError:
            return
        if not code.childElementCount and self._nodes is None:
            dom.fill(code, regions.nodes(module.pieces(self.text)))

    async def edit(self, heard: dict[str, Callable[..., Any]], focus: bool = True) -> None:
        """Put the caret into the editor, opening it the first time; `heard` holds what `editor.Editor` tells.

        Without `focus` it is only opened.

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
                told = {"changed": changed, "run": heard["run"], "leave": heard["leave"], "look": heard["look"]}
                module = await later.module("readerly.code_sample.editor")
                editor = await module.open_editor(
                    self._host, lambda: self.text, self._label, told, "numbers" in self._author
                )
            except OSError:
                self._host = None
                raise
            if self._host is None:  # closed meanwhile
                editor.close()
                return
            self._editor = editor
            self._pre.hidden = True
            self._pre.before(self._host)
            if "rows" in self._author:
                self._host.style.setProperty("--_rows", str(self._author["rows"]))
            self._hint = dom.build(h("p", {"data-part": "hint"}, module.HINT))
            self._host.after(self._hint)
            self.mark(*self._failing)
        if self._editor is not None and focus:
            self._editor.focus()

    def mark(self, line: int, error: str) -> None:
        """Mark `line` of the source, counted from 1, with what went wrong there; 0 takes the mark away."""
        self._failing = (line, error)
        if self._editor is not None:
            self._editor.mark(line, error)
        code, lines = self._pre.querySelector("code") or self._pre, self.text.split("\n")
        seen = 0 < line <= len(lines) and not self.partly  # where lines are hidden, the status tells which it is
        code.toggleAttribute("data-error", seen)
        if seen:
            code.setAttribute("data-error", "\u2190 " + error)
            code.style.setProperty("--_line", str(line - 1))
            code.style.setProperty("--_column", str(len(lines[line - 1].replace("\t", "    ")) + 2))

    def go(self, line: int) -> None:
        """Put the caret at the beginning of `line`, where the editor is open."""
        if self._editor is not None:
            self._editor.go(line)

    def replace(self, text: str) -> None:
        """Make `text` the source."""
        self.mark(0, "")
        self.text = text
        if self._editor is not None:
            self._editor.replace(text)
        else:
            self._show(text)

    def _show(self, text: str) -> None:
        """Show `text` in the block: without colours, unless it is the author's, whose nodes are kept."""
        code = self._pre.querySelector("code") or self._pre
        if self._nodes is None:
            self._nodes = (str(self._pre.textContent).rstrip("\n"), list(code.childNodes))
        code.replaceChildren()
        if text == self._nodes[0]:
            for node in self._nodes[1]:
                code.appendChild(node)
        else:
            code.appendChild(document.createTextNode(text))
        said = view.lines(text, self._author)
        for name in said:
            self._pre.setAttribute(name, said[name])

    def close(self) -> None:
        """Close the editor and show the block again."""
        editor, host = self._editor, self._host
        self._editor = self._host = None
        if editor is not None:
            editor.close()
            host.remove()
            self._hint.remove()
            self._pre.hidden = False
        self.mark(0, "")
        if self._nodes is not None:
            self._show(self._nodes[0])  # so that it is the author's still when the tag starts anew
