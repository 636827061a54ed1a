"""The signature of the call that is being written, above its line, as a Python that is idle knows it."""

from typing import Any, Callable

from readerly.code_sample.calls import active
from readerly.page import dom
from readerly.page.browser import to_js
from readerly.page.markup import h

THEME = {
    ".readerly-signature": {"maxWidth": "36em", "padding": "0.2em 0.6em", "whiteSpace": "normal"},
    ".readerly-signature p": {"margin": "0"},
    ".readerly-signature p + p": {"color": "var(--_muted)"},
    ".readerly-signature b": {"textDecoration": "underline"},
}


class Signature:
    """What one editor shows of the call at its caret. `look(kind, text, told)` asks Python, if it is there."""

    def __init__(self, modules: Any, look: Callable[..., bool]) -> None:
        """Prepare `extensions`, what CodeMirror, of `modules`, is to have."""
        self._modules, self._look = modules, look
        self._place = modules.state.Compartment.new()
        self._asked: tuple[int, str] | None = None
        self._node: Any = None
        self._parameters: list[str] = []
        self.extensions = [self._place.of(to_js([])), modules.core.EditorView.theme(to_js(THEME))]

    @property
    def shown(self) -> bool:
        """Whether a signature is to be seen."""
        return self._node is not None

    def follow(self, view: Any, typed: bool) -> None:
        """The caret has moved, or with `typed` the text has changed: show what is called there, or nothing."""
        call = self._call(view.state)
        if call is None or (self._asked is not None and self._asked[1] != call[1]):
            self.hide(view)
        if call is None:
            return
        if self._asked is not None and (self._asked[0] == call[0] or self.shown):
            if self.shown:
                moved = self._asked[0] != call[0]
                self._asked = call[:2]
                self._stress(call)
                if moved:
                    self._set(view, call[0])
        elif typed:
            self.ask(view)

    def ask(self, view: Any) -> None:
        """Ask for the signature of the call at the caret."""
        call = self._call(view.state)
        if call is None:
            return

        def told(found: list[str]) -> None:
            now = self._call(view.state)
            if now is not None and now[1] == call[1] and self._asked is not None and found:
                self._show(view, now, found[0], found[1:])

        if self._look("signature", call[1], told):
            self._asked = call[:2]

    def hide(self, view: Any) -> None:
        """Show nothing, until another call is written."""
        self._asked = None
        if self.shown:
            self._node = None
            view.dispatch(to_js({"effects": self._place.reconfigure(to_js([]))}))

    def dismiss(self, view: Any) -> None:
        """The reader does not want to see it: this call's is not shown again by itself."""
        asked = self._asked
        self.hide(view)
        self._asked = asked

    def _show(self, view: Any, call: tuple[int, str, int, str], about: str, parameters: list[str]) -> None:
        self._parameters = parameters
        parts: list[Any] = [call[1].split(".")[-1].strip() + "("]
        for at in range(len(self._parameters)):
            parts += [", "] if at else []
            parts.append(h("span", {}, self._parameters[at]))
        shown = [h("p", {}, h("code", {}, *parts, ")"))] + ([h("p", {}, about)] if about else [])
        self._node = dom.build(h("div", {"class": "readerly-signature", "role": "status"}, *shown))
        self._stress(call)
        self._set(view, call[0])

    def _set(self, view: Any, at: int) -> None:
        """Have the signature stand above the place `at`."""

        def create(_view: Any) -> Any:
            return to_js({"dom": node})

        node = self._node
        tooltip = self._modules.view.showTooltip.of(to_js({"pos": at, "above": True, "create": create}))
        view.dispatch(to_js({"effects": self._place.reconfigure(tooltip)}))

    def _stress(self, call: tuple[int, str, int, str]) -> None:
        """Stress the parameter that is being written."""
        chosen = active(self._parameters, call[2], call[3])
        spans = list(self._node.querySelectorAll("span, b"))
        for at in range(len(spans)):
            if (str(spans[at].localName) == "b") != (at == chosen):
                spans[at].replaceWith(dom.build(h("b" if at == chosen else "span", {}, self._parameters[at])))

    def _call(self, state: Any) -> tuple[int, str, int, str] | None:
        """Return the innermost call around the caret, if what is called is a name or an attribute, or None.

        It is where its `(` is, what is called, and which argument the caret is in: its index and its keyword.
        """
        at = state.selection.main.head
        node = self._modules.language.syntaxTree(state).resolveInner(at, -1)
        while node:
            if str(node.name) in ("Body", "LambdaExpression", "Comment"):
                return None
            start = getattr(node, "from")
            inside = start < at and (at < node.to or not node.lastChild or str(node.lastChild.name) != ")")
            if str(node.name) == "ArgList" and inside and node.prevSibling:
                function = node.prevSibling
                called = str(state.doc.sliceString(getattr(function, "from"), function.to))
                named = function if str(function.name) == "VariableName" else function.lastChild
                if not named or str(named.name) not in ("VariableName", "PropertyName"):
                    return None
                return (start, called) + _argument(node, at, state.doc)
            node = node.parent
        return None


def _argument(arguments: Any, at: int, doc: Any) -> tuple[int, str]:
    """Return the index of the argument at the place `at` among `arguments`, and its keyword, "" where it has none."""
    index, keyword, last = 0, "", ""
    node = arguments.firstChild
    while node and getattr(node, "from") < at:
        kind = str(node.name)
        if kind == ",":
            index, keyword = index + 1, ""
        elif kind == "AssignOp":
            keyword = last
        last = str(doc.sliceString(getattr(node, "from"), node.to)) if kind == "VariableName" else ""
        node = node.nextSibling
    return index, keyword
