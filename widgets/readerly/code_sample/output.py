"""The output region: what a run says, as text, each kind recognisable without colour."""

from typing import Any

from readerly.page.browser import document

LABELS = {"stderr": "Printed to stderr", "result": "Value", "error": "Error", "notice": "Note"}
"""What a screen reader hears before a kind of output; stdout needs no name."""


class Output:
    """Writes to the `role="log"` region of one sample."""

    def __init__(self, region: Any) -> None:
        """Write into `region`, an element."""
        self._region = region
        self._kind = ""
        self._last: Any = None
        self._old = False

    def renew(self) -> None:
        """Let what the next run says take the place of what stands here, which stays until then: nothing jumps."""
        self._old = True
        self._region.setAttribute("aria-busy", "true")

    def settle(self) -> None:
        """The run has ended: what is older than it goes, also where it said nothing."""
        if self._old:
            self.clear()

    def clear(self) -> None:
        """Forget everything and hide the region."""
        self._region.replaceChildren()
        self._region.hidden = True
        self._region.removeAttribute("aria-busy")
        self._kind = ""
        self._last = None
        self._old = False

    def write(self, kind: str, text: str) -> None:
        """Append `text`. Text that goes on in the same stream joins the block before it."""
        self.settle()
        if kind == self._kind and kind in ("stdout", "stderr"):
            self._last.appendData(text)
            return
        block = document.createElement("pre")
        block.setAttribute("data-kind", kind)
        if kind in LABELS:
            label = document.createElement("span")
            label.className = "readerly-label"
            label.textContent = LABELS[kind] + ": "
            block.appendChild(label)
        self._last = document.createTextNode(text)
        self._kind = kind
        block.appendChild(self._last)
        self._region.appendChild(block)
        self._region.hidden = False
