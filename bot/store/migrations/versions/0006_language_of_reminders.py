"""In which language a learner asked to be reminded; until now, that was English."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column."""
    op.add_column("reminders", sa.Column("language", sa.String(16), nullable=False, server_default="en"))
