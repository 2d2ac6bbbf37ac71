"""Changes of questions are counted on both databases, and no other changes are."""

from __future__ import annotations

from bot.store.tables import questions as table
from tests.support.moments import MIA, NOW
from tests.support.stored import HERE


async def test_changes_of_questions_are_counted_and_others_are_not(store):
    """Cached results stay valid until a question changes."""
    questions = store.questions
    first = await questions.log(HERE, "q", NOW, "unknown")
    await questions.settle()
    seen = questions.changes
    await store.subscriptions.subscribe(first, MIA)
    await questions.misses(NOW)
    assert questions.changes == seen
    await store.votes.cast(first, MIA, "a", helped=False)
    assert questions.changes > seen
    seen = questions.changes
    await questions.resolve([first], "ignored", "1")
    assert questions.changes > seen


async def test_a_change_is_counted_once_it_can_be_read(store):
    """Otherwise, old rows could be cached as the new ones."""
    first = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.questions.settle()
    seen = store.questions.changes
    async with store._database.writing.begin() as connection:
        await connection.execute(table.update().where(table.c.id == first).values(text="another"))
        assert store.questions.changes == seen
    assert store.questions.changes == seen + 1
