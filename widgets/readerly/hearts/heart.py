"""A reader's heart on one page as they are to see it: their last wish, upon what the service last confirmed.

    >>> heart = Heart(2, on=False, wish=True)
    >>> heart.on, heart.count
    (True, 3)

A heart is a state that is set, not a click that is counted: pressing wishes for a state, and a wish may be sent again
and again without harm.
"""


class Heart:
    """The heart of one reader on one page."""

    def __init__(self, count: int, on: bool, wish: bool | None = None) -> None:
        """Take the `count` of all readers' hearts and whether this reader's is `on` among them, as confirmed.

        `wish` is the state this reader wants and the service has not confirmed; None where nothing is to be sent.
        """
        self.on = on if wish is None else wish
        """Whether this reader's heart is set, as they are to see it."""
        self.count = max(0, count + int(self.on) - int(on))
        """The hearts of all readers, as this one is to see them; never negative."""
