"""The servers whose moderators may change the lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "homes",
        sa.Column("server", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("server", name="pk_homes"),
    )
