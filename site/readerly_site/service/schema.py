"""The tables. Every key starts with the page, so that the data can be spread over machines by page."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()

pages = Table(
    "pages",
    metadata,
    Column("page", String, primary_key=True),
    Column("hearts", Integer, nullable=False, server_default="0"),
    Column("views", Integer, nullable=False, server_default="0"),
    CheckConstraint("hearts >= 0 AND views >= 0", name="counts_are_not_negative"),
)
"""One row per page that has had a heart or a view. The counts always equal the number of rows below: both change
in one transaction."""


def _per_reader(name: str) -> Table:
    # WITHOUT ROWID: the primary key is the table, so one write touches one B-tree and a page's rows lie together.
    return Table(
        name,
        metadata,
        Column("page", String, ForeignKey("pages.page"), primary_key=True),
        Column("reader", String, primary_key=True),
        sqlite_with_rowid=False,
    )


hearts = _per_reader("hearts")
"""One row per page and reader whose heart is on."""

views = _per_reader("views")
"""One row per page and reader who has opened it."""
