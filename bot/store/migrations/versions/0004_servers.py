"""The settings of each server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "servers",
        sa.Column("server", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("choices", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("server", name="pk_servers"),
    )
