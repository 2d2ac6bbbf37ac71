"""Changes of questions are counted on both databases, and no other changes are."""

from __future__ import annotations

from bot.store.proposals import Proposal
from bot.store.tables import questions as table
from tests.support.moments import MIA, NOW, TOM
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


async def test_a_statement_that_changes_no_row_is_no_change(store):
    """What deletes old data every day would wake up whoever waits for a change."""
    called: list[bool] = []
    store.proposals.after_changes(lambda: called.append(True))
    seen = store.proposals.changes
    await store.proposals.purge(NOW)
    assert (store.proposals.changes, called) == (seen, [])
    new = Proposal(server=HERE, kind="entry", question="q", answer="a", proposer=MIA, at=NOW)
    assert await store.proposals.add(new, 5)
    assert called == [True]
    assert not await store.proposals.withdraw(1, TOM)
    assert called == [True]
    assert await store.proposals.withdraw(1, MIA)
    assert called == [True, True]
