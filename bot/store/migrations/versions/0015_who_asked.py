"""Whether a member who waits for an answer asked the question themselves; not known for older rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column."""
    op.add_column("wanted", sa.Column("asked", sa.Boolean, nullable=False, server_default=sa.false()))
