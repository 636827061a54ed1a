r"""What a terminal would show of text with control sequences: colours (SGR, ECMA-48), `\r` and `\b`. Pure.

Text comes in pieces, which may end inside a sequence. A sequence that is not known here is dropped, never shown.

    >>> Terminal().feed("\x1b[1;31mno\x1b[0m\n")
    (0, [(('1', '', 'bold'), 'no'), (('', '', ''), '\n')])
    >>> plain("50 %\r100 %\n")
    '100 %\n'
"""

from typing import Any

from readerly.code_sample import colours
from readerly.page.markup import h

NONE = ("", "", "")
"""No style. One is the colour of the text and that behind it ("", "0" to "15", or "#rrggbb"), and words of `FLAGS`."""

FLAGS = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "inverse", 9: "strike", 21: "underline"}
"""What switches on what. Text that blinks or hides itself is shown as other text is."""

OFF = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("inverse",), 29: ("strike",)}

STRINGS = "]P^_X"
"""What begins a sequence that goes on until its own end, such as a window's title or a link."""

CONTROLS = "\x1b\r\b\x07\x00\x7f\x9b"
"""Characters that do something, or nothing, but never show."""

LONGEST = 100
"""Characters of a sequence; of a longer one the beginning is forgotten."""

BLOCKS = "\u2580\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588\u2589\u258a\u258b\u258c\u258d\u258e\u258f\u2590 \n"
"""Characters that are colour and no text: they draw pictures, whose colours stay as they are."""


