"""Everything in one file, and back."""

import asyncio
import threading
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection

from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings, archive, commands
from readerly_site.service.database import Database
from readerly_site.service.schema import hearts, metadata
from readerly_site.service.store import Counts

from .filled import A, B, counts, fill, operate

Serve = Callable[..., AbstractContextManager[httpx.Client]]


def held(connection: Connection) -> int:
    return len(connection.execute(hearts.select().where(hearts.c.held.is_not(None))).all())


def test_no_table_is_forgotten() -> None:
    assert {table.name for table in archive.TABLES} == {table.name for table in metadata.sorted_tables}


def test_an_archive_holds_everything_and_fills_any_database(
    url: str, tmp_path: Path, postgresql: Callable[[], str]
) -> None:
    asyncio.run(fill(url))
    file = tmp_path / "hearts.zip"
    told = operate("export", str(file), "--database", url)
    for other in (f"sqlite:///{tmp_path / 'other.sqlite3'}", postgresql()):
        assert operate("import", str(file), "--database", other).split()[0] == told.split()[0]
        assert counts(other, A, B, reader="s") == counts(url, A, B, reader="s")
        with closing(Database(other, 5)) as database:
            assert database.read_now(held) == 1
        with pytest.raises(ReaderlyError, match="not empty"):
            commands.take_over(other, file)


@pytest.mark.parametrize("damage", ["a row is another", "a table is missing", "it is cut off", "its counts are wrong"])
def test_a_damaged_archive_is_refused_as_a_whole(tmp_path: Path, damage: str) -> None:
    url = f"sqlite:///{tmp_path / 'one.sqlite3'}"
    asyncio.run(fill(url))
    whole, file = tmp_path / "whole.zip", tmp_path / "damaged.zip"
    if damage == "its counts are wrong":
        with closing(Database(url, 5)) as database:
            database.write_now(lambda connection: connection.exec_driver_sql("UPDATE pages SET hearts = 99"))
    commands.export(url, whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "hearts.jsonl" and damage == "a table is missing":
                continue
            if name == "hearts.jsonl" and damage == "a row is another":
                content = content.replace(b'"t"', b'"x"')
            target.writestr(name, content)
    if damage == "it is cut off":
        file.write_bytes(file.read_bytes()[:-200])
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    with pytest.raises(ReaderlyError, match="archive"):
        commands.take_over(other, file)
    assert counts(other, A, B) == [Counts(), Counts()]


def test_what_is_given_meanwhile_makes_no_archive_wrong(
    settings: Settings, serve: Serve, new_reader: Callable[[httpx.Client], dict[str, str]], tmp_path: Path
) -> None:
    enough = threading.Event()

    def give(client: httpx.Client) -> None:
        while not enough.is_set():
            client.put("/api/heart", params={"path": A}, json={"on": True}, headers=new_reader(client))

    with serve(settings) as client:
        client.get("/readyz")
        giving = threading.Thread(target=give, args=[client])
        giving.start()
        for number in range(5):
            file, other = tmp_path / "backup.zip", f"sqlite:///{tmp_path / f'copy-{number}.sqlite3'}"
            commands.export(settings.database, file)
            commands.take_over(other, file)  # which counts everything anew
        enough.set()
        giving.join()


def test_where_nothing_can_be_written_an_older_archive_stays(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.sqlite3'}"
    asyncio.run(fill(url))
    with pytest.raises(ReaderlyError, match="could not be written: No such file or directory"):
        commands.export(url, tmp_path / "no" / "such" / "folder.zip")
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(ReaderlyError, match="could not be written: Is a directory"):
        commands.export(url, tmp_path / "folder.zip")
    assert sorted(tmp_path.glob("*.part")) == []
