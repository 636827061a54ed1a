"""`readerly serve`, as an operator runs it: in a process of its own, read over HTTP."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from readerly_site import serve as serving
from readerly_site.errors import ReaderlyError
from readerly_site.listener import address, listen
from readerly_site.new import new
from readerly_site.reload import Change, Sources

PATIENCE = 60
"""Seconds after which a process counts as hung."""


class Served:
    """A running `readerly serve`, and what it says line by line."""

    def __init__(self, source: Path, *options: str, temporary: Path) -> None:
        command = [str(Path(sys.executable).with_name("readerly")), "serve", str(source), "--port", "0", *options]
        environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=source.parent
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.said = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.ready = self.until("Readerly serves")
        self.url = re.search(r"http://\S+", self.ready)[0]

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def until(self, words: str) -> str:
        """Wait for a line that holds `words`."""
        while (line := self.lines.get(timeout=PATIENCE)) is not None:
            self.said += line
            if words in line:
                return line
        raise AssertionError(f"ended without saying {words!r}:\n{self.said}")

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(sign)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stdout.close()
        while not self.lines.empty():
            self.said += self.lines.get() or ""
        return status


@pytest.fixture
def site(tmp_path):
    new(tmp_path / "notes")
    return tmp_path / "notes"


@pytest.fixture
def served(site, tmp_path, runtime):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    running: list[Served] = []

    def start(*options: str) -> Served:
        running.append(Served(site, *options, temporary=temporary))
        return running[-1]

    yield start
    for each in running:
        each.stop(signal.SIGKILL)


def test_it_answers_when_it_says_so(served):
    server = served("--no-reload")
    assert re.search(r"Readerly serves notes at http://127\.0\.0\.1:\d+/$", server.ready)
    page = httpx.get(server.url + "articles/first-article/")
    assert page.status_code == 200
    assert "content-security-policy" in page.headers
    assert httpx.get(server.url + "healthz").status_code == 200
    assert httpx.get(server.url + "readyz").status_code == 200
    known = httpx.get(server.url + "api/pages", params={"path": "/articles/first-article/"}).json()
    assert known["pages"]["/articles/first-article/"]["hearts"] == 0
    assert httpx.get(server.url + "nowhere/").status_code == 404


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_with_pages_open(served, sign, tmp_path):
    server = served()
    with httpx.stream("GET", server.url + "-/reload", timeout=PATIENCE) as events:
        assert next(events.iter_lines()).startswith("retry:")
        assert server.stop(sign) == 0
    assert "Traceback" not in server.said
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_change_is_built_and_open_pages_hear_of_it(served, site):
    server = served()
    article = site / "articles/first-article.md"
    text = article.read_text(encoding="utf-8")
    url = server.url + "articles/first-article/"
    with httpx.stream("GET", server.url + "-/reload", timeout=PATIENCE) as events:
        lines = events.iter_lines()
        assert next(lines).startswith("retry:")
        article.write_text(text + "\nA new last word.\n", encoding="utf-8")
        assert next(line for line in lines if line.startswith("event:")) == "event: built"
    assert "A new last word." in httpx.get(url).text
    article.write_text(text.replace("date: 2026-01-31", "date: someday"), encoding="utf-8")
    server.until("first-article.md:4: ")
    assert "Traceback" not in server.said
    assert "A new last word." in httpx.get(url).text  # the last good build stays
    article.write_text(text + "\nMended.\n", encoding="utf-8")
    server.until("anew")
    assert "Mended." in httpx.get(url).text


def test_hearts_are_kept_beside_the_site_and_outlive_the_server(served, site):
    path = {"path": "/articles/first-article/"}
    first = served("--no-reload")
    token = httpx.post(first.url + "api/reader").json()["token"]
    reader = {"authorization": f"Bearer {token}"}
    assert httpx.put(first.url + "api/heart", params=path, json={"on": True}, headers=reader).json()["hearts"] == 1
    assert first.stop() == 0
    assert (site / "readerly.sqlite3").is_file()
    second = served("--no-reload")
    pages = httpx.get(second.url + "api/pages", params=path, headers=reader).json()["pages"]
    assert pages[path["path"]]["hearts"] == 1
    assert pages[path["path"]]["hearted"] is True


def test_a_heart_does_not_ask_for_a_new_build():
    asked = Sources()
    for name in ("readerly.sqlite3", "readerly.sqlite3-wal", "readerly.sqlite3.secret", "a.md~", "__pycache__/a.pyc"):
        assert not asked(Change.modified, f"/site/{name}")
    for name in ("readerly.toml", "articles/a.md", "articles/photo.jpg", "theme.css"):
        assert asked(Change.modified, f"/site/{name}")


def test_the_database_stands_beside_the_site(site):
    told: list[str] = []
    url = make_url(serving._database(site, told.append))
    assert Path(url.database) == site / "readerly.sqlite3"
    assert str(url.database) in told[0] or "readerly.sqlite3" in told[0]


def test_where_the_site_cannot_be_written_the_database_is_elsewhere(site, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: not Path(path).is_relative_to(site))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "data"))
    told: list[str] = []
    file = Path(make_url(serving._database(site, told.append)).database)
    assert file.is_relative_to(tmp_path / "data")
    assert file.parent.is_dir()
    assert str(file) in told[0]


def test_without_any_place_for_a_database_one_is_asked_for(site, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "file/data")
    with pytest.raises(ReaderlyError, match="--database"):
        serving._database(site, lambda _: None)


def test_a_path_with_odd_signs_is_a_database_all_the_same(tmp_path):
    folder = tmp_path / "50% #1? notes"
    folder.mkdir()
    url = make_url(serving._database(folder, lambda _: None))
    assert Path(url.database) == folder / "readerly.sqlite3"


def test_a_port_is_taken_once():
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        assert address(first) == f"http://127.0.0.1:{port}"
        with pytest.raises(ReaderlyError, match=f"port {port} is used"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("localhost", r"(127\.0\.0\.1|\[::1\])")])
def test_the_address_is_one_to_open(host, shown):
    with listen(host, 0) as listening:
        assert re.fullmatch(rf"http://{shown}:\d+", address(listening))
