"""`readerly service …` from the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from readerly_site.cli import app
from readerly_site.errors import ReaderlyError
from readerly_site.service.commands import verify

A = {"path": "/articles/a/"}


def test_verify_names_what_is_wrong_and_repairs_it(
    client: httpx.Client, reader: dict[str, str], database: Path
) -> None:
    client.put("/api/heart", params=A, json={"on": True}, headers=reader)
    with closing(sqlite3.connect(database, isolation_level=None)) as opened:
        opened.execute("UPDATE pages SET hearts = 142")
    command = ["service", "verify", "--database", f"sqlite:///{database}"]
    found = CliRunner().invoke(app, command)
    assert found.exit_code == 1
    assert "/articles/a/: hearts says 142, its rows are 1" in found.output
    assert CliRunner().invoke(app, [*command, "--repair"]).exit_code == 0
    assert CliRunner().invoke(app, command).output == "0 of the counts were wrong\n"
    assert client.get("/api/pages", params=A).json()["pages"][A["path"]]["hearts"] == 1


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ReaderlyError, match="no database here"):
        verify(f"sqlite:///{tmp_path / 'none.sqlite3'}", False)
    assert list(tmp_path.iterdir()) == []
