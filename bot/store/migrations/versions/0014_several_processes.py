"""Several processes: which run now, which shards each runs, what each is sending, and pictures for all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables, and add the columns."""
    op.create_table(
        "processes",
        sa.Column("name", sa.String(63), nullable=False),
        sa.Column("bot", sa.BigInteger, nullable=False),
        sa.Column("wants", sa.String(16), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_processes"),
    )
    op.create_table(
        "shards",
        sa.Column("shard", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("process", sa.String(63), nullable=False),
        sa.ForeignKeyConstraint(
            ["process"], ["processes.name"], name="fk_shards_process_processes", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("shard", name="pk_shards"),
    )
    op.create_table(
        "pictures",
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("file", name="pk_pictures"),
    )
    op.create_table(
        "versions",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_versions"),
    )
    op.add_column("reminders", sa.Column("sender", sa.String(63)))
    op.add_column("wanted", sa.Column("sender", sa.String(63)))
    op.add_column("inquiries", sa.Column("sender", sa.String(63)))
    op.add_column("proposals", sa.Column("sender", sa.String(63)))
