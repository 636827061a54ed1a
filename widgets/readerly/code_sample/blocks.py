"""The markup of what a run says: as `view.message` has it, but in pieces, of which there may be many. Pure."""

from typing import Any

from readerly.code_sample import view
from readerly.page.markup import Element, h

STREAMS = ("stdout", "stderr")
"""The kinds whose messages go on where the one before ended."""

LINES = 100
"""Lines of a piece, about. A browser lays out the pieces that are in view, and no others."""

CHARACTERS = 4000
"""Characters after which a piece ends with the line."""


class Pieces:
    """Parts text into pieces that end where a line does."""

    def __init__(self) -> None:
        """Begin with an empty piece."""
        self._lines = 0
        self._characters = 0
        self._inside = False

    def part(self, text: str) -> list[str]:
        r"""Return the pieces of `text`. The first goes on in the piece that was the last before, and may be empty.

        >>> [each.count("\n") for each in Pieces().part("line\n" * 250)]
        [100, 100, 50]
        """
        if self._lines + text.count("\n") < LINES and self._characters + len(text) < CHARACTERS:
            self._lines += text.count("\n")
            self._characters += len(text)
            self._inside = text[-1:] != "\n" if text else self._inside
            return [text]
        pieces: list[str] = []
        piece: list[str] = []
        lines = text.split("\n")
        last = lines.pop()
        for line in [line + "\n" for line in lines] + ([last] if last else []):
            if not self._inside and (self._lines >= LINES or self._characters >= CHARACTERS):
                pieces.append("".join(piece))
                piece, self._lines, self._characters = [], 0, 0
            piece.append(line)
            self._inside = line[-1:] != "\n"
            self._lines += 1
            self._characters += len(line)
        return pieces + ["".join(piece)]

    def part_runs(self, runs: list[tuple[Any, str]]) -> list[list[tuple[Any, str]]]:
        """Return the pieces of text that comes in runs, each a style and a text; see `part`."""
        parts = self.part("".join([text for _, text in runs]))
        if len(parts) == 1:
            return [runs]
        pieces: list[list[tuple[Any, str]]] = []
        waiting = [(style, text) for style, text in reversed(runs)]
        for part in parts:
            left = len(part)
            piece: list[tuple[Any, str]] = []
            while left:
                style, text = waiting.pop()
                if len(text) > left:
                    waiting.append((style, text[left:]))
                piece.append((style, text[:left]))
                left -= min(left, len(text))
            pieces.append(piece)
        return pieces

    def take_back(self, characters: int) -> None:
        """Hear that the line that is not finished goes."""
        self._characters = max(0, self._characters - characters)
        self._inside = False


def block(kind: str, text: str = "") -> Element:
    """Return the block that shows one message of a run, in pieces; `view.message` shows it in one."""
    whole = view.message(kind, "")
    whole.children = whole.children[:1] + tuple([piece(part) for part in Pieces().part(text) if part])
    return whole


def piece(text: str = "") -> Element:
    """Return a piece of a block."""
    return h("span", {"class": "readerly-lines"}, text)
