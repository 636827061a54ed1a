"""A visit in Chromium, by its own protocol and as little of that as it takes: nobody watches network or workers.

For who watches the network Chromium keeps the body of each answer and encodes it, on the thread that fetched it.
"""

import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import websocket

from ..browser.weight import QUIET
from .conditions import Condition
from .visit import OBSERVER, PATIENCE, Visit

WINDOW = {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False}
"""What Playwright opens, in CSS pixels."""

POLL = 0.02
"""Seconds between two looks at what nothing tells."""

MIDDLE = """(selector) => {
    const element = document.querySelector(selector);
    element.scrollIntoViewIfNeeded();
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
}"""

THERE = """(selector) => new Promise((there) => {
    const look = () => document.querySelector(selector) && (observer.disconnect(), there());
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
})"""


class Tab:
    """A page's end of the protocol; what the page says meanwhile is taken in while something is waited for."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)
        self._sent = 0
        self.told: set[str] = set()
        """What observe.js has told."""

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return what it gives; raise AssertionError when it fails."""
        number = self._send(method, parameters)
        answer: dict[str, Any] = {}
        self.wait(lambda: answer.get("id") == number, method, answer)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def wait(self, seen: Callable[[], bool], what: str, last: dict[str, Any] | None = None) -> None:
        """Take in messages, each into `last`, until `seen()`; raise AssertionError when that takes too long."""
        end = time.monotonic() + PATIENCE
        while not seen():
            try:
                self._socket.settimeout(max(0.001, end - time.monotonic()))
                message = json.loads(self._socket.recv())
            except websocket.WebSocketTimeoutException as error:
                raise AssertionError(f"nothing was seen of {what} for {PATIENCE} seconds") from error
            self._take(message)
            if last is not None:
                last.clear()
                last.update(message)

    def close(self) -> None:
        """Speak no more."""
        self._socket.close()

    def _send(self, method: str, parameters: dict[str, object]) -> int:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        return self._sent

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Page.javascriptDialogOpening":
            self._send("Page.handleJavaScriptDialog", {"accept": True})
        if message.get("method") == "Runtime.consoleAPICalled":
            text = str(message["params"]["args"][0].get("value", "")) if message["params"]["args"] else ""
            if text.startswith("bench:"):
                self.told.add(text.removeprefix("bench:"))


class CdpVisit(Visit):
    """A tab of a Chromium that listens at a port of this machine."""

    def __init__(self, port: int, url: str, condition: Condition) -> None:
        self.url = url
        self._port = port
        self._condition = condition
        self._open_tab()

    def go(self, path: str) -> None:
        failed = self._tab.ask("Page.navigate", url=self.url + path).get("errorText")
        if failed:
            raise AssertionError(f"{self.url}{path}: {failed}")

    def call(self, function: str, *arguments: object) -> Any:
        expression = f"({function})(...{json.dumps(arguments)})"
        said = self._tab.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in said:
            raise AssertionError(said["exceptionDetails"].get("exception", {}).get("description", "the page threw"))
        return said["result"].get("value")

    def click(self, selector: str) -> None:
        self.wait_for(selector)
        at = self._move_to(selector)
        for kind, held in (("mousePressed", 1), ("mouseReleased", 0)):
            self._tab.ask("Input.dispatchMouseEvent", type=kind, button="left", buttons=held, clickCount=1, **at)

    def hover(self, selector: str) -> None:
        self.wait_for(selector)
        self._move_to(selector)

    def wait_for(self, selector: str) -> None:
        self.call(THERE, selector)

    @contextmanager
    def told(self, what: str) -> Generator[None]:
        self._tab.told.discard(what)
        yield
        self._tab.wait(lambda: what in self._tab.told, what)

    def settle(self) -> None:
        # What frames and workers ask for is not seen here. They begin with a file that is, so it takes twice as long.
        loaded, quiet_since = None, time.monotonic()
        while time.monotonic() - quiet_since < 2 * QUIET / 1000:
            self.pause(POLL)
            now = self.call("() => [document.readyState, performance.getEntriesByType('resource').length]")
            if now != loaded or now[0] != "complete":
                loaded, quiet_since = now, time.monotonic()

    def again(self) -> None:
        left, name = self._tab, self._name
        self._open_tab()
        left.close()
        self._http(f"close/{name}")

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)

    def close(self) -> None:
        """End the browser."""
        with suppress(AssertionError, OSError, websocket.WebSocketException):
            self._tab.ask("Browser.close")
        self._tab.close()

    def _move_to(self, selector: str) -> dict[str, float]:
        x, y = self.call(MIDDLE, selector)
        self._tab.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        return {"x": x, "y": y}

    def _open_tab(self) -> None:
        made = json.loads(self._http("new?about:blank", "PUT"))
        self._name, self._tab = str(made["id"]), Tab(made["webSocketDebuggerUrl"])
        for domain in ("Page", "Runtime"):
            self._tab.ask(f"{domain}.enable")
        self._tab.ask("Page.addScriptToEvaluateOnNewDocument", source=OBSERVER)
        self._tab.ask("Emulation.setDeviceMetricsOverride", **WINDOW)
        if self._condition.cpu > 1:
            self._tab.ask("Emulation.setCPUThrottlingRate", rate=self._condition.cpu)

    def _http(self, path: str, method: str = "GET") -> bytes:
        asked = urllib.request.Request(f"http://127.0.0.1:{self._port}/json/{path}", method=method)
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return answer.read()


@contextmanager
def with_profile(program: str, arguments: Sequence[str], url: str, condition: Condition) -> Generator[Visit]:
    """Visit in a browser of its own with a new profile on disk: in memory its cache has no room for large files."""
    with tempfile.TemporaryDirectory(prefix="readerly-profile-", ignore_cleanup_errors=True) as folder:
        own = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
        quietly = subprocess.DEVNULL
        browser = subprocess.Popen([program, *arguments, *own], stdout=quietly, stderr=quietly)
        try:
            visit = CdpVisit(_port(Path(folder), browser), url, condition)
            try:
                yield visit
            finally:
                visit.close()
        finally:
            try:
                browser.wait(timeout=10)
            except subprocess.TimeoutExpired:
                browser.kill()
                browser.wait()


def _port(profile: Path, browser: "subprocess.Popen[bytes]") -> int:
    """Wait for the port that the browser says in its profile; raise AssertionError when it says none."""
    said, end = profile / "DevToolsActivePort", time.monotonic() + PATIENCE
    while time.monotonic() < end and browser.poll() is None:
        with suppress(OSError, ValueError, IndexError):
            return int(said.read_text(encoding="ascii").splitlines()[0])
        time.sleep(POLL)
    raise AssertionError("Chromium was started and opened no port")
