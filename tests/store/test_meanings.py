"""What members showed questions to mean, on both databases: different members are counted, and none is known."""

from __future__ import annotations

from sqlalchemy import text

from bot.store.store import Store
from tests.support.moments import MIA, NOW, TOM
from tests.support.stored import HERE, everything


async def test_a_member_counts_once_for_an_entry_in_however_many_questions(store: Store):
    """Their mark is the same for one entry, and differs between entries; their latest opinion counts."""
    first, second = [await store.questions.log(HERE, "q", NOW, "suggestions") for _ in range(2)]
    for question in (first, second):
        await store.meanings.show(question, MIA, "a", meant=True)
    await store.meanings.show(first, TOM, "a", meant=True)
    await store.meanings.show(first, TOM, "a", meant=False)
    await store.meanings.show(first, MIA, "b", meant=True)
    found = await store.meanings.of([first, second])
    of_a = [each for each in found if each.passage == "a"]
    assert len({each.voter for each in of_a if each.meant}) == 1
    assert len({each.voter for each in of_a}) == 2
    assert len({each.voter for each in found}) == 3, "nobody sees that Mia meant both"
    assert str(MIA) not in await everything(store)


async def test_a_member_is_forgotten_and_a_question_takes_all_with_it(store: Store):
    """Nothing leads to anybody any more."""
    id_ = await store.questions.log(HERE, "q", NOW, "suggestions")
    for member in (MIA, TOM):
        await store.meanings.show(id_, member, "a", meant=True)
    assert (await store.forget(MIA)).questions == 1
    assert len(await store.meanings.of([id_])) == 1
    await store.questions.purge(NOW.replace(year=2027))
    async with store._database.reading.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM meanings"))).scalar_one() == 0
    await store.meanings.show(id_, MIA, "a", meant=True)
    assert await store.meanings.of([id_]) == []


async def test_what_led_to_an_entry_is_told_with_how_often_it_helped(store: Store):
    """Questions that the entry answered, or was a suggestion for: each text once, the latest first."""
    ids = [await store.questions.log(HERE, said, NOW, "answer", "a") for said in ("q", "r", "q")]
    taken = await store.questions.log(HERE, "s", NOW, "suggestions")
    await store.questions.take(taken, "a")
    await store.questions.log(HERE, "t", NOW, "answer", "b")
    await store.votes.cast(ids[0], MIA, "a", helped=True)
    await store.votes.cast(ids[2], TOM, "a", helped=False)
    asked = await store.usage.asked_of("a")
    assert asked.texts == (("s", 1, taken), ("q", 2, ids[2]), ("r", 1, ids[1]))
    assert (asked.helped, asked.not_helped) == (1, 1)
    assert (await store.usage.asked_of("c")).texts == ()
