"""What moderators have begun, on both databases."""

from __future__ import annotations

from dataclasses import replace

from bot.store.drafts import KeptDraft
from tests.store.moments import DAY, MIA, NOW, TOM
from tests.store.test_revisions import EDIT

DRAFT = KeptDraft(
    moderator=MIA,
    server=TOM,
    kind="edit",
    file="venv.yaml",
    part="what-is-a-venv",
    fields='{"answer": "\\u0000"}',
    base="0" * 64,
    begun="{}",
    updated_at=NOW,
    reason="why",
)


async def test_a_draft_is_kept_until_it_is_removed(store):
    """As it was typed; the one touched last comes first."""
    first = await store.drafts.save(DRAFT)
    second = await store.drafts.save(replace(DRAFT, updated_at=NOW + DAY, undoes=7))
    await store.drafts.save(replace(DRAFT, moderator=TOM))
    assert first == replace(DRAFT, id=first.id)
    assert await store.drafts.find(first.id) == first
    assert await store.drafts.of(MIA) == [second, first]
    changed = replace(first, fields='{"answer": "b"}', updated_at=NOW + 2 * DAY)
    assert await store.drafts.save(changed) == changed
    assert await store.drafts.of(MIA) == [changed, second]
    await store.drafts.remove(first.id)
    assert await store.drafts.find(first.id) is None
    assert await store.drafts.save(changed) is None, "what was discarded does not come back"
    assert await store.drafts.find(first.id) is None


async def test_a_published_draft_is_gone_in_the_same_stroke(store):
    """No kill leaves a draft that was published, to be published again."""
    draft = await store.drafts.save(DRAFT)
    other = await store.drafts.save(DRAFT)
    (revision,) = await store.revisions.add([replace(EDIT, draft=draft.id)])
    assert await store.drafts.find(draft.id) == draft
    await store.revisions.settle(revision.id)
    assert await store.drafts.of(MIA) == [other]
