"""What a reader makes of a sample's source: their edit, kept for the next visit, and the edits that links bring."""

from typing import Any

from readerly.code_sample import view
from readerly.page import dom, later, storage
from readerly.page.browser import document, window

KEPT = 500
"""Milliseconds after a change until it is kept for the next visit."""


class Versions:
    """The versions that one tag's reader can have of its source, beside the author's."""

    def __init__(self, widget: Any) -> None:
        """Keep what the reader makes of the source of `widget`, a `CodeSample`; `begin` shows what there is already."""
        self._widget = widget
        self._button: Any = None  # Link, once there is an edit
        self._shared: Any = None  # what goes and comes by a link, once something does
        self._unkept = False
        widget.listen(window, "pagehide", self._left)
        widget.listen(window, "hashchange", self._followed)
        widget.on_release(self.keep)

    def begin(self) -> None:
        """Show or offer the reader's edit of an earlier visit, and then show what the page's address brings.

        The edit is shown at once, as a page begins, or offered, where the author's source is another now: the buttons,
        which nobody has seen before, move under no pointer then.
        """
        widget = self._widget
        kept = None if "readonly" in widget.author else storage.recall("edits")
        aside = False
        if kept:
            edits, (page, name) = self._edits, widget.place
            found = edits.find(kept, page, name)
            if found is not None and found[2] == edits.fingerprint(widget.sample.original):
                widget.take(found[3])
            elif found is not None:
                later.laid("readerly.code_sample.older").offer(widget, found[3])
            aside = edits.find(kept, page, name + edits.ASIDE) is not None
        if aside or self._linked():
            widget.fetching(self._open(aside))

    @property
    def _edits(self) -> Any:
        """The module, imported once it is wanted, as `older` is: most readers have kept none."""
        return later.laid("readerly.code_sample.edits")

    def _linked(self) -> bool:
        """Whether this sample is to show the edit that the page's address brings, or to say why that cannot be.

        Where a link is to a sample that the page does not have, the first says so.
        """
        address = str(window.location.hash)
        if not address.startswith("#edit="):
            return False
        meant = document.getElementById(str(window.URLSearchParams.new(address[1:]).get("edit")))
        if meant is None or str(meant.localName) != "code-sample" or meant.hasAttribute("setup"):
            meant = document.querySelector("code-sample:not([setup])")
        return bool(meant.isSameNode(self._widget.tag))

    def _followed(self, _event: Any) -> None:
        """A link within this page was followed."""
        if self._linked():
            self._widget.fetching(self._open())

    async def _open(self, aside: bool = False) -> None:
        """Show what the address brings for this sample, if it does; else, with `aside`, offer what was put aside."""
        shared = await self._links()
        if self._widget.released:
            return
        if not (self._linked() and await shared.open()) and aside:
            shared.recover()

    async def _links(self) -> Any:
        """Return what knows of links to edits, fetching it the first time."""
        module = await later.module("readerly.code_sample.shared")
        if self._shared is None:
            self._shared = module.Shared(self._widget)
            self._shared.update()
        return self._shared

    def show(self) -> None:
        """See that who has changed the source finds the button that makes a link of it."""
        widget, edited = self._widget, self._widget.sample.edited
        if self._button is None and edited and str(widget.tag.id):
            self._button = dom.build(view.share())
            widget.tag.querySelector(".readerly-buttons").append(self._button)
            widget.listen(self._button, "click", self._clicked)
            widget.on_release(self._button.remove)
            widget.spawn(self._links_ahead())
        if self._button is not None:
            if not edited and self._button.isSameNode(document.activeElement):
                dom.part(widget.tag, "reset").focus()
            self._button.hidden = not edited
        if self._shared is not None:
            self._shared.update()

    async def _links_ahead(self) -> None:
        """Fetch what makes the link: a browser that lets a page copy does so right after the click."""
        try:
            await self._links()
        except OSError:
            pass  # the click asks again, and says it

    def _clicked(self, _event: Any) -> None:
        self._widget.fetching(self._copy())

    async def _copy(self) -> None:
        await (await self._links()).copy()

    def changed(self) -> None:
        """The reader has changed the source: keep it, in a moment or as they leave, whichever is first."""
        self.show()
        if not self._unkept:
            self._unkept = True
            self._widget.later(KEPT, self.keep)

    def reset(self) -> None:
        """The reader wants the author's source: their edit is to go, but not for the code of a link as it came."""
        if self._shared is None or not self._shared.untouched:
            self._unkept = True

    def _left(self, _event: Any) -> None:
        self.keep()

    def keep(self) -> None:
        """Keep the reader's edit in this browser, if it has changed since."""
        if self._unkept:
            self._unkept = False
            kept, sample = storage.recall("edits"), self._widget.sample
            if self._shared is not None:
                if self._shared.untouched:
                    return
                kept = self._shared.before(kept)
            kept = self._edits.keep(kept, *self._widget.place, sample.original, sample.source)
            storage.remember("edits", kept or None)
