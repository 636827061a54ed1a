"""An edit that goes by a link: the button `Link`, what a link brings, and the way between it and the reader's own.

The link is this page's address with a fragment, which no server is sent: `#edit=` the sample's id, `of=` the
fingerprint of the author's source, `sum=` that of all the others, and `code=` the text, deflated, in base64url.
"""

from typing import Any

from readerly.code_sample import changes, edits
from readerly.page import dom, storage
from readerly.page.browser import document, guard, window
from readerly.page.markup import Element, h

LONGEST = 8_000
"""Characters of a link's code. Browsers take far more; mail and messengers do not."""

LINK, OWN, EARLIER = "Show the link\u2019s version", "Show my edit", "Show my earlier edit"
"""The buttons from one version to another."""


def _sum(name: str, of: str, text: str) -> str:
    return edits.fingerprint("\n".join([name, of, text]))


def _view(sentence: str, found: list[tuple[str, str]]) -> Element:
    """Return what stands below a sample of which there are several versions."""
    children: list[Any] = [h("p", None, sentence)]
    if found:
        lines: list[Any] = []
        for kind, line in found:
            name = {"added": "ins", "removed": "del"}.get(kind, "span")
            mark = {"added": "+ Added: ", "removed": "\u2212 Removed: ", "line": "Line "}.get(kind, "")
            lines.append(h(name, {"data-kind": kind}, h("span", {"class": "readerly-label"}, mark), line + "\n"))
        summary = h("summary", None, "What it changes of the author\u2019s: " + changes.counted(found))
        block = h("pre", {"tabindex": "0", "aria-label": "Changes"}, *lines)
        children.append(h("details", {"open": True}, summary, block))
    buttons = [h("button", {"type": "button", "hidden": True}, name) for name in (LINK, OWN, EARLIER)]
    return h("section", {"data-part": "shared", "aria-label": "Versions of this sample"}, *children, *buttons)


