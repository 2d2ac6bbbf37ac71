"""Misses that drafts answer, on both databases: resolved when one is published, open again when it is undone."""

from __future__ import annotations

from dataclasses import replace

from bot.store.store import Store
from tests.support.moments import MIA, NOW
from tests.support.rows import DRAFT, EDIT
from tests.support.stored import HERE, SOON, everything, misses


async def missed(store: Store, number: int = 1) -> list[int]:
    return [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(number)]


async def publish(store: Store, draft: int | None, undoes: int | None = None) -> int:
    """As the curator does it; the revision's id."""
    (revision,) = await store.revisions.add([replace(EDIT, draft=draft, undoes=undoes, item_id="new-entry")])
    await store.revisions.commit(revision.id)
    return revision.id


async def test_a_published_draft_settles_what_it_was_begun_for(store):
    """No other miss is resolved; a member who says that it did not help reopens it."""
    first, second, other = await missed(store, 3)
    await store.draft_misses.add([first, second], 12)
    await store.draft_misses.add([other], 1)
    assert await misses(store) == ["q2", "q1", "q0"], "a draft is no answer yet"
    revision = await publish(store, 12)
    assert await misses(store) == ["q2"]
    assert (await store.questions.find(first)).resolved_by == f"{revision}/new-entry"
    await store.votes.cast(first, MIA, "new-entry", helped=False)
    assert await misses(store) == ["q2", "q0"]
    await store.revisions.commit(revision)
    assert await misses(store) == ["q2", "q0"], "a process that recovers says it once more, and changes nothing"


async def test_of_two_drafts_the_one_published_first_settles_it(store):
    """If two moderators answer one question, the first publish resolves it."""
    for published_first in (1, 2):
        (id_,) = await missed(store)
        for draft in (1, 2):
            await store.draft_misses.add([id_], draft + 10 * published_first)
        revision = await publish(store, published_first + 10 * published_first)
        assert (await store.questions.find(id_)).resolved_by == f"{revision}/new-entry"
        await publish(store, 3 - published_first + 10 * published_first)
        assert (await store.questions.find(id_)).resolved_by == f"{revision}/new-entry"


async def test_a_draft_may_be_begun_twice_for_the_same(store):
    """Its form was closed and opened again, with one more question."""
    ids = await missed(store, 2)
    await store.draft_misses.add(ids[:1], 5)
    await store.draft_misses.add(ids, 5)
    await publish(store, 5)
    assert await misses(store) == []


async def test_a_draft_that_is_gone_leaves_the_miss_as_it_was(store):
    """If it is discarded or expires, somebody else can answer the miss."""
    (id_,) = await missed(store)
    before = await store.questions.find(id_)
    draft = await store.drafts.save(DRAFT)
    await store.draft_misses.add([id_], draft.id)
    assert await store.draft_misses.under_way([id_], NOW) == {(id_, MIA)}
    await store.drafts.remove(draft.id)
    assert not await store.draft_misses.under_way([id_], NOW)
    assert await store.questions.find(id_) == before
    assert await misses(store) == ["q0"]


async def test_a_miss_that_was_ignored_while_its_answer_was_written_is_answered(store):
    """Whoever was promised a notification gets it."""
    (id_,) = await missed(store)
    await store.subscriptions.subscribe(id_, MIA)
    await store.draft_misses.add([id_], 12)
    await store.questions.resolve([id_], "ignored", str(id_))
    await publish(store, 12)
    assert [each.passage for each in await store.subscriptions.due()] == ["new-entry"]


async def test_an_undone_answer_is_a_miss_again_and_redone_it_is_none(store):
    """Undo, undo the undo, and undo again from an old card. What was ignored meanwhile is answered, too."""
    first, ignored, other = await missed(store, 3)
    await store.draft_misses.add([first, ignored], 12)
    await store.subscriptions.subscribe(first, MIA)
    answered = await publish(store, 12)
    undone = await publish(store, 13, undoes=answered)
    assert await misses(store) == ["q2", "q1", "q0"]
    assert await store.subscriptions.due() == [], "it is gone"
    assert not await store.subscriptions.claim(first, MIA)
    await store.questions.resolve([ignored], "ignored", str(ignored))
    await publish(store, 14, undoes=undone)
    assert await misses(store) == ["q2"]
    assert [each.passage for each in await store.subscriptions.due()] == ["new-entry"]
    assert (await store.questions.find(ignored)).resolved == "answered"
    await publish(store, 15, undoes=answered)
    assert await misses(store) == ["q2", "q1", "q0"]
    assert (await store.questions.find(other)).resolved_by == ""


async def test_an_undone_answer_that_had_helped_is_a_miss_again(store):
    """Votes for the undone answer do not hide the miss."""
    unknown, untaken, taken, wrong = [
        await store.questions.log(HERE, reply, NOW, reply)
        for reply in ("unknown", "suggestions", "suggestions", "answer")
    ]
    await store.questions.take(taken, "b")
    for id_ in (taken, wrong):
        await store.votes.cast(id_, MIA, "a", helped=False)
    ids = [unknown, untaken, taken, wrong]
    before = await misses(store)
    await store.draft_misses.add(ids, 12)
    answered = await publish(store, 12)
    for id_ in ids:
        await store.votes.cast(id_, MIA, "new-entry", helped=True)
    await publish(store, 13, undoes=answered)
    assert await misses(store) == before
    assert len(before) == 4


async def test_what_undoes_an_import_changes_no_miss(store):
    """An import has no draft."""
    (id_,) = await missed(store)
    imported = await publish(store, None)
    await store.questions.resolve([id_], "answered", f"{imported}/new-entry")
    await publish(store, 13, undoes=imported)
    assert (await store.questions.find(id_)).resolved == "answered"


async def test_a_question_that_is_gone_can_be_drafted_for(store):
    """A question that was deleted just before the press causes no error."""
    (id_,) = await missed(store)
    await store.draft_misses.add([id_, id_ + 1], 12)
    await store.questions.purge(SOON)
    assert "(1, 12)" not in await everything(store)
    await publish(store, 12)
