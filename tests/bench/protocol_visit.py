"""A visit by a browser's own protocol and as little of that as it takes: nobody watches network or workers.

For who watches the network a browser keeps the body of each answer, and encodes or copies it, on the thread that
fetched it.
"""

import json
import subprocess
import time
from abc import abstractmethod
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

import websocket

from ..browser.weight import QUIET
from .visit import PATIENCE, Visit

WIDTH, HEIGHT = 1280, 720
"""What Playwright opens, in CSS pixels."""

POLL = 0.02
"""Seconds between two looks at what nothing tells."""

MIDDLE = """(selector) => {
    const element = document.querySelector(selector);
    const middle = () => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
    };
    const [x, y] = middle();
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) element.scrollIntoView({ block: "center" });
    return middle();
}"""

THERE = """(selector) => new Promise((there) => {
    const look = () => document.querySelector(selector) && (observer.disconnect(), there());
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
})"""


class Connection:
    """An end of the protocol; what the browser says meanwhile is taken in while something is waited for."""

    def __init__(self, address: str, taken: Callable[[dict[str, Any]], Any]) -> None:
        """Connect to a WebSocket's `address`; `taken(event)` hears each message that is no answer."""
        self._socket = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)
        self._sent = 0
        self._taken = taken
        self._answers: dict[int, dict[str, Any]] = {}

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return what it gives; raise AssertionError when it fails."""
        number = self.send(method, **parameters)
        self.wait(lambda: number in self._answers, method)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer.get('message') or answer['error']['message']}")
        return answer["result"]

    def send(self, method: str, **parameters: object) -> int:
        """Send a command and return its number; nobody waits for its answer."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        return self._sent

    def wait(self, seen: Callable[[], bool], what: str) -> None:
        """Take in messages until `seen()`; raise AssertionError when that takes too long."""
        end = time.monotonic() + PATIENCE
        while not seen():
            try:
                self._socket.settimeout(max(0.001, end - time.monotonic()))
                message = json.loads(self._socket.recv())
            except websocket.WebSocketTimeoutException as error:
                raise AssertionError(f"nothing was seen of {what} for {PATIENCE} seconds") from error
            if "method" in message:
                self._taken(message)
            else:
                self._answers[message["id"]] = message

    def close(self) -> None:
        """Speak no more."""
        self._socket.close()


class ProtocolVisit(Visit):
    """A tab of a browser that listens at a port of this machine."""

    connection: Connection
    """Where its tab is spoken to."""
    end: ClassVar[str]
    """The command that ends the browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._told: set[str] = set()

    @abstractmethod
    def move(self, x: float, y: float) -> None:
        """Put the mouse there, in CSS pixels of the window."""

    @abstractmethod
    def press(self, x: float, y: float) -> None:
        """Put the mouse there, and press and release its button."""

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command to the tab and return what it gives; raise AssertionError when it fails."""
        return self.connection.ask(method, **parameters)

    def close(self) -> None:
        """End the browser."""
        with suppress(AssertionError, OSError, websocket.WebSocketException):
            self.ask(self.end)
        self.connection.close()

    def heard(self, text: object) -> None:
        """Take what the page has said to its console."""
        if str(text).startswith("bench:"):
            self._told.add(str(text).removeprefix("bench:"))

    def click(self, selector: str) -> None:
        self.wait_for(selector)
        self.press(*self.call(MIDDLE, selector))

    def hover(self, selector: str) -> None:
        self.wait_for(selector)
        self.move(*self.call(MIDDLE, selector))

    def wait_for(self, selector: str) -> None:
        self.call(THERE, selector)

    @contextmanager
    def told(self, what: str) -> Generator[None]:
        self._told.discard(what)
        yield
        self.connection.wait(lambda: what in self._told, what)

    def settle(self) -> None:
        # What frames and workers ask for is not seen here. They begin with a file that is, so it takes twice as long.
        loaded, quiet_since = None, time.monotonic()
        while time.monotonic() - quiet_since < 2 * QUIET / 1000:
            self.pause(POLL)
            now = self.call("() => [document.readyState, performance.getEntriesByType('resource').length]")
            if now != loaded or now[0] != "complete":
                loaded, quiet_since = now, time.monotonic()

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)


@contextmanager
def started(command: Sequence[str], said: Path, read: Callable[[str], Any]) -> Generator[Any]:
    """Start a browser and yield what it writes into the file `said`, once `read` finds it whole; wait for its end.

    Until then `read` raises ValueError. Who speaks to the browser has to end it. Raises AssertionError when it ends
    before, or writes nothing.
    """
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _written(said, read, browser)
    finally:
        try:
            browser.wait(timeout=10)
        except subprocess.TimeoutExpired:
            browser.kill()
            browser.wait()


def _written(said: Path, read: Callable[[str], Any], browser: "subprocess.Popen[bytes]") -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and browser.poll() is None:
        with suppress(OSError, ValueError):
            return read(said.read_text(encoding="utf-8"))
        time.sleep(POLL)
    browser.kill()
    raise AssertionError(f"{said.name} was not written: the browser was started and opened no port")
