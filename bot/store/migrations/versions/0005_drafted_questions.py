"""Several drafts may answer one question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table, and fill it from `settled_by`, which named the draft of a question not settled yet."""
    op.create_table(
        "draft_questions",
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("draft", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("question", "draft", name="pk_draft_questions"),
        sa.ForeignKeyConstraint(
            ["question"], ["questions.id"], name="fk_draft_questions_question_questions", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_draft_questions_draft", "draft_questions", ["draft"])
    op.execute(
        "INSERT INTO draft_questions (question, draft) "
        "SELECT id, CAST(substr(settled_by, 7) AS INTEGER) FROM questions WHERE settled_by LIKE 'draft/%'"
    )
    op.execute("UPDATE questions SET settled_by = '' WHERE settled_by LIKE 'draft/%'")
