"""Whether nothing was typed into a draft since its form was opened."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column, and read from each draft what it says."""
    op.add_column("drafts", sa.Column("untouched", sa.Boolean, nullable=False, server_default=sa.false()))
    drafts = sa.table("drafts", *map(sa.column, ("id", "kind", "fields", "begun", "reason", "untouched")))
    connection = op.get_bind()
    for id_, kind, fields, begun, reason, __ in connection.execute(sa.select(drafts)).all():
        if kind not in ("move", "merge") and not reason and _typed(fields) == _typed(begun):
            connection.execute(drafts.update().where(drafts.c.id == id_).values(untouched=sa.true()))


def _typed(texts: str) -> dict[str, str]:
    """The texts of the form that are not empty."""
    return {field: text for field, text in json.loads(texts).items() if text and not field.startswith("+")}
