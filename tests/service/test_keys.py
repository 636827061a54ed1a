"""The signing keys."""

import logging
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings, create_app
from readerly_site.service.keys import load_keys

GOOD = "a-long-enough-signing-key"


def test_the_first_start_makes_a_file_only_its_owner_can_read(
    settings: Settings, serve: Callable[..., AbstractContextManager[httpx.Client]], tmp_path: Path
) -> None:
    secret = tmp_path / "readerly.sqlite3.secret"
    assert not secret.exists()
    with serve(settings):
        pass
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    made = secret.read_text()
    with serve(settings):
        pass
    assert secret.read_text() == made
    assert len(made.strip()) >= 43, "256 bits"


def test_the_key_is_not_in_the_database(client: httpx.Client, reader: dict[str, str], database: Path) -> None:
    client.put("/api/heart", params={"path": "/articles/a/"}, json={"on": True}, headers=reader)
    key = database.with_name(f"{database.name}.secret").read_bytes().strip()
    identity, signature = reader["Authorization"].removeprefix("Bearer ").encode().split(b".")
    stored = database.read_bytes() + database.with_name(f"{database.name}-wal").read_bytes()
    assert identity in stored
    assert key not in stored
    assert signature not in stored


def test_the_environment_goes_before_the_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("READERLY_SECRET", GOOD)
    create_app(settings)
    assert not (tmp_path / "readerly.sqlite3.secret").exists()


def test_several_keys_oldest_first(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text(f"{GOOD}-1\n{GOOD}-2\n")
    assert load_keys(tmp_path / "keys", None) == [f"{GOOD}-1", f"{GOOD}-2"]
    assert load_keys(None, f"{GOOD}-1 {GOOD}-2") == [f"{GOOD}-1", f"{GOOD}-2"]


def test_two_first_starts_at_once_agree(tmp_path: Path) -> None:
    found: list[list[str]] = []
    start = threading.Barrier(8)

    def load() -> None:
        start.wait()
        found.append(load_keys(tmp_path / "keys", None))

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 8
    assert [file.name for file in tmp_path.iterdir()] == ["keys"]


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    made = load_keys(tmp_path / "keys", None)
    assert load_keys(tmp_path / "keys", None) == made
    assert [file.name for file in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize("content", [b"", b" \n", b"short", b"long-enough-for-a-key short", b"\xff" * 40])
def test_an_unusable_key_stops_the_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys").write_bytes(content)
    with pytest.raises(ReaderlyError, match="signing key"):
        load_keys(tmp_path / "keys", None)


def test_no_place_for_a_key(tmp_path: Path) -> None:
    with pytest.raises(ReaderlyError, match="READERLY_SECRET"):
        load_keys(None, None)
    with pytest.raises(ReaderlyError, match="cannot be read or made"):
        load_keys(tmp_path / "missing" / "keys", None)
    with pytest.raises(ReaderlyError, match="READERLY_SECRET"):
        load_keys(None, "short")


def test_a_key_that_others_can_read_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "keys").write_text(GOOD)
    (tmp_path / "keys").chmod(0o644)
    with caplog.at_level(logging.WARNING):
        load_keys(tmp_path / "keys", None)
    assert "chmod 600" in caplog.text
