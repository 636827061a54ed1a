"""`<reading-pace>` in the page: what this browser remembers of its reader's pace, and the button that forgets it."""

import math
from typing import Any

from readerly.page import dom, locale
from readerly.page.markup import h
from readerly.page.widget import Widget
from readerly.read_time import diary, memory
from readerly.read_time.rates import words_per_minute


class ReadingPace(Widget):
    """The reader's own pace. Only pages that have this tag remember anything of how somebody reads."""

    def start(self) -> None:
        """Show what is known, and again whenever that changes."""
        self.on_release(diary.watch(self.guarded(self.show)))
        self.spoken(self.show)

    def show(self) -> None:
        """Show the pace, and a button where there is one to forget."""
        known, language = diary.pace(), self.language
        if diary.refused():
            said = locale.text("pace-off", None, language)
        elif known == memory.NOTHING:
            said = locale.text("pace-unknown", None, language)
        else:
            pace = words_per_minute(language) / math.exp(memory.expected(known)[0])
            said = locale.pace_known(int(pace / 5 + 0.5) * 5, language)
        dom.fill(self.tag, [said])
        if not diary.empty():
            button = h("button", {"type": "button", "data-part": "forget"}, locale.text("forget", None, language))
            self.tag.append(" ", dom.build(button))
            self.listen(dom.part(self.tag, "forget"), "click", self._forget)

    def _forget(self, _event: Any) -> None:
        diary.forget()
        note = h("span", {"role": "status", "tabindex": "-1"}, locale.text("forgotten", None, self.language))
        dom.fill(self.tag, [note])
        self.tag.firstElementChild.focus()
