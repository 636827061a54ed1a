"""The colours of a terminal in a page, where they have to be read on light paper and on dark. Pure.

>>> indexed(1), indexed(196), indexed(244)
('1', '#ff0000', '#808080')
>>> nearest("#ff1010")
'9'
>>> readable("#ffff00")[1]
'#ffff00'
"""

ENOUGH = 4.5
"""The least contrast between text and what it stands on (WCAG 2.2, success criterion 1.4.3)."""

LIGHT, DARK = "#f5f5f5", "#242424"
"""The darkest light paper and the lightest dark paper that text is made readable for."""

LEVELS = (0, 95, 135, 175, 215, 255)
"""Of red, green and blue in the cube of 6 by 6 by 6 colours that xterm's 256 have."""

SIXTEEN = (
    "#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 "
    "#7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff"
).split()
"""xterm's own sixteen. A page shows its custom properties for them; these tell which of them another colour is like."""

KEPT = 500
"""Colours that are remembered with what was found out about them; then all are forgotten."""

_THREES = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in SIXTEEN]

_near: dict[str, str] = {}
_found: dict[str, tuple[str, str]] = {}
_linear: dict[int, float] = {}


def indexed(number: int) -> str:
    """Return one of xterm's 256 colours: "0" to "15", whose look is the page's matter, or "#rrggbb"."""
    if number < 16:
        return str(number)
    if number < 232:
        at = number - 16
        return mixed([LEVELS[at // 36], LEVELS[at // 6 % 6], LEVELS[at % 6]])
    return mixed([8 + 10 * (number - 232)] * 3)


def mixed(parts: list[int]) -> str:
    """Return "#rrggbb" for red, green and blue, 0 to 255 each; what is outside of that is brought inside."""
    return "#" + "".join(["{:02x}".format(max(0, min(255, part))) for part in parts])


def parts(colour: str) -> list[int]:
    """Return red, green and blue of "#rrggbb", 0 to 255 each."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def nearest(colour: str) -> str:
    """Return which of the sixteen, "0" to "15", is most like "#rrggbb"."""
    if colour not in _near:
        red, green, blue = parts(colour)
        fars: list[int] = []
        for one, two, three in _THREES:
            fars.append((one - red) * (one - red) + (two - green) * (two - green) + (three - blue) * (three - blue))
        if len(_near) > KEPT:
            _near.clear()
        _near[colour] = str(fars.index(min(fars)))
    return _near[colour]


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2)."""
    return _luminance(parts(colour))


def _luminance(of: list[int]) -> float:
    for part in of:
        if part not in _linear:
            value = part / 255
            _linear[part] = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return 0.2126 * _linear[of[0]] + 0.7152 * _linear[of[1]] + 0.0722 * _linear[of[2]]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    return _ratio(luminance(one), luminance(other))


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def readable(colour: str) -> tuple[str, str]:
    """Return what "#rrggbb" is shown as on light paper, darkened as far as need be, and on dark paper, lightened so."""
    if colour not in _found:
        if len(_found) > KEPT:
            _found.clear()
        _found[colour] = (_moved(colour, 0, LIGHT), _moved(colour, 255, DARK))
    return _found[colour]


def _moved(colour: str, towards: int, paper: str) -> str:
    """Return `colour` mixed with black or white, in twentieths, as little as lets it be read on `paper`."""
    of, below = parts(colour), luminance(paper)

    def reads(step: int) -> bool:
        return _ratio(_luminance(_mix(of, towards, step)), below) >= ENOUGH

    if reads(0):
        return colour
    least, most = 1, 20
    while least < most:
        middle = (least + most) // 2
        if reads(middle):
            most = middle
        else:
            least = middle + 1
    return mixed(_mix(of, towards, least))


def _mix(of: list[int], towards: int, step: int) -> list[int]:
    return [round(part + (towards - part) * step / 20) for part in of]


def over(background: str, wanted: str) -> str:
    """Return the colour of text on `background`: the one that is `wanted` where that can be read, or black or white."""
    if wanted[:1] == "#" and contrast(wanted, background) >= ENOUGH:
        return wanted
    return "#000000" if contrast("#000000", background) >= ENOUGH else "#ffffff"
