"""`<hearts-button>` and `<hearts-count>` in the page."""

from typing import Any

from readerly.hearts import view
from readerly.hearts.heart import Heart
from readerly.page import counts, dom, locale, service
from readerly.page.widget import Widget

NO_SERVICE = "Hearts are not kept here: no Readerly service is configured for this site."


class HeartsButton(Widget):
    """One heart per reader and page, set and unset.

    Attributes: `page` (the page's key; else its canonical path). Without JavaScript it is a form.
    """

    def start(self) -> None:
        """Take over, or make, the button, and ask what is known of the page."""
        self.path = self.attribute("page") or service.page_key()
        if not dom.part(self.tag, "heart"):
            dom.fill(self.tag, view.button("", locale.hearts(None, self.language)))
        self.heart = Heart(0, False)
        self._known = False
        self._absent = False
        self._sending = False
        self._button = dom.part(self.tag, "heart")
        self._button.setAttribute("aria-pressed", "false")
        self.listen(self.tag.querySelector("form"), "submit", self._submitted)
        self.on_release(counts.watch(self.path, self.guarded(self._learnt)))

    def _submitted(self, event: Any) -> None:
        event.preventDefault()
        if self._absent:
            self._say(NO_SERVICE)
            return
        self._say("")
        self.heart.press()
        self.show()
        if not self._sending:
            self._sending = True
            self.spawn(self._send())

    async def _send(self) -> None:
        """Tell the service this reader's last wish, until nothing newer was wished meanwhile."""
        try:
            while self.heart.wish is not None:
                wish = self.heart.wish
                answer = await service.set_heart(self.path, wish)
                self.heart.confirmed(int(answer["hearts"]), bool(answer["on"]))
                self._known = True
        except service.Refused as refused:
            self.heart.refused()
            self._absent = refused.absent
            self._say(
                NO_SERVICE if refused.absent else "Your heart was not kept. " + str(refused) + " Please try again."
            )
        finally:
            self._sending = False
        self.show()
        if self._known:
            counts.learn(self.path, {"hearts": self.heart.count, "hearted": self.heart.on})

    def _learnt(self, facts: Any, refused: Any) -> None:
        if self._sending:
            return
        if facts is None:
            self._absent = refused.absent
            if self._absent:
                self._say(NO_SERVICE)
        elif "hearts" in facts:
            self._known = True
            self.heart = Heart(int(facts["hearts"]), bool(facts["hearted"]))
        self.show()

    def show(self) -> None:
        """Show the state and the count."""
        self.spoken(self._show)

    def _show(self) -> None:
        self._button.setAttribute("aria-pressed", "true" if self.heart.on else "false")
        self._button.setAttribute("aria-disabled", "true" if self._absent else "false")
        dom.part(self.tag, "count").textContent = locale.hearts(
            self.heart.count if self._known else None, self.language
        )

    def _say(self, text: str) -> None:
        dom.part(self.tag, "message").textContent = text


class HeartsCount(Widget):
    """How many hearts the page has, as text for the meta line. Attributes: `page`, as for the button."""

    def start(self) -> None:
        """Ask for the count."""
        path = self.attribute("page") or service.page_key()
        self.on_release(counts.watch(path, self.guarded(self._learnt)))

    def _learnt(self, facts: Any, _refused: Any) -> None:
        if facts is not None and "hearts" in facts:
            hearts = int(facts["hearts"])
            self.spoken(lambda: self._show(hearts))

    def _show(self, hearts: int) -> None:
        self.tag.textContent = locale.hearts(hearts, self.language)
