"""A visit in Chromium, by its own protocol (the Chrome DevTools Protocol)."""

import json
import tempfile
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from .conditions import Condition
from .protocol_visit import HEIGHT, WIDTH, Connection, ProtocolVisit, started
from .visit import OBSERVER, PATIENCE, Visit


class CdpVisit(ProtocolVisit):
    """A tab of a Chromium that listens at a port of this machine."""

    end = "Browser.close"

    def __init__(self, port: int, url: str, condition: Condition) -> None:
        super().__init__(url)
        self._port = port
        self._condition = condition
        self._open_tab()

    def go(self, path: str) -> None:
        failed = self.ask("Page.navigate", url=self.url + path).get("errorText")
        if failed:
            raise AssertionError(f"{self.url}{path}: {failed}")

    def call(self, function: str, *arguments: object) -> Any:
        expression = f"({function})(...{json.dumps(arguments)})"
        said = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in said:
            raise AssertionError(said["exceptionDetails"].get("exception", {}).get("description", "the page threw"))
        return said["result"].get("value")

    def move(self, x: float, y: float) -> None:
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def press(self, x: float, y: float) -> None:
        self.move(x, y)
        for kind, held in (("mousePressed", 1), ("mouseReleased", 0)):
            self.ask("Input.dispatchMouseEvent", type=kind, button="left", buttons=held, clickCount=1, x=x, y=y)

    def again(self) -> None:
        left, name = self.connection, self._name
        self._open_tab()
        left.close()
        self._http(f"close/{name}")

    def _taken(self, event: dict[str, Any]) -> None:
        if event["method"] == "Page.javascriptDialogOpening":
            self.connection.send("Page.handleJavaScriptDialog", accept=True)
        if event["method"] == "Runtime.consoleAPICalled" and event["params"]["args"]:
            self.heard(event["params"]["args"][0].get("value"))

    def _open_tab(self) -> None:
        made = json.loads(self._http("new?about:blank", "PUT"))
        self._name, self.connection = str(made["id"]), Connection(made["webSocketDebuggerUrl"], self._taken)
        for domain in ("Page", "Runtime"):
            self.ask(f"{domain}.enable")
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=OBSERVER)
        self.ask("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=False)
        if self._condition.cpu > 1:
            self.ask("Emulation.setCPUThrottlingRate", rate=self._condition.cpu)

    def _http(self, path: str, method: str = "GET") -> bytes:
        asked = urllib.request.Request(f"http://127.0.0.1:{self._port}/json/{path}", method=method)
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return answer.read()


@contextmanager
def with_profile(program: str, arguments: Sequence[str], url: str, condition: Condition) -> Generator[Visit]:
    """Visit in a browser of its own with a new profile on disk: in memory its cache has no room for large files."""
    with tempfile.TemporaryDirectory(prefix="readerly-profile-", ignore_cleanup_errors=True) as folder:
        own = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
        with (
            started([program, *arguments, *own], Path(folder) / "DevToolsActivePort", _port) as port,
            closing(CdpVisit(port, url, condition)) as visit,
        ):
            yield visit


def _port(said: str) -> int:
    port, _path = said.split()
    return int(port)
