"""Drafts, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.store.drafts import LEFT_AFTER, UNTOUCHED_LEFT_AFTER
from tests.support.moments import DAY, MIA, NOW, TOM
from tests.support.rows import DRAFT, EDIT
from tests.support.stored import HERE


async def test_a_draft_is_kept_until_it_is_removed(store):
    """Its texts stay as they were typed; the latest draft comes first."""
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
    """If the bot is killed, a published draft is never left to be published again."""
    draft = await store.drafts.save(DRAFT)
    other = await store.drafts.save(DRAFT)
    (revision,) = await store.revisions.add([replace(EDIT, draft=draft.id)])
    assert await store.drafts.find(draft.id) == draft
    await store.revisions.commit(revision.id)
    assert await store.drafts.of(MIA) == [other]


async def test_a_draft_that_is_touched_in_the_moment_is_not_removed(store):
    """A draft that is saved at the moment of its deletion is kept."""
    old = await store.drafts.save(DRAFT)
    touched = await store.drafts.save(replace(old, updated_at=NOW + DAY))
    assert await store.drafts.remove(old.id, old.updated_at) is None
    assert await store.drafts.find(old.id) == touched
    assert await store.drafts.remove(old.id, touched.updated_at) == touched
    assert await store.drafts.remove(old.id) is None


async def test_a_draft_that_was_left_is_no_work_under_way(store):
    """After an hour if nothing was typed, else after a day: neither itself, nor for the miss it is to answer."""
    typed = await store.drafts.save(DRAFT)
    opened = await store.drafts.save(replace(DRAFT, moderator=TOM, untouched=True))
    miss = await store.questions.log(HERE, "q", NOW, "unknown")
    for each in (typed, opened):
        await store.draft_misses.add([miss], each.id)
    ids, moment = [typed.id, opened.id, opened.id + 1], timedelta(seconds=1)
    for later, works in (
        (UNTOUCHED_LEFT_AFTER - moment, {typed.id: MIA, opened.id: TOM}),
        (UNTOUCHED_LEFT_AFTER, {typed.id: MIA}),
        (LEFT_AFTER - moment, {typed.id: MIA}),
        (LEFT_AFTER, {}),
    ):
        assert await store.drafts.under_way(ids, NOW + later) == works
        of_miss = {(miss, moderator) for moderator in works.values()}
        assert await store.draft_misses.under_way([miss], NOW + later) == of_miss


async def test_what_nobody_touched_is_found_by_its_age(store):
    """The oldest draft comes first."""
    assert not await store.drafts.any()
    new = await store.drafts.save(replace(DRAFT, updated_at=NOW + DAY))
    old = await store.drafts.save(DRAFT)
    assert await store.drafts.idle(NOW + DAY) == [old, new]
    assert await store.drafts.idle(NOW + DAY / 2) == [old]
    assert await store.drafts.idle(NOW - DAY) == []
    assert await store.drafts.any()


async def test_who_names_a_file_is_found_word_by_word(store):
    """In the new and in the old texts; `_` and `%` in a name are ordinary characters."""
    await store.drafts.save(
        replace(DRAFT, fields='{"image": "images/a_b.png"}', begun='{"image": "images/c.png"}')
    )
    for name in ("a_b.png", "images/c.png"):
        assert await store.drafts.mention(name)
    for name in ("aXb.png", "a%b.png", "d.png"):
        assert not await store.drafts.mention(name)
    await store.revisions.add([replace(EDIT, before=None, after="image: {file: images/a_b.png}")])
    await store.revisions.add([replace(EDIT, before="images/c.png", after=None)])
    for name in ("a_b.png", "images/c.png"):
        assert await store.revisions.mention(name)
    assert not await store.revisions.mention("aXb.png")


async def test_an_undone_revision_is_known(store):
    """Only once its undo is published."""
    (edit,) = await store.revisions.add([EDIT])
    (undo,) = await store.revisions.add([replace(EDIT, kind="undo", undoes=edit.id)])
    assert not await store.revisions.is_undone(edit.id)
    await store.revisions.commit(undo.id)
    assert await store.revisions.is_undone(edit.id)
    assert not await store.revisions.is_undone(undo.id)
