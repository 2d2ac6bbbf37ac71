"""When the bot last ran, and since when its clock has been steady; when to try again to send a reminder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table, and add the column."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("steady_since", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clock"),
    )
    op.add_column("reminders", sa.Column("again_at", moment))
