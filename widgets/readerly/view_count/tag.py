"""`<view-count>` in the page: counts the visit once per reader and page, and shows how many there were."""

from typing import Any

from readerly.page import counted, counts, dom, languages, later, live, service, spoken
from readerly.page.browser import document
from readerly.page.widget import Widget
from readerly.view_count import view


class ViewCount(Widget):
    """How many readers have opened the page.

    Attributes: `page` (the page's key; else its canonical path). Only a tag that speaks of the page it stands on counts
    a visit: the cards of an index show counts and add nothing.
    """

    def start(self) -> None:
        """Count the visit, once however many of these tags there are, and ask for the count."""
        here = service.page_key()
        path = counted.page(self.attribute("page"))
        self._here = path if path == here else ""
        self._facts: Any = None
        self._refused: Any = None
        self._tip: Any = None
        self._shown = self.tag
        if self._here:
            self._shown = dom.build(view.explained())
            while self.tag.firstChild:
                self._shown.appendChild(self.tag.firstChild)
            self.tag.appendChild(self._shown)
            for kind in ("pointerenter", "focus", "click"):
                self.listen(self._shown, kind, self._asked)
        self._seen()
        for kind in ("prerenderingchange", "visibilitychange"):
            self.listen(document, kind, self._seen)
        counts.afterwards(live.begin)
        self.on_release(counts.watch(path, self.guarded(self._learnt)))

    def _seen(self, _event: Any = None) -> None:
        """Count the visit when a reader looks at the page: not while a browser only prepares it, or hides it."""
        preparing = bool(getattr(document, "prerendering", False))
        if self._here and not preparing and document.visibilityState == "visible":
            counts.visit(self._here)

    def _learnt(self, facts: Any, refused: Any) -> None:
        self._facts, self._refused = facts, refused
        if facts is not None and "views" in facts:
            self.spoken(self._show)

    def _show(self) -> None:
        counted.show(self._shown, "views", int(self._facts["views"]), self.language, self._refused is not None)

    def _asked(self, event: Any) -> None:
        self.spawn(self._explain(event.type == "click"))

    async def _explain(self, pressed: bool) -> None:
        """Say what is counted and how fresh it is, by a tooltip that is fetched when it is first wanted."""
        try:
            tip = await later.module("readerly.view_count.tip")
        except OSError:
            return  # nobody misses it
        await languages.learn(self.language)
        if not self.released and (pressed or self._shown.matches(":hover, :focus")):
            self._tip = self._tip or tip.Tip(self, self._shown)
            self._tip.show(self._facts or {}, self._refused is not None and self._refused.passing, pressed)
            if pressed:
                spoken.say(self._tip.text)
