"""`<read-time>` in the page: "7 min read", then "4 min left" as the reader goes on, then "Finished"."""

from typing import Any

from readerly.page import locale
from readerly.page.browser import document, window
from readerly.page.widget import Widget
from readerly.read_time.follow import follower

TICK = 5_000
"""Milliseconds after which the time left is looked at anew while nothing moves."""


class ReadTime(Widget):
    """How long an article takes, and while it is read, how much is left.

    Attributes: `for` (the id of the article's element; else the nearest `<article>`, `<main>`, or the page), `sticky`
    (shown in a corner of the window while reading, and not before).
    """

    def start(self) -> None:
        """Count the article, then follow its reader."""
        article = self._article()
        language = str((article.closest("[lang]") or document.documentElement).lang or "en")
        self._follower, new = follower(article, language)
        self._due = False
        self.listen(window, "scroll", self._look_soon, passive=True)
        self.listen(window, "resize", self._look_soon, passive=True)
        self.listen(document, "visibilitychange", self._look_soon)
        self._follower.when_counted(self.guarded(self._tick))
        if new:
            self.spawn(self._follower.begin())

    def _article(self) -> Any:
        named = self.attribute("for")
        if named is not None:
            found = document.getElementById(named)
            if not found:
                raise ValueError('<read-time for="' + named + '">: no element of this page has that id')
            return found
        return self.tag.closest("article, main") or document.querySelector("article, main") or document.body

    def _tick(self) -> None:
        self.show()
        self.later(TICK, self._tick)

    def _look_soon(self, _event: Any) -> None:
        """Look once per frame, however often the browser tells."""
        if not self._due:
            self._due = True
            window.requestAnimationFrame(self.guarded(self._look))

    def _look(self, _time: float) -> None:
        self._due = False
        self._follower.look()
        self.show()

    def show(self) -> None:
        """Show how long it takes, or how much is left."""
        count, reading, now = self._follower.count, self._follower.reading, self._follower.now()
        if count is None or reading is None:
            return
        if reading.finished(now):
            phase, text = "finished", locale.finished(self._follower.language)
        elif self._follower.moved:
            phase, text = "reading", locale.minutes_left(reading.minutes_left(now), self._follower.language)
        else:
            phase, text = "before", locale.minutes_read(count.minutes(), self._follower.language)
        self.tag.setAttribute("data-phase", phase)
        if str(self.tag.textContent) != text:
            self.tag.textContent = text
