"""A reader's heart on one page: what they see at once, and what the service has confirmed.

    >>> heart = Heart(2, on=False)
    >>> heart.press()
    True
    >>> heart.on, heart.count
    (True, 3)
    >>> heart.refused()
    >>> heart.on, heart.count
    (False, 2)

A heart is a state that is set, not a click that is counted: pressing wishes for a state, and a wish may be sent again
and again without harm.
"""


class Heart:
    """The heart as the reader sees it: their last wish, upon what the service last confirmed."""

    def __init__(self, count: int, on: bool) -> None:
        """Begin with `count` hearts by all readers; `on` tells whether this reader's is among them."""
        self._count = count
        self._on = on
        self.wish: bool | None = None
        """The state this reader wants and the service has not confirmed; None when there is nothing to send."""

    @property
    def on(self) -> bool:
        """Whether this reader's heart is set, as they are to see it."""
        return self._on if self.wish is None else self.wish

    @property
    def count(self) -> int:
        """The hearts of all readers, as this one is to see them; never negative."""
        if self.wish is None or self.wish == self._on:
            return max(0, self._count)
        return max(0, self._count + (1 if self.wish else -1))

    def press(self) -> bool:
        """Turn the heart over and return the state to ask the service for.

        A press while a request is under way replaces the wish, even where that brings back the confirmed state: the
        service may set the earlier wish any moment, and the last one has to win.
        """
        self.wish = not self.on
        return self.wish

    def confirmed(self, count: int, on: bool) -> None:
        """Take the service's answer. A wish that it does not fulfil, because it is newer, still stands."""
        self._count = count
        self._on = on
        if self.wish == on:
            self.wish = None

    def refused(self) -> None:
        """Go back to what was last confirmed: the service did not do what was asked."""
        self.wish = None
