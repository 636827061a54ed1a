"""`<hearts-button>` and `<hearts-count>` in the page."""

from typing import Any

from readerly.hearts import delivery, view
from readerly.hearts.heart import Heart
from readerly.page import counted, counts, dom, later, live, locale
from readerly.page.widget import Misused, Widget

NO_SERVICE = "Hearts are not kept here: no Readerly service is configured for this site."

SLOW = 3_000
"""Milliseconds after which a heart that is on its way is shown as waiting."""


class Hearts(Widget):
    """A tag that shows the hearts of one page: what the service told, with this reader's own wish upon it."""

    noun = "hearts"
    """The key of the count's text; nothing, where it is not hearts that the author's button gives."""

    def start(self) -> None:
        """Ask what is known of the page, and send what an earlier visit could not."""
        self.path = counted.page(self.attribute("page"))
        self.facts: dict[str, Any] = {}
        """What is known: "hearts", "hearted", "at"; nothing as long as nothing is."""
        self.stale = False
        """Whether that is from an earlier visit, because the service does not answer."""
        self.on_release(delivery.watch(self.path, self.guarded(self.wished)))
        self.on_release(counts.watch(self.path, self.guarded(self.learnt)))
        counts.afterwards(live.begin)
        delivery.deliver()

    @property
    def heart(self) -> Heart:
        """The heart as this reader is to see it."""
        on = bool(self.facts.get("hearted"))
        return Heart(int(self.facts.get("hearts", 0)), on, delivery.outbox.wish(self.path))

    def learnt(self, facts: Any, refused: Any) -> None:
        """Take what the service knows of the page, or why it does not tell."""
        if facts is not None and "hearts" in facts:
            self.facts = facts
            self.stale = refused is not None
        self.show()

    def wished(self, _trouble: Any) -> None:
        """Something has happened to this reader's wish, here or in another tab."""
        self.show()

    def show(self) -> None:
        """Show what is known."""
        self.spoken(self.shown)

    def shown(self) -> None:
        """Show it in the tag's language, whose texts are here."""

    def count_in(self, node: Any) -> None:
        """Show the count in `node`, in words."""
        count = self.heart.count if self.facts else None
        counted.show(node, self.noun, count, self.language, self.stale and bool(self.facts))


class HeartsButton(Hearts):
    """One heart per reader and page, set and unset.

    Attributes: `page` (the page's key; else its canonical path), `label` (the button's name in place of "Heart"),
    `icon` (a character in place of the heart). Without JavaScript it is a form.
    """

    def start(self) -> None:
        """Take over, or make, the button, and ask what is known of the page."""
        if not dom.part(self.tag, "heart"):
            dom.fill(self.tag, view.button("", locale.hearts(None, self.language)))
        self._absent = False
        self._slow = False
        self._message = ""
        self._button = dom.part(self.tag, "heart")
        self._button.setAttribute("aria-pressed", "false")
        self.listen(self.tag.querySelector("form"), "submit", self._submitted)
        if self.attribute("label") is not None or self.attribute("icon") is not None:
            self.noun = ""
            self.spawn(self._dress())
        super().start()

    async def _dress(self) -> None:
        """Give the button the name and the sign its author wants."""
        try:
            look = await later.module("readerly.hearts.look")
        except OSError:
            return  # a heart is one by any other name
        label, icon = self.attribute("label"), self.attribute("icon")
        wrong = look.wrong(label, icon)
        if wrong:
            raise Misused(wrong)
        dom.fill(self._button, look.face(label, icon))

    def _submitted(self, event: Any) -> None:
        event.preventDefault()
        if self._absent:
            self._say(NO_SERVICE)
            return
        self._message = ""
        self._slow = False
        self.later(SLOW, self._late)
        delivery.wish(self.path, not self.heart.on)
        self.tag.toggleAttribute("data-given", self.heart.on)

    def _late(self) -> None:
        self._slow = True
        self.show()

    def learnt(self, facts: Any, refused: Any) -> None:
        """Take what the service knows of the page, or why it does not tell."""
        self._absent = facts is None and refused.absent
        if self._absent:
            self._message = NO_SERVICE
        super().learnt(facts, refused)

    def wished(self, trouble: Any) -> None:
        """Show the wish; where it was refused for good, say why."""
        self._message = ""
        if trouble is not None and delivery.outbox.wish(self.path) is None:
            self._absent = trouble.absent
            self._message = (
                NO_SERVICE if trouble.absent else "Your heart was not kept. " + str(trouble) + " Please try again."
            )
        super().wished(trouble)

    def shown(self) -> None:
        """Show state, count, and whether the heart is still to be sent."""
        heart = self.heart
        self._button.setAttribute("aria-pressed", "true" if heart.on else "false")
        self._button.setAttribute("aria-disabled", "true" if self._absent else "false")
        self.count_in(dom.part(self.tag, "count"))
        wished = delivery.outbox.wish(self.path) is not None
        waiting = wished and (self._slow or delivery.trouble(self.path) is not None)
        self.tag.toggleAttribute("waiting", waiting)
        if waiting:
            self._say(locale.text("waiting" if delivery.lasts(self.path) else "waiting-visit", None, self.language))
        else:
            self._say(self._message)

    def _say(self, text: str) -> None:
        message = dom.part(self.tag, "message")
        if str(message.textContent) != text:  # said again, it would be read again
            message.textContent = text


class HeartsCount(Hearts):
    """How many hearts the page has, as text for the meta line. Attributes: `page`, as for the button."""

    def shown(self) -> None:
        """Show the count, once it is known."""
        if self.facts:
            self.count_in(self.tag)
