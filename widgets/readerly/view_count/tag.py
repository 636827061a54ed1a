"""`<view-count>` in the page: counts the visit once per reader and page, and shows how many there were."""

from typing import Any

from readerly.page import counted, counts, live, service
from readerly.page.browser import document
from readerly.page.widget import Widget


class ViewCount(Widget):
    """How many readers have opened the page.

    Attributes: `page` (the page's key; else its canonical path). Only a tag that speaks of the page it stands on counts
    a visit: the cards of an index show counts and add nothing.
    """

    def start(self) -> None:
        """Count the visit, once however many of these tags there are, and ask for the count."""
        here = service.page_key()
        path = self.attribute("page") or here
        self._here = path if path == here else ""
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
        if facts is not None and "views" in facts:
            views, stale = int(facts["views"]), refused is not None
            self.spoken(lambda: counted.show(self.tag, "views", views, self.language, stale))
