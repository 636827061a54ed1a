"""The tables. Every key starts with the page, so that the data can be spread over machines by page.

They are made and changed by `readerly_site.service.migrations`; a test compares the two.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, String, Table, false

metadata = MetaData()

pages = Table(
    "pages",
    metadata,
    Column("page", String, primary_key=True),
    Column("hearts", Integer, nullable=False, server_default="0"),
    Column("views", Integer, nullable=False, server_default="0"),
    Column("finished", Integer, nullable=False, server_default="0"),
    CheckConstraint("hearts >= 0 AND views >= 0", name="counts_are_not_negative"),
)
"""One row per page that has had a heart or a view. The counts always equal what the rows below add up to: both change
in one transaction."""


def _page() -> Column[str]:
    return Column("page", String, ForeignKey("pages.page"), primary_key=True)


# WITHOUT ROWID: the primary key is the table, so one write touches one B-tree and a page's rows lie together.
hearts = Table(
    "hearts",
    metadata,
    _page(),
    Column("reader", String, primary_key=True),
    Column("day", Integer, nullable=False, server_default="0"),
    Column("held", String),
    Index("hearts_by_reader", "reader"),
    sqlite_with_rowid=False,
)
"""One row per page and reader whose heart is on, with the day it was given. Where ``held`` names a burst, the heart
waits for the operator and is not counted."""

views = Table(
    "views",
    metadata,
    _page(),
    Column("reader", String, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("finished", Boolean, nullable=False, server_default=false()),
    Index("views_by_reader", "reader"),
    sqlite_with_rowid=False,
)
"""One row per page, reader and day on which they opened it, and whether they read it to its end that day."""

days = Table(
    "days",
    metadata,
    _page(),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("hearts", Integer, nullable=False, server_default="0"),
    Column("views", Integer, nullable=False, server_default="0"),
    Column("finished", Integer, nullable=False, server_default="0"),
    Column("closed", Boolean, nullable=False, server_default=false()),
    sqlite_with_rowid=False,
)
"""What the rows of one page and day add up to. A day is counted from 1970-01-01 in UTC; day 0 holds what is older than
the keeping of days. When a day is ``closed``, who read on it is no longer known: its views and finished reads have no
rows any more, and stay as they are."""

aliases = Table(
    "aliases",
    metadata,
    Column("page", String, primary_key=True),
    Column("target", String, nullable=False),
)
"""Pages that have moved, and where their hearts and views are now. A target is never itself an alias."""

COUNTED = ("hearts", "views", "finished")
"""The counts that `pages` and `days` keep."""
