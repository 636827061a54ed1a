"""Editing a sample's source in CodeMirror, which is fetched when a reader first edits.

The editor lives in a shadow root: there CodeMirror styles itself by constructed style sheets, which the page's strict
CSP allows, instead of inline ones, which it refuses.

Who came in by Enter or `Edit` indents with Tab, as the hint says, and leaves by Escape. Whoever came in by Tab or with
the pointer is never held: Tab moves on.
"""

from typing import Any, Callable

from readerly.code_sample.completion import Completion
from readerly.code_sample.signature import Signature
from readerly.page.browser import absolute, guard, settings, to_js

COLOURS = {
    "keyword": "keyword",
    "bool": "keyword",
    "null": "keyword",
    "string": "string",
    "comment": "comment",
    "number": "number",
    "literal": "number",
    "className": "function",
    "function": "function",
}
"""For each of CodeMirror's highlighting tags, the custom property of widgets.css (`--_code-…`) that colours it."""

HINT = "Tab indents, Escape leaves. Control-Enter runs."
"""What is said of the editor's keys, to all who can use them."""

THEME = {
    "&": {"color": "var(--_ink)", "backgroundColor": "transparent", "height": "calc(var(--_rows) * 1lh)"},
    "&.cm-focused": {"outline": "none"},
    ".cm-content": {"fontFamily": "inherit", "lineHeight": "inherit", "padding": "0", "caretColor": "currentColor"},
    ".cm-scroller": {"fontFamily": "inherit", "lineHeight": "inherit"},
    ".cm-line": {"padding": "0"},
    ".cm-cursor": {"borderLeftColor": "currentColor"},
    ".cm-gutters": {"background": "none", "border": "0", "color": "var(--_muted)"},
    ".cm-lineNumbers .cm-gutterElement": {"padding": "0 1em 0 0", "minWidth": "1.5em"},
    ".cm-matchingBracket": {"background": "none !important", "outline": "1px solid var(--_muted)"},
    ".readerly-failing": {
        "background": "color-mix(in srgb, var(--_error) 12%, transparent)",
        "boxShadow": "-3px 0 var(--_error)",
    },
    ".readerly-failing::after": {
        "content": "attr(data-error) / ''",
        "color": "var(--_error)",
        "fontStyle": "italic",
        "paddingLeft": "2ch",
    },
    ".cm-tooltip": {"background": "var(--_paper)", "color": "var(--_ink)", "border": "1px solid var(--_rule)"},
    ".cm-tooltip.cm-tooltip-autocomplete > ul": {"fontFamily": "inherit"},
    ".cm-tooltip-autocomplete ul li[aria-selected]": {
        "background": "var(--_accent) !important",
        "color": "var(--_paper) !important",
        "outline": "1px solid transparent",
    },
}

COMPLETION = 12
"""Where CodeMirror's `basicSetup` has its completion: it is in the package that PyScript ships, and not exported."""


