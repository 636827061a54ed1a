"""`<view-count>` in the page: counts the visit once per reader and page, and shows how many there were."""

from typing import Any

from readerly.page import counts, locale, service
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
        if path == here:
            counts.visit(path)
        self.on_release(counts.watch(path, self.guarded(self._learnt)))

    def _learnt(self, facts: Any, refused: Any) -> None:
        if facts is not None and "views" in facts:
            views, stale = int(facts["views"]), refused is not None
            self.spoken(lambda: self._show(views, stale))

    def _show(self, views: int, stale: bool) -> None:
        text = locale.views(views, self.language)
        self.tag.textContent = locale.last_known(text, self.language) if stale else text
