"""Days of which only the counts are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Leave all days open; the service closes those that are old enough."""
    op.add_column("days", sa.Column("closed", sa.Boolean, nullable=False, server_default=sa.false()))
