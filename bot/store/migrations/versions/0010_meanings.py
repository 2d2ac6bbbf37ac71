"""The meanings of questions, as members showed them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "meanings",
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("passage", sa.String(65), nullable=False),
        sa.Column("voter", sa.String(32), nullable=False),
        sa.Column("meant", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["question"], ["questions.id"], name="fk_meanings_question_questions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question", "passage", "voter", name="pk_meanings"),
    )
    op.create_index("ix_meanings_passage", "meanings", ["passage"])
