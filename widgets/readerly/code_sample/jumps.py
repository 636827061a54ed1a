"""The lines that a traceback names, as buttons that put the caret there."""

from typing import Any

from readerly.code_sample.lines import parts
from readerly.page import dom
from readerly.page.browser import document
from readerly.page.markup import h


def link(widget: Any, region: Any, name: str) -> None:
    """Make buttons of the lines of `name` that the last error in `region` names; they go to them in the editor."""
    errors = list(region.querySelectorAll("[data-kind='error'] .readerly-lines"))
    for piece in errors:
        found = parts(str(piece.textContent), name)
        if len(found) < 2:
            continue
        piece.replaceChildren()
        for text, line in found:
            if not line:
                piece.appendChild(document.createTextNode(text))
                continue
            said = {"type": "button", "data-line": line, "aria-label": "Go to line {}".format(line)}
            button = dom.build(h("button", said, text))
            piece.appendChild(button)
            widget.listen(button, "click", _goer(widget, line))


def _goer(widget: Any, line: int) -> Any:
    def go(_event: Any) -> None:
        widget.spawn(widget.go(line))

    return go