class Terminal:
    """One stream: the style that is on, and the line it is in."""

    def __init__(self) -> None:
        """Begin at the start of a line, in no colour."""
        self._style = NONE
        self._pending = ""
        self._line = ""
        self._styles: list[tuple[str, str, str]] = []  # of each character: a terminal writes over single ones
        self._column = 0

    def begin(self) -> None:
        """Go on at the start of another line, in the same style."""
        self._line, self._styles, self._column = "", [], 0

    def feed(self, text: str) -> tuple[int, list[tuple[tuple[str, str, str], str]]]:
        """Take in `text`; return how much of the end of what was returned before goes, and what is to follow.

        The first is in units of UTF-16, as JavaScript counts; the second are styles with their texts.
        """
        text = self._pending + text
        self._pending = ""
        if self._column == len(self._line) and not [char for char in CONTROLS if char in text]:
            if text:
                self._keep(text)
            return 0, [(self._style, text)] if text else []
        shown, before = self._line, len(self._line)
        redrawn, gone = False, False
        done: list[tuple[tuple[str, str, str], str]] = []
        at, places = 0, [(char, text.find(char)) for char in CONTROLS + "\n" if char in text]
        while at < len(text):
            places = [(char, text.find(char, at) if -1 < place < at else place) for char, place in places]
            stop = min([place for _, place in places if place >= 0] + [len(text)])
            if stop > at:
                redrawn = redrawn or self._column < before
                self._write(text[at:stop])
                at = stop
                continue
            char = text[at]
            if char in "\x1b\x9b":
                end = self._sequence_end(text, at)
                if end < 0:
                    break
                if self._obey(text[at:end]):
                    redrawn = redrawn or len(self._line) < before
                at = end
                continue
            if char == "\n":
                done += self._runs(0 if redrawn else before)
                done.append((self._style, "\n"))
                gone, redrawn, before = gone or redrawn, False, 0
                self.begin()
            elif char == "\r":
                self._column = 0
            elif char == "\b":
                self._column = max(0, self._column - 1)
            at += 1
        done += self._runs(0 if redrawn else before)
        return units(shown) if gone or redrawn else 0, _joined(done)

    def _keep(self, text: str) -> None:
        """Remember what is on the line that `text` leaves unfinished."""
        last = text.rfind("\n")
        if last >= 0:
            self.begin()
            text = text[last + 1 :]
        self._write(text)

    def _write(self, text: str) -> None:
        """Put `text` where the cursor is, over what is there."""
        missing = self._column - len(self._line)
        if not missing:
            self._line += text
            self._styles += [self._style] * len(text)
            self._column += len(text)
            return
        if missing > 0:
            self._line += " " * missing
            self._styles += [NONE] * missing
        end = self._column + len(text)
        self._line = self._line[: self._column] + text + self._line[end:]
        self._styles[self._column : end] = [self._style] * len(text)
        self._column = end

    def _runs(self, start: int) -> list[tuple[tuple[str, str, str], str]]:
        """Return what stands on the line, from the column `start` on."""
        found: list[tuple[tuple[str, str, str], str]] = []
        styles = self._styles
        while start < len(styles):
            end = start + 1
            while end < len(styles) and styles[end] == styles[start]:
                end += 1
            found.append((styles[start], self._line[start:end]))
            start = end
        return found

    def _sequence_end(self, text: str, at: int) -> int:
        """Return where the sequence at `at` ends; -1 where its end is to come, which is then waited for."""
        begin = at + 1 if text[at] == "\x9b" else at + 2
        kind = "[" if text[at] == "\x9b" else text[at + 1 : at + 2]
        if kind and kind in STRINGS:
            ends = [text.find(end, begin) for end in ("\x07", "\x1b\\")]
            ends = [place + (1 if text[place] == "\x07" else 2) for place in ends if place >= 0]
            if ends:
                return min(ends)
            self._pending = "\x1b" + kind + ("\x1b" if text[-1] == "\x1b" and len(text) > begin else "")
            return -1
        end = begin if kind == "[" else at + 1
        while end < len(text) and " " <= text[end] <= ("?" if kind == "[" else "/"):
            end += 1
        if end == len(text):
            waiting = text[at:]
            self._pending = waiting if len(waiting) <= LONGEST else waiting[: begin - at]
            return -1
        return end + 1 if text[end] >= " " else end

    def _obey(self, sequence: str) -> bool:
        """Do what `sequence` says; return whether it may have changed what is on the line."""
        inside = sequence[1:] if sequence[0] == "\x9b" else sequence[2:]
        if sequence[0] == "\x1b" and sequence[1:2] != "[":
            return False
        said, final = inside[:-1], inside[-1:]
        if final == "m":
            self._style = styled(self._style, said)
        elif final == "K":  # erases a line, or what of it is behind the cursor
            if said == "2":
                self._line, self._styles = "", []
            elif said in ("", "0") and self._column < len(self._line):
                self._line, self._styles = self._line[: self._column], self._styles[: self._column]
            return True
        elif final in ("G", "C", "D"):
            count = int(said) if said.isdigit() else 1
            to = count - 1 if final == "G" else self._column + (count if final == "C" else -count)
            self._column = max(0, min(to, 1000))
        return False


def styled(style: tuple[str, str, str], said: str) -> tuple[str, str, str]:
    """Return `style` after a sequence with the parameters `said`, such as "1;38;5;208"."""
    fore, back, words = style[0], style[1], style[2].split()
    given = [[_number(part) for part in each.split(":")] for each in said.split(";")]
    while given:
        first = given.pop(0)
        code = first[0]
        if code == 0:
            fore, back, words = "", "", []
        elif code in FLAGS and (len(first) < 2 or first[1]):
            words = [word for word in words if word != FLAGS[code]] + [FLAGS[code]]
        elif code == 4:
            words = [word for word in words if word != "underline"]
        elif code in OFF:
            words = [word for word in words if word not in OFF[code]]
        elif code in (38, 48):
            colour = _colour(first[1:]) if len(first) > 1 else _taken(given)
            if colour is not None and code == 38:
                fore = colour
            elif colour is not None:
                back = colour
        elif code in (39, 49):
            fore, back = ("", back) if code == 39 else (fore, "")
        elif 30 <= code <= 37 or 90 <= code <= 97:
            fore = str(code - 30 if code < 90 else code - 82)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            back = str(code - 40 if code < 100 else code - 92)
    return fore, back, " ".join(sorted(words))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0 if not text else -1


