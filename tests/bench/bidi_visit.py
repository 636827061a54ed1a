"""A visit in Firefox, by its own protocol (WebDriver BiDi), which Firefox speaks without a driver beside it."""

import json
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from .conditions import Condition
from .protocol_visit import HEIGHT, WIDTH, Connection, ProtocolVisit, started
from .visit import OBSERVER, Visit

MOUSE = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}


class BidiVisit(ProtocolVisit):
    """A tab of a Firefox that listens at a port of this machine."""

    end = "browser.close"

    def __init__(self, address: str, url: str) -> None:
        super().__init__(url)
        self.connection = Connection(address, self._taken)
        self.ask("session.new", capabilities={"alwaysMatch": {"unhandledPromptBehavior": {"default": "accept"}}})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.ask("script.addPreloadScript", functionDeclaration=f"() => {{ {OBSERVER} }}")
        self._tab = str(self.ask("browsingContext.getTree", maxDepth=0)["contexts"][0]["context"])
        self._size()

    def go(self, path: str) -> None:
        self.ask("browsingContext.navigate", context=self._tab, url=self.url + path, wait="none")

    def call(self, function: str, *arguments: object) -> Any:
        # Values go and come as JSON: the protocol itself names the type of each of their parts.
        said = self.ask(
            "script.callFunction",
            functionDeclaration=f"async (given) => JSON.stringify(await ({function})(...JSON.parse(given)))",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._tab},
            awaitPromise=True,
        )
        if said["type"] == "exception":
            raise AssertionError(said["exceptionDetails"]["text"])
        return json.loads(said["result"].get("value", "null"))

    def move(self, x: float, y: float) -> None:
        self._act(_to(x, y))

    def press(self, x: float, y: float) -> None:
        self._act(_to(x, y), {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0})

    def again(self) -> None:
        left = self._tab
        self._tab = str(self.ask("browsingContext.create", type="tab")["context"])
        self._size()
        self.ask("browsingContext.close", context=left)

    def _taken(self, event: dict[str, Any]) -> None:
        self.heard(event["params"].get("text"))

    def _act(self, *actions: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self._tab, actions=[{**MOUSE, "actions": actions}])

    def _size(self) -> None:
        size = {"width": WIDTH, "height": HEIGHT}
        self.ask("browsingContext.setViewport", context=self._tab, viewport=size, devicePixelRatio=1)


def _to(x: float, y: float) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(x), "y": round(y)}


@contextmanager
def with_profile(program: str, url: str, condition: Condition) -> Generator[Visit]:
    """Visit in a browser of its own with a new profile on disk; the condition's network is in the URL."""
    assert condition.cpu == 1, "Firefox slows no processor"
    with tempfile.TemporaryDirectory(prefix="readerly-profile-", ignore_cleanup_errors=True) as folder:
        own = ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", folder, "about:blank"]
        with started([program, *own], Path(folder) / "WebDriverBiDiServer.json", json.loads) as server:
            address = f"ws://{server['ws_host']}:{server['ws_port']}/session"
            with closing(BidiVisit(address, url)) as visit:
                yield visit
