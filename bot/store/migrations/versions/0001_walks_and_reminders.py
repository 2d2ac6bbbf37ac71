"""Walks, their marks, walks that a channel shares, and reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "walks",
        sa.Column("learner", sa.BigInteger, nullable=False),
        sa.Column("scenario", sa.String(32), nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("learner", "scenario", name="pk_walks"),
    )
    op.create_table(
        "marks",
        sa.Column("learner", sa.BigInteger, nullable=False),
        sa.Column("scenario", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("learner", "scenario", "kind", "item", name="pk_marks"),
    )
    op.create_table(
        "shared_walks",
        sa.Column("message", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("starter", sa.BigInteger, nullable=False),
        sa.Column("scenario", sa.String(32), nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message", name="pk_shared_walks"),
    )
    op.create_table(
        "shared_choices",
        sa.Column("message", sa.BigInteger, nullable=False),
        sa.Column("learner", sa.BigInteger, nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("choice", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("message", "learner", "about", name="pk_shared_choices"),
        sa.ForeignKeyConstraint(
            ["message"],
            ["shared_walks.message"],
            name="fk_shared_choices_message_shared_walks",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("learner", sa.BigInteger, nullable=False),
        sa.Column("scenario", sa.String(32), nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tried", sa.Text, server_default=sa.text("'[]'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint("learner", "scenario", "days", name="uq_reminders_learner_scenario_days"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_due", "reminders", ["due"])
