"""What a run prints, on its way out of the sandbox: streamed, and bounded so that a flood cannot stall the page."""

import codecs
import io
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

LIMIT = 200_000
"""Characters of output a run may show; what follows is counted and not sent. A screen of text is about 2,000."""

BURST = 200
"""Messages that may leave at once, before they are gathered into larger ones."""

PER_SECOND = 200
"""Messages per second that may leave in the long run; the page lays out each of them."""

Say = Callable[[str, str], Any]
"""Sends one message to the page: its kind ("stdout", "stderr", "result", "error", …) and its text."""


class Outlet:
    """Sends text to the page at a bounded rate and up to a bounded length.

    A worker that runs Python cannot hear the page, so nobody can tell it to slow down: it must know by itself. Text
    leaves at once while there are tokens in the bucket (a program that prints now and then never waits); a program that
    floods has its text gathered.
    """

    def __init__(self, say: Say, clock: Callable[[], float] = time.monotonic) -> None:
        """Send through `say`; `clock` gives seconds."""
        self._say = say
        self._clock = clock
        self._tokens = float(BURST)
        self._at = clock()
        self._waiting: list[tuple[str, str]] = []
        self._room = LIMIT
        self.lines_left_out = 0

    def write(self, kind: str, text: str) -> None:
        """Send `text`, now or with what follows."""
        if len(text) > self._room:
            self.lines_left_out += text.count("\n", self._room)
            text = text[: self._room]
        if not text:
            return
        self._room -= len(text)
        self._waiting.append((kind, text))
        now = self._clock()
        self._tokens = min(BURST, self._tokens + (now - self._at) * PER_SECOND)
        self._at = now
        if self._tokens >= 1:
            self.flush()

    def flush(self) -> None:
        """Send what waits, neighbouring texts of one kind as one message."""
        waiting, self._waiting = self._waiting, []
        while waiting:
            kind = waiting[0][0]
            count = next((i for i, (other, _) in enumerate(waiting) if other != kind), len(waiting))
            self._say(kind, "".join(text for _, text in waiting[:count]))
            self._tokens -= 1
            del waiting[:count]

    def close(self) -> None:
        """Send the rest, and how much was left out."""
        self.flush()
        if self.lines_left_out or not self._room:
            self._say("notice", f"\u2026 {self.lines_left_out:,} lines more, not shown")

    @contextmanager
    def captured(self) -> Generator[None, None, None]:
        """Take over stdout and stderr for the time of a run."""
        with redirect_stdout(stream(self, "stdout")), redirect_stderr(stream(self, "stderr")):
            yield


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
