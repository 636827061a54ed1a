"""What a run prints, on its way out of the sandbox: streamed, and bounded so that a flood cannot stall the page."""

import codecs
import io
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

LINES = 10_000
"""Lines of output a run may show; what follows is counted and not sent."""

LINE = 10_000
"""Characters of one line that are shown: a browser lays out a longer one in one go, and slowly."""

LIMIT = 500_000
"""Characters of output a run may show. A screen of text is about 2,000."""

MESSAGE = 16_384
"""Characters of one message, which the page takes in by parts."""

BURST = 200
"""Messages that may leave at once, before they are gathered into larger ones."""

PER_SECOND = 200
"""Messages per second that may leave in the long run; the page lays out each of them."""

TICK = 0.5
"""Seconds between two messages that tell how much is left out."""

Say = Callable[..., Any]
"""Sends one message to the page: its kind ("stdout", "stderr", "result", "error", …), its text, and perhaps a line."""


def unheard(*_message: object) -> None:
    """Take a message that nobody is to hear."""


def cut(text: str, limit: int = LINE) -> str:
    """Return `text`, or its first `limit` characters and how many there are more."""
    return text if len(text) <= limit else f"{text[:limit]}\u2026 {len(text) - limit:,} characters more"


def settled(text: str) -> str:
    r"""Return `text` without what is written over, after `\r`, within it: a progress bar is sent as it is now."""
    if text.count("\r") < 2:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        first, *parts = line.split("\r")
        kept: list[str] = parts[-1:]
        for part in reversed(parts[:-1]):
            if len(part) > len(kept[-1]) or ("\x1b" in part + kept[-1] and not part.endswith(("\x1b[0m", "\x1b[m"))):
                kept.append(part)
        lines.append("\r".join([first, *reversed(kept)]))
    return "\n".join(lines)


class Outlet:
    """Sends text to the page at a bounded rate and up to a bounded length.

    A worker that runs Python cannot hear the page, so nobody can tell it to slow down: it must know by itself. Text
    leaves at once while there are tokens in the bucket (a program that prints now and then never waits); a program that
    floods has its text gathered.
    """

    def __init__(self, say: Say, clock: Callable[[], float] = time.monotonic) -> None:
        """Send through `say`; `clock` gives seconds."""
        self.say = say
        """Sends a message at once, whatever waits."""
        self._clock = clock
        self._tokens = float(BURST)
        self._at = clock()
        self._waiting: list[tuple[str, str]] = []
        self._room = LIMIT
        self._lines = LINES
        self._column = 0
        self._line = 0
        self._told = -TICK
        self._streams: list[io.TextIOWrapper] = []
        self._place: tuple[int, ...] = ()
        self.lines_left_out = 0
        self.characters_left_out = 0
        """Of lines that were begun: too long, or the last that had room."""
        self.tail = ""
        """What has been printed on the line that is not finished: what a question stands after."""

    @property
    def full(self) -> bool:
        """Whether nothing more is shown."""
        return not self._room or not self._lines

    def write(self, kind: str, text: str) -> None:
        """Send `text`, now or with what follows."""
        if kind != "stderr":
            self.tail = (self.tail + text).rpartition("\n")[2][-200:]
        if text := self._bounded(text):
            self._waiting.append((kind, text))
        now = self._clock()
        self._tokens = min(BURST, self._tokens + (now - self._at) * PER_SECOND)
        self._at = now
        if self._tokens >= 1 or self.full:
            self.flush()
        if self.full and now - self._told >= TICK:
            self._told = now
            self._tell()

    def flush(self) -> None:
        """Send what waits, neighbouring texts of one kind as one message, unless that is too long for one."""
        waiting, self._waiting = self._waiting, []
        while waiting:
            kind = waiting[0][0]
            count = next((i for i, (other, _) in enumerate(waiting) if other != kind), len(waiting))
            text = settled("".join(text for _, text in waiting[:count]))
            for at in range(0, len(text), MESSAGE):
                self.say(kind, text[at : at + MESSAGE], *self._place)
                self._tokens -= 1
            del waiting[:count]

    def enter(self, line: int) -> None:
        """Tell of what is written from here on that the statement at `line` does it."""
        self.flush()
        self._place = (line,)

    def close(self) -> None:
        """Send the rest, and how much was left out."""
        self.flush()
        self._tell()

    @contextmanager
    def captured(self) -> Generator[None, None, None]:
        """Take over stdout and stderr for the time of a run."""
        self._streams = [stream(self, "stdout"), stream(self, "stderr")]
        with redirect_stdout(self._streams[0]), redirect_stderr(self._streams[1]):
            try:
                yield
            finally:
                for each in self._streams:
                    each.flush()

    def _bounded(self, text: str) -> str:
        """Return what of `text` there is room for, and count the rest."""
        if self.full:
            self.lines_left_out += text.count("\n")
            return ""
        shown: list[str] = []
        at = 0
        text = text.replace("\r\n", "\n")
        while at < len(text) and not self.full:
            end = text.find("\n", at)
            over = text.find("\r", at, end if end >= 0 else len(text))
            end = over if over >= 0 else end
            stop = len(text) if end < 0 else end
            part = text[at : min(stop, at + max(0, LINE - self._column), at + self._room)]
            self._column += len(part)
            self._room -= len(part)
            self._line += len(part)
            shown.append(part)
            if more := stop - at - len(part):
                self.characters_left_out += more
                if self._column <= LINE:
                    shown.append("\u2026")
                    self._column = LINE + 1
            at = stop
            if end >= 0:
                shown.append(text[end])
                if text[end] == "\n":
                    self._lines -= 1
                else:
                    self._room += self._line  # what is written over takes no room in the page
                self._column = self._line = 0
                at += 1
        if self.full:
            self.lines_left_out += text.count("\n", at)
            for each in self._streams:  # which then count by the block, some ten times faster
                each.reconfigure(write_through=False)
        return "".join(shown)

    def _tell(self) -> None:
        """Say how much is left out so far; what was said of that before is replaced."""
        lines, characters = self.lines_left_out, self.characters_left_out
        more = [f"{lines:,} lines" if lines else "", f"{characters:,} characters" if characters else ""]
        if lines or characters:
            self.say("capped", f"\u2026 {' and '.join(filter(None, more))} more")


class _Pipe(io.RawIOBase):
    """The bytes end of a stream, so that `sys.stdout.buffer` works too."""

    def __init__(self, outlet: Outlet, kind: str) -> None:
        self._outlet = outlet
        self._kind = kind
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._outlet.write(self._kind, self._decoder.decode(bytes(data)))
        return len(data)


def stream(outlet: Outlet, kind: str) -> io.TextIOWrapper:
    """Return a text stream that writes to `outlet` as `kind`, without holding anything back."""
    return io.TextIOWrapper(_Pipe(outlet, kind), encoding="utf-8", errors="replace", newline="", write_through=True)  # pyright: ignore[reportArgumentType]
