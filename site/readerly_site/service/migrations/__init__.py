"""The database's tables, brought from each release's form to the next one's, by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

LOCK = 0x5EAD_E51F
"""The number of PostgreSQL's advisory lock that one process holds while it migrates and the others wait."""


def configuration() -> Config:
    """Return Alembic's configuration: where its scripts are, in this package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, inside the transaction that `connection` is in: all of it happens, or nothing.

    Safe for processes that start together. On SQLite the transaction already holds the one write lock there is, on
    PostgreSQL an advisory lock makes the others wait, and they then find nothing left to do.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = configuration()
    newest = ScriptDirectory.from_config(config).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
