"""Hearts and views, one row for each reader and page."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables, unless a release that knew no migrations made them."""
    if sa.inspect(op.get_bind()).has_table("pages"):
        return
    op.create_table(
        "pages",
        sa.Column("page", sa.String, primary_key=True),
        sa.Column("hearts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("views", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint("hearts >= 0 AND views >= 0", name="counts_are_not_negative"),
    )
    for name in ("hearts", "views"):
        op.create_table(
            name,
            sa.Column("page", sa.String, sa.ForeignKey("pages.page"), primary_key=True),
            sa.Column("reader", sa.String, primary_key=True),
            sqlite_with_rowid=False,
        )