def _taken(given: list[list[int]]) -> str | None:
    """Return the colour that follows 38 or 48 as parameters of its own, which are taken from `given`."""
    kind = given.pop(0)[0] if given else 0
    wanted = [given.pop(0)[0] for _ in range(min(len(given), {5: 1, 2: 3}.get(kind, 0)))]
    return _colour([kind] + wanted)


def _colour(said: list[int]) -> str | None:
    if said[0] == 5 and len(said) == 2 and 0 <= said[1] < 256:
        return colours.indexed(said[1])
    if said[0] == 2 and len(said) >= 4:
        return colours.mixed(said[-3:] if len(said) < 6 else said[2:5])
    return None


def attributes(style: tuple[str, str, str], text: str) -> dict[str, Any]:
    """Return what the element that shows `text` in `style` has.

    `data-ansi` are words for the style sheet: flags, "fg-1", "bg-4". Colours that are none of the sixteen stand in
    `data-fg` and `data-bg` too, as the one colour, or as the one for light paper and the one for dark.
    """
    fore, back, words = style[0], style[1], style[2].split()
    if "inverse" in words and (fore or back):
        fore, back = back, fore
        words.remove("inverse")
    found: dict[str, Any] = {}
    drawn = all(char in BLOCKS for char in text)
    if back:
        words.append("bg-" + (colours.nearest(back) if back[0] == "#" else back))
        if back[0] == "#":
            found["data-bg"] = back
            found["data-fg"] = fore if drawn and fore[:1] == "#" else colours.over(back, fore)
        elif drawn and fore:
            words.append("fg-" + (colours.nearest(fore) if fore[0] == "#" else fore))
    elif fore:
        words.append("fg-" + (colours.nearest(fore) if fore[0] == "#" else fore))
        if fore[0] == "#":
            found["data-fg"] = fore if drawn else " ".join(colours.readable(fore))
    found["data-ansi"] = " ".join(words)
    return found


def node(style: tuple[str, str, str], text: str) -> Any:
    """Return what shows `text` in `style`: an element, or the text itself."""
    return h("span", attributes(style, text), text) if style != NONE else text


def nodes(text: str) -> list[Any]:
    """Return what shows all of an output's `text`."""
    return [node(style, each) for style, each in Terminal().feed(text)[1]]


def plain(text: str) -> str:
    """Return `text` as a terminal shows it, without its colours."""
    return "".join([each for _, each in Terminal().feed(text)[1]])


def settled(text: str) -> str:
    """Return the shortest text that a terminal shows as it does `text`, with its colours: what is worth keeping."""
    return "".join(
        [_on(style) + each + ("\x1b[0m" if style != NONE else "") for style, each in Terminal().feed(text)[1]]
    )


def _on(style: tuple[str, str, str]) -> str:
    codes = [str(code) for code in (1, 2, 3, 4, 7, 9) if FLAGS[code] in style[2].split()]
    for base, bright, colour in ((30, 82, style[0]), (40, 92, style[1])):
        if colour[:1] == "#":
            codes += [str(base + 8), "2"] + [str(part) for part in colours.parts(colour)]
        elif colour:
            codes.append(str((base if int(colour) < 8 else bright) + int(colour)))
    return "\x1b[" + ";".join(codes) + "m" if codes else ""


def units(text: str) -> int:
    """Return the length of `text` as JavaScript counts it."""
    size = len(text)
    return size if len(text.encode()) == size else size + len([char for char in text if ord(char) > 0xFFFF])


def _joined(runs: list[tuple[tuple[str, str, str], str]]) -> list[tuple[tuple[str, str, str], str]]:
    found: list[tuple[tuple[str, str, str], str]] = []
    gathered: list[str] = []
    for style, text in runs:
        if found and found[-1][0] == style:
            gathered.append(text)
        elif text:
            if len(gathered) > 1:
                found[-1] = (found[-1][0], "".join(gathered))
            found.append((style, text))
            gathered = [text]
    if len(gathered) > 1:
        found[-1] = (found[-1][0], "".join(gathered))
    return found
