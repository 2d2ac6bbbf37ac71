"""The inbox of moderators, how many members asked a question, and what moderators ask back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("server", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True)),
        sa.Column("channel", sa.BigInteger),
        sa.Column("post", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("shown", sa.String(32), nullable=False),
        sa.Column("moderator", sa.BigInteger),
        sa.Column("deed", sa.String(8), nullable=False),
        sa.Column("deed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("server", "kind", "item", name="uq_inbox_server_kind_item"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "askers",
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("asker", sa.String(32), nullable=False),
        sa.Column("about", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["question"], ["questions.id"], name="fk_askers_question_questions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question", "asker", name="pk_askers"),
    )
    op.create_index("ix_askers_about", "askers", ["about"])
    op.create_table(
        "inquiries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("learner", sa.BigInteger),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("reply", sa.String(500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(
            ["question"], ["questions.id"], name="fk_inquiries_question_questions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inquiries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inquiries_question", "inquiries", ["question"])
