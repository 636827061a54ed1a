"""All that the service keeps, in one file: written while it runs, checked before anything of it is taken over."""

import hashlib
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

from readerly_site.errors import ReaderlyError

from .schema import aliases, days, hearts, pages, views
from .verify import verify

TABLES: tuple[Table, ...] = (pages, hearts, views, days, aliases)
"""In the order in which they can be filled: what others refer to comes first."""

FORM = "readerly service archive 1"
MANIFEST = "manifest.json"

AT_ONCE = 1_000
"""Rows in one statement."""


def write(connection: Connection, file: Path) -> int:
    """Write every row into ``file``, in the one state that the transaction sees; return how many there are.

    The file appears when it is complete, and then replaces an older one. Raises `ReaderlyError` when it cannot be
    written.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    draft = file.with_name(f"{file.name}.part")
    manifest: dict[str, Any] = {"form": FORM, "tables": {}}
    rows = 0
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in TABLES:
                digest, number = hashlib.sha256(), 0
                with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
                    for row in connection.execute(select(table).order_by(*table.primary_key)):
                        line = json.dumps(list(row), ensure_ascii=False).encode() + b"\n"
                        digest.update(line)
                        member.write(line)
                        number += 1
                columns = [column.name for column in table.columns]
                manifest["tables"][table.name] = {"columns": columns, "rows": number, "sha256": digest.hexdigest()}
                rows += number
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        draft.replace(file)
    except OSError as error:
        raise ReaderlyError(f"The archive could not be written: {error.strerror}.", file) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return rows


def read(connection: Connection, file: Path) -> int:
    """Fill the empty database behind ``connection`` from ``file``; return the number of rows.

    Raises `ReaderlyError`, and the transaction has to be given up, when the file is not whole, when its counts are not
    what its rows add up to, or when there is something in the database already.
    """
    for table in TABLES:
        if connection.execute(select(table).limit(1)).first():
            raise ReaderlyError("The database is not empty; an archive is only read into a new one.")
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["form"] != FORM:
                raise ReaderlyError(f"This archive is of another form: {manifest['form']!r}.", file)
            rows = sum(_fill(connection, table, archive, manifest["tables"][table.name], file) for table in TABLES)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        raise ReaderlyError(f"This is not a whole archive of the service: {error}.", file) from error
    if wrong := verify(connection):
        raise ReaderlyError(f"The archive's counts are not what its rows add up to: {wrong[0]}.", file)
    return rows


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile, told: Any, file: Path) -> int:
    digest, number, some = hashlib.sha256(), 0, list[dict[str, Any]]()
    with archive.open(f"{table.name}.jsonl") as member:
        for line in member:
            digest.update(line)
            some.append(dict(zip(told["columns"], json.loads(line), strict=True)))
            number += 1
            if len(some) == AT_ONCE:
                connection.execute(insert(table), some)
                some = []
    if some:
        connection.execute(insert(table), some)
    if (number, digest.hexdigest()) != (told["rows"], told["sha256"]):
        raise ReaderlyError(f"The archive is damaged: {table.name} is not what was written.", file)
    return number
