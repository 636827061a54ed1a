"""Views once a day, finished reads, hearts that are held back, what happened by day, and pages that have moved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Keep every row: what was counted before days were kept belongs to day 0."""
    op.execute("ALTER TABLE pages ADD COLUMN finished INTEGER NOT NULL DEFAULT 0 CHECK (finished >= 0)")
    op.add_column("hearts", sa.Column("day", sa.Integer, nullable=False, server_default="0"))
    op.add_column("hearts", sa.Column("held", sa.String))
    op.create_index("hearts_by_reader", "hearts", ["reader"])
    op.rename_table("views", "views_before_days")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX views_pkey RENAME TO views_before_days_pkey")
    op.create_table(
        "views",
        sa.Column("page", sa.String, sa.ForeignKey("pages.page"), primary_key=True),
        sa.Column("reader", sa.String, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("finished", sa.Boolean, nullable=False, server_default=sa.false()),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO views (page, reader, day) SELECT page, reader, 0 FROM views_before_days")
    op.drop_table("views_before_days")
    op.create_index("views_by_reader", "views", ["reader"])
    op.create_table(
        "days",
        sa.Column("page", sa.String, sa.ForeignKey("pages.page"), primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hearts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("views", sa.Integer, nullable=False, server_default="0"),
        sa.Column("finished", sa.Integer, nullable=False, server_default="0"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO days (page, day, hearts, views) SELECT page, 0, hearts, views FROM pages")
    op.create_table(
        "aliases",
        sa.Column("page", sa.String, primary_key=True),
        sa.Column("target", sa.String, nullable=False),
    )
