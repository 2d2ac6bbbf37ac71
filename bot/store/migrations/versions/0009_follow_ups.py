"""The earlier question, if a question is a follow-up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column."""
    op.add_column("questions", sa.Column("follows", sa.String(500), nullable=False, server_default=sa.text("''")))
