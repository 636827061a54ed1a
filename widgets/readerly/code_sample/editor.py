"""Editing a sample's source in CodeMirror, which is fetched when a reader first edits.

The editor lives in a shadow root: there CodeMirror styles itself by constructed style sheets, which the page's strict
CSP allows, instead of inline ones, which it refuses. Tab is left to the browser, so that it never traps the focus.
"""

from typing import Any, Callable

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

THEME = {
    "&": {"color": "var(--_ink)", "backgroundColor": "transparent"},
    "&.cm-focused": {"outline": "none"},
    ".cm-content": {"fontFamily": "inherit", "lineHeight": "inherit", "padding": "0", "caretColor": "currentColor"},
    ".cm-scroller": {"fontFamily": "inherit", "lineHeight": "inherit"},
    ".cm-line": {"padding": "0"},
    ".cm-cursor": {"borderLeftColor": "currentColor"},
}


class Editor:
    """An open editor. `text` is the source as it stands."""

    def __init__(self, modules: Any, host: Any, source: str, label: str, heard: dict[str, Callable[..., Any]]) -> None:
        """Open in `host`; `heard` holds `changed()`, `run()` and `leave()`."""
        root = host.attachShadow(to_js({"mode": "open"}))
        core, language = modules.core, modules.language

        def on_key(event: Any, _view: Any) -> bool:
            if event.key == "Enter" and (event.ctrlKey or event.metaKey or event.shiftKey):
                heard["run"]()
                return True
            if event.key == "Escape":
                heard["leave"]()
                return True
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
                heard["changed"]()

        view = core.EditorView
        extensions = [
            modules.state.Prec.highest(view.domEventHandlers(to_js({"keydown": on_key, "beforeinput": on_input}))),
            language.syntaxHighlighting(_colours(language)),
            core.minimalSetup,
            modules.python.python(),
            language.indentUnit.of("    "),
            language.bracketMatching(),
            view.theme(to_js(THEME)),
            view.contentAttributes.of(to_js({"aria-label": label})),
            view.updateListener.of(on_update),
        ]
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
        """Put the caret into the editor."""
        self._view.focus()

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


async def open_editor(host: Any, source: str, label: str, heard: dict[str, Callable[..., Any]]) -> Editor:
    """Fetch CodeMirror and open it in the element `host`. Raises OSError when it cannot be fetched."""
    modules = await guard.editor(absolute(settings["core"]))
    if not modules.ok:
        raise OSError("The editor could not be fetched: " + str(modules.error))
    return Editor(modules.value, host, source, label, heard)
