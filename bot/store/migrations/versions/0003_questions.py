"""What members asked, what came of it, and who wants to be notified of an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("server", sa.BigInteger, nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("context", sa.String(500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(65), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("taken", sa.String(65), nullable=False),
        sa.Column("found", sa.String(65), nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("settled", sa.String(8), nullable=False),
        sa.Column("settled_by", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])
    op.create_index("ix_questions_settled_by", "questions", ["settled_by"])
    op.create_table(
        "wanted",
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("learner", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("question", "learner", name="pk_wanted"),
        sa.ForeignKeyConstraint(
            ["question"], ["questions.id"], name="fk_wanted_question_questions", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_wanted_learner", "wanted", ["learner"])
    op.create_table(
        "votes",
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("voter", sa.String(32), nullable=False),
        sa.Column("helped", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("question", "voter", name="pk_votes"),
        sa.ForeignKeyConstraint(
            ["question"], ["questions.id"], name="fk_votes_question_questions", ondelete="CASCADE"
        ),
    )
