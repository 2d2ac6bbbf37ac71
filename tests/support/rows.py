"""Rows as the store keeps them."""

from __future__ import annotations

from bot.store.drafts import StoredDraft
from bot.store.revisions import Revision
from tests.support.moments import MIA, NOW, TOM

DRAFT = StoredDraft(
    moderator=MIA,
    server=TOM,
    kind="edit",
    file="venv.yaml",
    item_id="what-is-a-venv",
    fields='{"answer": "\\u0000"}',
    base="0" * 64,
    begun="{}",
    updated_at=NOW,
    reason="why",
)
TEXT = "lesson: é 😀\r\nentries: []\n\n"
EDIT = Revision(
    "venv.yaml",
    "edit",
    TEXT,
    TEXT + "# more\n",
    NOW,
    item_id="what-is-a-venv",
    author=MIA,
    author_name="Mia 😀",
    reason="it was wrong",
    state="pending",
    draft=3,
)
