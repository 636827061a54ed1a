"""The output region: what a run says, and before any run the author's own output, where that is recorded."""

import asyncio
from typing import Any

from readerly.page import later
from readerly.page.browser import guard


class Output:
    """The `role="log"` region of one sample. A writer, which comes with what runs samples, writes what a run says."""

    def __init__(self, region: Any) -> None:
        """Write into `region`, an element that may hold the author's output."""
        self._region = region
        self._baked = list(region.children)
        self.author = self.messages
        self._writer: Any = None
        self._writing = False
        self._old = False
        if region.querySelector("[data-fg], [data-bg]"):
            asyncio.create_task(_tint(region))

    @property
    def messages(self) -> list[tuple[str, str]]:
        """What stands here, as messages (kind, text)."""
        said: list[tuple[str, str]] = []
        for block in self._region.children:
            if block.hasAttribute("data-plain"):
                said.append(("rich", str(block.getAttribute("data-plain"))))
                continue
            label = block.querySelector(".readerly-label")
            text = str(block.textContent)
            said.append((str(block.getAttribute("data-kind")), text[len(str(label.textContent)) :] if label else text))
        return said

    def renew(self) -> None:
        """Let what the next run says take the place of what stands here, which stays until then: nothing jumps."""
        self._old = True
        guard.watched(self._region)

    def dim(self) -> None:
        """Show that what stands here is older than the run that is under way, until that says something."""
        if self._old:
            self._region.setAttribute("aria-busy", "true")

    def settle(self) -> None:
        """The run has ended: what is older than it goes, also where it said nothing."""
        self._make_way()
        self._region.style.removeProperty("min-height")

    def _make_way(self) -> None:
        """Take away what is older than this run. Its height stays until that has ended: it speaks bit by bit."""
        if self._old:
            height = float(guard.height(self._region))
            self.clear()
            self._region.style.setProperty("min-height", str(height) + "px")

    def clear(self) -> None:
        """Forget everything and hide the region."""
        self._writing = self._old = False
        self._region.replaceChildren()
        self._region.hidden = True
        self._region.removeAttribute("aria-busy")

    def restore(self) -> None:
        """Show the author's output again, or nothing where none is recorded."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None
        self.clear()
        self._region.append(*self._baked)
        self._region.hidden = not self._baked

    def write(self, kind: str, text: str) -> None:
        """Append `text`."""
        self._make_way()
        if not self._writing:
            self._writing = True
            if self._writer is None:
                self._writer = later.laid("readerly.code_sample.writer").Writer(self._region)
            self._writer.begin()
        self._writer.write(kind, text)

    def ask(self, form: Any) -> None:
        """Show a question below what has been printed."""
        self._make_way()
        self._region.appendChild(form)
        self._region.hidden = False


async def _tint(region: Any) -> None:
    """Give the author's output the colours that no style sheet has; without them it has some that are like them."""
    try:
        (await later.module("readerly.code_sample.tint")).tint_all(region)
    except OSError:
        pass
