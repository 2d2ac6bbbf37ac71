"""Votes on answers, on both databases: each member counts once and stays anonymous."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import event, text

from bot.store.store import Store
from tests.support.moments import MIA, NOW, TOM
from tests.support.stored import HERE, SOON, everything


async def test_votes_count_once_a_member_and_the_latest_counts(store):
    """Nobody can vote twice, and everybody can change their vote."""
    id_ = await store.questions.log(HERE, "q", NOW, "answer", "a")
    for helped in (True, True, False, True):
        assert await store.votes.cast(id_, MIA, "a", helped=helped)
    assert (await store.questions.find(id_)).outcome == "helped"
    await store.votes.cast(id_, TOM, "a", helped=False)
    assert (await store.questions.find(id_)).outcome == "not", "in doubt, a moderator has a look"
    await store.votes.cast(id_, TOM + 1, "a", helped=True)
    assert (await store.questions.find(id_)).outcome == "helped"
    (week,) = await store.usage.weeks(SOON, 1)
    assert (week.helped, week.not_helped) == (2, 1)


async def test_a_suggestion_that_was_taken_and_wrong_is_not_what_was_meant(store):
    """Moderators see it proposed only as long as most members say that it helped."""
    id_ = await store.questions.log(HERE, "q", NOW, "suggestions")
    await store.questions.take(id_, "a")
    await store.votes.cast(id_, MIA, "b", helped=False)
    assert (await store.questions.find(id_)).taken == "a", "another one was wrong"
    for voter in (TOM, TOM + 1, TOM + 2):
        await store.votes.cast(id_, voter, "a", helped=True)
    await store.votes.cast(id_, MIA, "a", helped=False)
    assert (await store.questions.find(id_)).taken == "a"
    await store.votes.cast(id_, TOM, "a", helped=False)
    kept = await store.questions.find(id_)
    assert (kept.outcome, kept.taken) == ("not", "")


async def test_another_entry_that_helps_leaves_a_wrong_answer_wrong(store):
    """Moderators have to see that a question finds what its member did not mean."""
    id_ = await store.questions.log(HERE, "q", NOW, "answer", "a")
    await store.votes.cast(id_, MIA, "a", helped=False)
    assert await store.votes.cast(id_, MIA, "b", helped=True)
    assert (await store.questions.find(id_)).outcome == "not"


async def test_one_vote_against_many_opens_no_answered_question_again(store):
    """In doubt, moderators look at it once more; not where most members say that their answer helped."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.questions.resolve([id_], "answered", "1/a")
    for voter in (MIA, TOM):
        await store.votes.cast(id_, voter, "a", helped=True)
    await store.votes.cast(id_, TOM + 1, "a", helped=False)
    kept = await store.questions.find(id_)
    assert (kept.outcome, kept.resolved) == ("helped", "answered")
    await store.votes.cast(id_, TOM, "a", helped=False)
    kept = await store.questions.find(id_)
    assert (kept.outcome, kept.resolved) == ("not", "")


async def test_a_vote_on_a_question_that_is_gone_is_not_kept(store):
    """An old button may belong to a deleted question."""
    assert not await store.votes.cast(99, MIA, "a", helped=True)


async def test_votes_at_once_are_all_counted(store):
    """A whole class votes in the same second."""
    id_ = await store.questions.log(HERE, "q", NOW, "answer", "a")
    await asyncio.gather(*(store.votes.cast(id_, MIA - n, "a", helped=n % 3 == 0) for n in range(30)))
    assert (await store.questions.find(id_)).outcome == "not"
    (week,) = await store.usage.weeks(SOON, 1)
    assert (week.helped, week.not_helped) == (10, 20)


async def test_no_vote_says_whose_it_is(store, url):
    """The mark needs a key that is not in the database, and differs for each question."""
    first = await store.questions.log(HERE, "q", NOW, "answer", "a")
    second = await store.questions.log(HERE, "q", NOW, "answer", "a")
    for id_ in (first, second):
        await store.votes.cast(id_, MIA, "a", helped=True)
    held = await everything(store)
    assert str(MIA) not in held
    other = await Store.open(url)
    other.votes.use_key(b"another")
    assert (await other.forget(MIA)).questions == 0, "without the key nobody finds them"
    await other.close()
    async with store._database.reading.connect() as connection:
        marks = (await connection.execute(text("SELECT voter FROM votes"))).scalars().all()
    assert len(set(marks)) == 2


async def test_forgetting_asks_the_database_as_often_for_many_rows_as_for_few(store):
    """With one statement for each question of a large server, one member who forgets kept everybody waiting."""
    statements: list[str] = []

    def note(*about: Any) -> None:
        statements.append(about[2])

    event.listen(store._database.writing.engine.sync_engine, "before_cursor_execute", note)

    async def forget_after(rated: int) -> int:
        for n in range(rated):
            id_ = await store.questions.log(HERE, "q", NOW, "answer", f"entry-{n}")
            await store.votes.cast(id_, MIA, f"entry-{n}", helped=True)
            for member in (MIA, TOM):
                await store.meanings.show(id_, member, f"entry-{n}", meant=True)
                await store.askers.add(id_, member, id_)
        statements.clear()
        assert (await store.forget(MIA)).questions == rated
        return len(statements)

    few = await forget_after(2)
    assert await forget_after(40) == few
    assert len((await store.data_of(TOM))["meanings"]) == 42, "others keep theirs"
