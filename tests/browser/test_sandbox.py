"""The sandbox: what sample code tries to reach, it does not reach."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .servers import Witness

TRIED = (
    "js.fetch fetch image import importScripts beacon socket events document parent cookie storage database caches"
).split()


def test_code_reaches_nothing(reader: Callable[..., Page], witness: Witness) -> None:
    """A sample tries every door; it gets nothing, and a server that listens hears nothing."""
    page = reader("/articles/samples/")
    page.evaluate("document.cookie = 'secret=1'; localStorage.setItem('secret', '1')")
    sample = page.locator("code-sample").filter(has=page.get_by_role("group", name="spy"))
    sample.get_by_role("button", name="Run").click()
    output = sample.get_by_role("log")
    expect(output).to_contain_text("origin", timeout=60_000)
    lines = output.inner_text().split("\n")
    for name in TRIED:
        assert any(line in (f"{name} refused", f"{name} nothing") for line in lines), (name, lines)
    assert "REACHED" not in output.inner_text()
    assert "origin null" in lines
    assert witness.asked == []


def test_frame_has_an_opaque_origin(reader: Callable[..., Page]) -> None:
    page = reader("/articles/samples/")
    sample = page.locator("code-sample").filter(has=page.get_by_role("group", name="hello"))
    sample.get_by_role("button", name="Run").click()
    expect(sample.get_by_role("log")).to_have_text(re.compile("hello"), timeout=60_000)
    frame = next(frame for frame in page.frames if frame.url.endswith("/sandbox.html"))
    assert page.locator("iframe[src$='sandbox.html']").get_attribute("sandbox") == "allow-scripts"
    assert frame.evaluate("self.origin") == "null"
    blocked = "() => { try { return String(parent.document); } catch (error) { return error.name; } }"
    assert frame.evaluate(blocked) == "SecurityError"
