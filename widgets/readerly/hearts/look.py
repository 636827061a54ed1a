"""What an author may make of a heart: another name and another sign. It is fetched where a tag asks for it.

>>> wrong("Applaud", "\u2605"), wrong(None, "star")[:12]
('', 'icon="star":')
"""

from readerly.hearts import view
from readerly.page.markup import Element

NAME = 40
"""Characters a name may have: it stands on a button."""

SIGN = 8
"""Characters a sign may have: several that join into one, as emoji do."""


def wrong(label: str | None, icon: str | None) -> str:
    """Return what is wrong with the attributes `label` and `icon`, as a sentence; nothing where they can be used."""
    if label is not None and not 0 < len(label.strip()) <= NAME:
        return 'label="' + label + '": the name of the button has from 1 to ' + str(NAME) + " characters."
    if icon is not None:
        sign = icon.strip()
        word = len(sign) > 1 and any(char < "\u0080" for char in sign)
        if not 0 < len(sign) <= SIGN or word:
            return (
                'icon="' + icon + '": it is one character or emoji, as in icon="\u2605"; without it there is a heart.'
            )
    return ""


def face(label: str | None, icon: str | None) -> list[Element]:
    """Return what stands in a button with that name and that sign."""
    return view.face(label.strip() if label else view.NAME, icon.strip() if icon else "")
