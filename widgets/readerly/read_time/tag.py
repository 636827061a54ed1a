"""`<read-time>` in the page: "7 min read", then "4 min left" as the reader goes on, then "Finished"."""

from typing import Any

from readerly.page import counts, languages, later, locale, service
from readerly.page.browser import document, window
from readerly.page.widget import Widget
from readerly.read_time import diary
from readerly.read_time.follow import SCROLLED, follower
from readerly.read_time.pace import middle_half

TICK = 5_000
"""Milliseconds after which the time left is looked at anew while nothing moves."""

SETTLED = 200
"""Milliseconds after a change of the article's size until its reader is looked at anew.

What changes it, the output of a sample say, has had the processor for itself then.
"""


class ReadTime(Widget):
    """How long an article takes, and while it is read, how much is left.

    Attributes: `for` (the id of the article's element; else the nearest `<article>`, `<main>`, or the page), `sticky`
    (shown in a corner of the window while reading, and not before), `progress` (a bar on the window's upper edge),
    `minutes` (the author's own number), `range`, `words` and `label` (what is shown before reading), `page` (another
    page's key: nothing is followed, the tag shows that page's `minutes`).
    """

    def start(self) -> None:
        """Count the article, then follow its reader."""
        self._own = self._number("minutes")
        self._bar: Any = None
        self._said = ""
        path = self.attribute("page")
        if path is not None and path != service.page_key():
            self.spoken(self._elsewhere)
            return
        article = self._article()
        self._follower, new = follower(article, languages.nearest(article), self._own)
        back = (window, "pageshow"), (window, "focus"), (document, "visibilitychange")
        self.listen_calmly(self._look, 0, (window, "resize"), *back)
        self.listen_calmly(self._look, SCROLLED, (document, "scroll"))
        for target, kind in ((document, "visibilitychange"), (window, "pagehide"), (window, "blur")):
            self.listen(target, kind, self._gone)
        observer = window.ResizeObserver.new(self.calm(self._look, SETTLED))
        observer.observe(article)
        self.on_release(observer.disconnect)
        self._follower.when_counted(self.guarded(self._counted))
        if new:
            self.work(self._follower.begin(), patient=True)

    def _number(self, name: str) -> float | None:
        given = self.attribute(name)
        if given is None:
            return None
        try:
            value = float(given)
        except ValueError:
            value = 0.0
        if not 0 < value < 10_000:
            raise ValueError("<read-time " + name + '="' + given + '">: is no number of minutes')
        return value

    def _article(self) -> Any:
        named = self.attribute("for")
        if named is not None:
            found = document.getElementById(named)
            if not found:
                raise ValueError('<read-time for="' + named + '">: no element of this page has that id')
            return found
        return self.tag.closest("article, main") or document.querySelector("article, main") or document.body

    def _elsewhere(self) -> None:
        """Show how long another page takes, or how much of it is left where this reader has begun it."""
        if self._own is None:
            return
        part = diary.place(str(self.attribute("page")))
        if part is None:
            self._put(self._before(int(self._own + 0.5) or 1, None, self.language))
        else:
            self._put(locale.minutes_left(int(self._own * (1 - part) + 0.5), self.language))

    def _counted(self) -> None:
        self.spoken(self.show)
        self.later(TICK, self._tick)
        if self._follower.stopped is not None and not self.tag.hasAttribute("sticky"):
            self.spawn(self._offer(self._follower.stopped))

    async def _offer(self, part: float) -> None:
        """Offer a reader who returns to go on where they stopped."""
        self._follower.stopped = None
        if str(window.location.hash) or float(window.scrollY) > float(window.innerHeight) / 2:
            return
        try:
            module = await later.module("readerly.read_time.offer")
        except OSError:
            return  # nobody misses an offer
        await languages.learn(self.language)
        if not self.released:
            module.Offer(self, self._follower, part)

    def _tick(self) -> None:
        self.show()
        self.later(TICK, self._tick)

    def _look(self, time: float) -> None:
        self._follower.look(float(time))
        self.show()

    def _gone(self, event: Any) -> None:
        """Stop the clock when nobody looks; a frame of the page that takes the focus is still the page."""
        looks = document.hasFocus() if event.type == "blur" else event.type != "pagehide" and not document.hidden
        if not looks:
            self._follower.away()

    def _before(self, minutes: int, words: int | None, language: str) -> str:
        """Return what stands there before reading, as the author asked for it."""
        label = self.attribute("label")
        if label is not None:
            label = label.replace("{minutes}", locale.number(minutes, language))
            return label if words is None else label.replace("{words}", locale.number(words, language))
        if words is not None and self.tag.hasAttribute("words"):
            return locale.words(words, language)
        if self.tag.hasAttribute("range"):
            low, high = middle_half(minutes)
            return locale.minutes_read(low, language, high)
        return locale.minutes_read(minutes, language)

    def show(self) -> None:
        """Show how long it takes, or how much is left."""
        language = self.language
        if not languages.at_hand(language):
            return
        count, reading, now = self._follower.count, self._follower.reading, self._follower.now()
        if count is None or reading is None:
            return
        if reading.finished(now):
            phase, text = "finished", locale.finished(language)
        elif self._follower.moved:
            phase, text = "reading", locale.minutes_left(reading.minutes_left(now), language)
        else:
            phase, text = "before", self._before(self._follower.minutes, count.words + count.characters, language)
        self.tag.setAttribute("data-phase", phase)
        self._put(text)
        if phase == "finished" and not document.hidden:
            counts.finish(service.page_key())
        if phase == "finished" or (phase == "reading" and not reading.minutes_left(now)):
            self._follower.tell(phase, text)
        if self.tag.hasAttribute("progress"):
            self._fill(self._follower.progress)

    def _put(self, text: str) -> None:
        if self._said != text or self._said not in str(self.tag.textContent):
            self._said = text
            self.tag.textContent = text
            if self._bar is not None:
                self.tag.append(self._bar)

    def _fill(self, part: float) -> None:
        """Draw the bar of the way that is done; what it tells assistive technology changes in tenths."""
        if self._bar is None:
            self._bar = document.createElement("span")
            for key, value in (("data-part", "progress"), ("role", "progressbar"), ("aria-valuemax", "100")):
                self._bar.setAttribute(key, value)
            self._bar.setAttribute("aria-label", locale.text("progress", None, self.language))
            self.tag.append(self._bar)
        self._bar.setAttribute("aria-valuenow", str(int(part * 10) * 10))
        self._bar.style.setProperty("--_done", "{:.4f}".format(part))
