"""The output region: what a run says, and before any run the author's own output, where that is recorded."""

from typing import Any

from readerly.code_sample import view
from readerly.page import dom


class Output:
    """Writes to the `role="log"` region of one sample."""

    def __init__(self, region: Any) -> None:
        """Write into `region`, an element that may hold the author's output."""
        self._region = region
        self._baked = list(region.children)
        self.author = self.messages
        self._kind = ""
        self._last: Any = None
        self._old = False

    @property
    def messages(self) -> list[tuple[str, str]]:
        """What stands here, as messages (kind, text)."""
        return [(str(block.getAttribute("data-kind")), str(block.lastChild.data)) for block in self._region.children]

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

    def restore(self) -> None:
        """Show the author's output again, or nothing where none is recorded."""
        self.clear()
        self._region.append(*self._baked)
        self._region.hidden = not self._baked

    def write(self, kind: str, text: str) -> None:
        """Append `text`. Text that goes on in the same stream joins the block before it."""
        self.settle()
        if kind == self._kind and kind in ("stdout", "stderr"):
            self._last.appendData(text)
            return
        block = dom.build(view.message(kind, text))
        self._last = block.lastChild
        self._kind = kind
        self._region.appendChild(block)
        self._region.hidden = False