class Editor:
    """An open editor. `text` is the source as it stands."""

    def __init__(
        self, modules: Any, host: Any, source: str, label: str, heard: dict[str, Callable[..., Any]], numbers: bool
    ) -> None:
        """Open in `host`, with line `numbers` or without; `heard` holds `changed()`, `run()` and `leave()`.

        Its `look(kind, text, told)` asks a Python that is idle (see `looking.look`), and returns whether there is one.
        """
        root = host.attachShadow(to_js({"mode": "open"}))
        core, language, commands = modules.core, modules.language, modules.commands

        self._failing: tuple[int, str, str] | None = None
        self._inside = False  # whether Tab indents
        self._content: Any = None
        completion, signature = Completion(modules, heard["look"]), Signature(modules, heard["look"])

        def on_key(event: Any, view: Any) -> bool:
            if event.key == "Enter" and (event.ctrlKey or event.metaKey or event.shiftKey):
                heard["run"]()
                return True
            if event.key == "Escape":
                listed = root.querySelector(".cm-tooltip-autocomplete")
                # What is typed in a list makes CodeMirror keep it, dimmed, for a moment: it goes with the signature.
                if signature.shown and (not listed or listed.classList.contains("cm-tooltip-autocomplete-disabled")):
                    signature.dismiss(view)
                elif not listed:
                    heard["leave"]()
                return not listed
            if event.key == " " and event.ctrlKey:
                signature.ask(view)
                return False
            tab = "Tab" in (event.key, event.code)  # with Shift, WebKitGTK knows no name for the key
            plain = not (event.ctrlKey or event.metaKey or event.altKey or event.shiftKey)
            if tab and plain and completion.accept(root):
                event.preventDefault()
                return True
            if event.key == "Enter" and plain and completion.settled(root, view.state):
                event.preventDefault()
                commands.insertNewlineAndIndent(view)
                return True
            if tab and self._inside and not (event.ctrlKey or event.metaKey or event.altKey):
                event.preventDefault()
                if event.shiftKey:
                    commands.indentLess(view)
                elif view.state.selection.main.empty:
                    _indent(view)
                else:
                    commands.indentMore(view)
                return True
            return False

        def on_blur(_event: Any, view: Any) -> bool:
            self._inside = False
            signature.hide(view)
            return False

        def on_input(event: Any, view: Any) -> bool:
            """Replace selected text ourselves: Chromium would carry its colours over as inline style."""
            if event.inputType != "insertText" or event.isComposing or view.state.selection.main.empty:
                return False
            event.preventDefault()
            view.dispatch(
                view.state.replaceSelection(event.data), to_js({"userEvent": "input.type", "scrollIntoView": True})
            )
            return True

        def on_update(update: Any) -> None:
            if update.docChanged:
                self._follow(update)
                heard["changed"]()
            if update.docChanged or update.selectionSet:
                signature.follow(update.view, update.docChanged and update.view.hasFocus)

        def marked(view: Any) -> Any:
            """Return what marks the failing line."""
            ranges: list[Any] = []
            if self._failing is not None and self._failing[0] <= view.state.doc.lines:
                at, _, error = self._failing
                attributes = {"class": "readerly-failing", "data-error": "\u2190 " + error}
                line = modules.view.Decoration.line(to_js({"attributes": attributes}))
                ranges.append(line.range(getattr(view.state.doc.line(at), "from")))
            return modules.view.Decoration.set(to_js(ranges))

        view = core.EditorView
        extensions = [
            modules.state.Prec.highest(
                view.domEventHandlers(to_js({"keydown": on_key, "beforeinput": on_input, "blur": on_blur}))
            ),
            language.syntaxHighlighting(_colours(language)),
            core.minimalSetup,
            language.indentUnit.of("    "),
            language.bracketMatching(),
            view.theme(to_js(THEME)),
            view.contentAttributes.of(to_js({"aria-label": label, "aria-description": HINT, "tabindex": "0"})),
            view.updateListener.of(on_update),
            view.decorations.of(marked),
            core.basicSetup[COMPLETION],
        ]
        extensions += completion.extensions + signature.extensions
        if numbers:
            extensions.append(modules.view.lineNumbers())
        self._view = view.new(to_js({"doc": source, "extensions": extensions, "parent": root, "root": root}))

    @property
    def text(self) -> str:
        """The source as it stands."""
        return str(self._view.state.doc.toString())

    def replace(self, source: str) -> None:
        """Make `source` the whole text."""
        change = {"from": 0, "to": self._view.state.doc.length, "insert": source}
        self._view.dispatch(to_js({"changes": change}))

    def focus(self) -> None:
        """Put the caret into the editor; from then on, and until the focus goes, Tab indents."""
        self._view.focus()
        self._inside = True

    def mark(self, line: int, error: str) -> None:
        """Mark `line`, counted from 1, with what went wrong there; 0 takes the mark away."""
        doc = self._view.state.doc
        self._failing = (line, str(doc.line(line).text), error) if 0 < line <= doc.lines else None
        self._view.dispatch(to_js({}))

    def go(self, line: int) -> None:
        """Put the caret at the beginning of `line`."""
        doc = self._view.state.doc
        start = getattr(doc.line(min(max(line, 1), doc.lines)), "from")
        self._view.dispatch(to_js({"selection": {"anchor": start}, "scrollIntoView": True}))
        self.focus()

    def _follow(self, update: Any) -> None:
        """Keep the mark at its line while others are edited; when the line itself is, the mark goes."""
        if self._failing is None:
            return
        number, text, error = self._failing
        start = getattr(update.startState.doc.line(number), "from")
        line = update.state.doc.lineAt(update.changes.mapPos(start, 1))
        self._failing = (int(line.number), text, error) if str(line.text) == text else None

    def close(self) -> None:
        """Give back what CodeMirror holds."""
        self._view.destroy()


def _colours(language: Any) -> Any:
    """Return a highlight style that colours by custom properties, so that light and dark follow the page."""
    specs: list[dict[str, Any]] = []
    for spec in language.defaultHighlightStyle.specs:
        tags = spec.tag if hasattr(spec.tag, "length") else [spec.tag]
        for tag in tags:
            name = str(tag.toString()).split("(")[0]
            if name in COLOURS:
                specs.append({"tag": tag, "color": "var(--_code-" + COLOURS[name] + ")"})
    return language.HighlightStyle.define(to_js(specs))


def _indent(view: Any) -> None:
    """Insert spaces up to the next column that four divides."""
    head = view.state.selection.main.head
    column = head - getattr(view.state.doc.lineAt(head), "from")
    view.dispatch(
        view.state.replaceSelection(" " * (4 - column % 4)), to_js({"userEvent": "input", "scrollIntoView": True})
    )


async def open_editor(
    host: Any, source: Callable[[], str], label: str, heard: dict[str, Callable[..., Any]], numbers: bool = False
) -> Editor:
    """Fetch CodeMirror and open it in the element `host`, with the `source()` of then: it may be replaced meanwhile.

    Raises OSError when it cannot be fetched.
    """
    modules = await guard.editor(absolute(settings["core"]))
    if not modules.ok:
        raise OSError("The editor could not be fetched: " + str(modules.error))
    return Editor(modules.value, host, source(), label, heard, numbers)