class Shared:
    """What one tag shows of links to edits. `widget` is its, and calls `update` when its source may have changed."""

    def __init__(self, widget: Any) -> None:
        """Begin with nothing."""
        self._widget = widget
        self._text: str | None = None
        self._panel: Any = None
        self._buttons: list[Any] = []
        self._from_link = False  # whether what is shown is the link's, or was made of it and is not kept yet
        widget.on_release(self._remove)

    def _remove(self) -> None:
        if self._panel:
            self._panel.remove()
        self._panel = None

    @property
    def untouched(self) -> bool:
        """Whether a link's code is shown as it came: that is nobody's edit, and is not kept."""
        return self._text is not None and self._widget.sample.source == self._text

    def update(self) -> None:
        """Let the buttons be those that can do something now."""
        widget = self._widget
        versions = [self._text, self._kept(""), self._kept(edits.ASIDE)]
        for button, text in zip(self._buttons, versions):
            hide = text is None or text == widget.sample.source
            if hide and button.isSameNode(document.activeElement):
                widget.tag.querySelector("[data-part='run']").focus()
            button.hidden = hide

    def _kept(self, which: str) -> str | None:
        page, name = self._widget.place
        found = edits.find(storage.recall(edits.KEY), page, name + which)
        return None if found is None else found[3]

    def before(self, kept: Any) -> Any:
        """Return `kept`, this browser's edits, ready to take what is shown: what that would overwrite is put aside."""
        page, name = self._widget.place
        if self._from_link and edits.find(kept, page, name) is not None:
            kept = edits.swap(kept, page, name)
            self._widget.say("Your edit of before is kept as well")
        self._from_link = False
        return kept

    def recover(self) -> None:
        """Offer the edit that was put aside at an earlier visit."""
        self._show(
            "You have two edits of this sample; the other was put aside for one that you made of a link\u2019s.", []
        )

    def _show(self, sentence: str, found: list[tuple[str, str]]) -> None:
        if self._panel:
            self._panel.remove()
        self._panel = dom.build(_view(sentence, found))
        self._buttons = list(self._panel.querySelectorAll("button"))
        acts = (self._take_link, self._take_own, self._take_earlier)
        for button, act in zip(self._buttons, acts):
            self._widget.listen(button, "click", act)
        dom.part(self._widget.tag, "bar").after(self._panel)
        self.update()

    def _take(self, text: str | None, linked: bool) -> None:
        """Show `text` in the place of what is shown, which is kept before."""
        widget = self._widget
        if text is None:
            return
        widget.versions.keep()
        widget.stop()
        self._from_link = linked
        if linked:
            widget.sample.linked(text)
        else:
            widget.sample.recalled(text)
        widget.source.replace(text)
        widget.show()

    def _take_link(self, _event: Any) -> None:
        self._take(self._text, True)

    def _take_own(self, _event: Any) -> None:
        self._take(self._kept(""), False)

    def _take_earlier(self, _event: Any) -> None:
        text = self._kept(edits.ASIDE)
        self._widget.versions.keep()
        storage.remember(edits.KEY, edits.swap(storage.recall(edits.KEY), *self._widget.place))
        self._take(text, False)

    async def open(self) -> bool:
        """Show the edit that the page's address brings; where that cannot be, say why and return False."""
        widget = self._widget
        given = window.URLSearchParams.new(str(window.location.hash)[1:])
        name = str(given.get("edit"))
        if name != str(widget.tag.id):
            return self._refuse("The link is to an edit of a sample that this page does not have.")
        of, code = str(given.get("of")), str(given.get("code"))
        if "readonly" in widget.author:
            return self._refuse("The link brings an edit of a sample that is only to be read.")
        if len(code) > LONGEST:
            return self._refuse("The edit that the link brings is too long.")
        unpacked = await guard.unpack(code, edits.LARGEST)
        text = str(unpacked.value) if unpacked.ok else ""
        if not unpacked.ok or str(given.get("sum")) != _sum(name, of, text):
            return self._refuse(
                "The link is damaged, perhaps cut off on its way: the edit that it brings cannot be read."
            )
        if widget.released:
            return False
        said = "This code comes from a link, not from the author. It runs when you run it."
        if of != edits.fingerprint(widget.sample.original):
            said += " It was made of another version of this sample."
        self._text = text
        self._take(text, True)
        self._show(said, changes.changes(widget.sample.original, text))
        widget.tag.scrollIntoView()
        await widget.open_editor(False)
        return True

    def _refuse(self, why: str) -> bool:
        shown = "Your own edit" if self._widget.sample.edited else "The author\u2019s code"
        self._widget.say(why + " " + shown + " is shown.")
        self._widget.tag.scrollIntoView()
        return False

    async def copy(self) -> None:
        """Copy a link to what is shown, or show it where the browser does not let a page copy."""
        widget = self._widget
        text, name, of = widget.sample.source, str(widget.tag.id), edits.fingerprint(widget.sample.original)
        packed = await guard.pack(text[: edits.LARGEST + 1])
        if not packed.ok:
            widget.say("This browser cannot make the link: " + str(packed.error))
            return
        code = str(packed.value)
        if len(text) > edits.LARGEST or len(code) > LONGEST:
            widget.say("This edit is too long for a link; Copy takes it as text")
            return
        given = window.URLSearchParams.new()
        for key, value in (("edit", name), ("of", of), ("sum", _sum(name, of, text)), ("code", code)):
            given.append(key, value)
        address = str(window.location.href).split("#")[0] + "#" + str(given.toString())
        copied = await guard.copy(address)
        if copied.ok:
            widget.say("Link to your edit copied")
            return
        widget.say("The browser did not let this page copy; the link stands below")
        shown = dom.part(widget.tag, "address")
        if shown:
            shown.remove()
        link = h("a", {"href": address}, "Link to your edit")
        dom.part(widget.tag, "bar").after(dom.build(h("p", {"data-part": "address"}, link)))
