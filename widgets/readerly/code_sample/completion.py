"""Names that a live Python knows, in the list that CodeMirror shows while one types or at Control-Space.

Python is asked only while it is there and idle; else CodeMirror offers what it finds in the text.
"""

from typing import Any, Callable

from readerly.page.browser import to_js, window

QUOTED = ("String", "FormatString", "Comment", "ImportStatement")
"""Nodes of CodeMirror's tree in which no name is looked for: Python knows those it has, not those it could import."""

OPEN = ".cm-tooltip-autocomplete li[aria-selected]"
"""What is chosen in the list, while that is open."""


class Completion:
    """The names for one editor. `look(kind, text, told)` asks Python, if it is there, and returns whether it is."""

    def __init__(self, modules: Any, look: Callable[..., bool]) -> None:
        """Prepare `extensions`, what CodeMirror, of `modules`, is to have."""
        self._modules, self._look = modules, look
        self._word = window.RegExp.new("[\\p{L}\\p{N}_.]+", "u")
        sources = to_js([{"autocomplete": each} for each in (self._live, self._local, self._common)])

        def data(_state: Any, _pos: Any, _side: Any) -> Any:
            return sources

        self.extensions = [modules.python.pythonLanguage, modules.state.EditorState.languageData.of(data)]

    def accept(self, root: Any) -> bool:
        """Take what is chosen in the list in `root`, if that is open."""
        chosen = root.querySelector(OPEN)
        if chosen:
            # CodeMirror's own command for this is not among what PyScript's copy exports.
            chosen.dispatchEvent(window.MouseEvent.new("mousedown", to_js({"bubbles": True, "cancelable": True})))
        return bool(chosen)

    def settled(self, root: Any, state: Any) -> bool:
        """Whether what is chosen in the list in `root` is what one has typed: then Enter ends the line."""
        label = root.querySelector(OPEN + " .cm-completionLabel")
        chosen, caret = str(label.textContent) if label else "", state.selection.main.head
        return bool(chosen) and str(state.sliceDoc(max(0, caret - len(chosen)), caret)) == chosen

    def _local(self, context: Any) -> Any:
        """The names in the text; none of them is an attribute."""
        return None if "." in self._before(context) else self._modules.python.localCompletionSource(context)

    def _common(self, context: Any) -> Any:
        """Builtins and keywords."""
        return None if "." in self._before(context) else self._modules.python.globalCompletion(context)

    def _before(self, context: Any) -> str:
        """Return the name before the caret, with dots, or ""."""
        word = context.matchBefore(self._word)
        return str(word.text) if word else ""

    def _live(self, context: Any) -> Any:
        """The names that Python has."""
        word = self._before(context)
        if (not word and not context.explicit) or word[:1] in tuple("0123456789") or self._quoted(context):
            return None
        typed = word.split(".")[-1]
        answer = window.Promise.withResolvers()

        def told(names: list[str]) -> None:
            found = {
                "from": context.pos - len(typed),
                "options": [{"label": name} for name in names],
                "validFor": window.RegExp.new(followers(typed)),
            }
            answer.resolve(to_js(found) if names else None)

        if word[:1] == ".":
            word = self._expression(context)
        if word and self._look("names", word, told):
            return answer.promise
        return None

    def _expression(self, context: Any) -> str:
        """Return what is written up to the caret of the attribute there, whatever it is an attribute of, or ""."""
        node = self._modules.language.syntaxTree(context.state).resolveInner(context.pos, -1).parent
        while node and str(node.name) != "MemberExpression":
            node = node.parent if str(node.name) == "\u26a0" else None
        return str(context.state.sliceDoc(getattr(node, "from"), context.pos)) if node else ""

    def _quoted(self, context: Any) -> bool:
        node = self._modules.language.syntaxTree(context.state).resolveInner(context.pos, -1)
        while node:
            if str(node.name) in QUOTED:
                return True
            if str(node.name) == "FormatReplacement":
                return False
            node = node.parent
        return False


def followers(typed: str) -> str:
    """Return which texts, as a regular expression, the names found for `typed` hold for too.

    Names that begin with `_`, or with `__`, are found only once that is typed.
    """
    if typed.startswith("__"):
        return "^__\\w*$"
    if typed.startswith("_"):
        return "^_([^\\W_]\\w*)?$"
    return "^([^\\W_]\\w*)?$"
