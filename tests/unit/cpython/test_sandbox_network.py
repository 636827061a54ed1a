import asyncio
import sys
import types
import urllib.error
import urllib.request

import pytest

from readerly.code_sample.sandbox import network, stdin
from readerly.code_sample.sandbox.output import Outlet
from readerly.code_sample.sandbox.patches import Patches

TEA = "https://tea.example/"


class Response:
    def __init__(self, url, status):
        self.url, self.status, self.status_text, self.headers = url, status, "Gone", {"content-type": "text/plain"}

    async def bytes(self):
        return b"tea"


@pytest.fixture
def asked(monkeypatch):
    """Requests that reached `pyfetch`, in a browser that can suspend Python, with the sandbox's network in place."""
    found = []

    async def pyfetch(url, **options):
        found.append((url, options))
        if "slow" in url:
            await asyncio.sleep(60)
        if "closed" in url:
            raise OSError("This sample may not ask")
        return Response(url, 404 if "nothing" in url else 200)

    http = types.ModuleType("pyodide.http")
    http.pyfetch, http.open_url = pyfetch, None
    monkeypatch.setitem(sys.modules, "pyodide", types.ModuleType("pyodide"))
    monkeypatch.setitem(sys.modules, "pyodide.http", http)
    monkeypatch.setattr(stdin, "can_wait", lambda: True)
    monkeypatch.setattr(stdin, "wait", asyncio.run)
    with Patches() as patches:
        network.install(patches, Outlet(lambda *_: None))
        yield found


def test_urlopen_asks_the_page_and_waits(asked):
    with urllib.request.urlopen(urllib.request.Request(TEA, headers={"Accept": "a/b"})) as answer:
        assert (answer.status, answer.url, answer.headers["Content-Type"]) == (200, TEA, "text/plain")
        assert answer.read() == b"tea"
    assert asked == [(TEA, {"method": "GET", "headers": {"Accept": "a/b"}})]


def test_errors_are_urllibs_own(asked):
    with pytest.raises(urllib.error.HTTPError, match="404: Gone") as caught:
        urllib.request.urlopen(f"{TEA}nothing")
    caught.value.close()
    with pytest.raises(urllib.error.URLError, match="This sample may not ask"):
        urllib.request.urlopen(f"{TEA}closed")
    with pytest.raises(urllib.error.URLError) as late:
        urllib.request.urlopen(f"{TEA}slow", timeout=0.01)
    assert isinstance(late.value.reason, TimeoutError)
    with pytest.raises(urllib.error.URLError, match="unknown url type: tea"):
        urllib.request.urlopen("tea://x")


def test_a_post_says_what_it_is(asked):
    urllib.request.urlopen(TEA, data=b"x").close()
    assert asked[0][1]["method"] == "POST"


def test_other_addresses_are_opened_as_ever(asked):
    with urllib.request.urlopen("data:,local") as answer:
        assert answer.read() == b"local"
    assert asked == []


def test_open_url_gives_text(asked):
    assert sys.modules["pyodide.http"].open_url(TEA).read() == "tea"


def test_a_browser_that_cannot_wait_says_what_to_write(asked, monkeypatch):
    monkeypatch.setattr(stdin, "can_wait", lambda: False)
    with pytest.raises(urllib.error.URLError, match=r"cannot suspend Python to wait .* await pyfetch"):
        urllib.request.urlopen(TEA)
    assert asked == []
