"""Who wants to be told of an answer, on both databases."""

from __future__ import annotations

import asyncio

from bot.store.store import Store
from bot.store.wishes import Waiting
from tests.support.moments import MIA, NOW, TOM
from tests.support.stored import HERE, everything


async def test_who_wants_to_be_told_is_known_until_then(store):
    """Opted in, told once, forgotten."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    assert await store.wishes.want(id_, MIA)
    assert await store.wishes.want(id_, MIA), "twice is once"
    assert await store.wishes.want(id_, TOM)
    assert await store.wishes.unwant(id_, TOM)
    assert not await store.wishes.unwant(id_, TOM)
    assert str(TOM) not in await everything(store)
    assert await store.wishes.waiting([id_]) == [Waiting(id_, MIA, HERE, "")]
    assert await store.wishes.untold() == []
    await store.questions.settle([id_], "answered", "3/new-entry")
    assert await store.wishes.untold() == [Waiting(id_, MIA, HERE, "new-entry")]
    assert not await store.wishes.want(id_, TOM), "there is an answer"
    await store.wishes.told([id_], MIA)
    assert str(MIA) not in await everything(store)
    assert not await store.wishes.want(id_ + 1, MIA), "no such question"


async def test_only_one_process_tells(store, url):
    """However many try."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.wishes.want(id_, MIA)
    await store.questions.settle([id_], "answered", "3/new-entry")
    other = await Store.open(url)
    claims = await asyncio.gather(*(each.wishes.claim(id_, MIA) for each in [store, other] * 5))
    await other.close()
    assert sorted(claims) == [False] * 9 + [True]
    assert await store.wishes.waiting([id_]) == []
    assert await store.wishes.unfinished() == [Waiting(id_, MIA, HERE, "new-entry")]
    await store.wishes.release(id_, MIA)
    assert await store.wishes.waiting([id_]) == [Waiting(id_, MIA, HERE, "new-entry")]


async def test_nobody_is_told_of_an_answer_that_is_not_there(store):
    """Not before there is one, nor once it is ignored or undone."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.wishes.want(id_, MIA)
    assert not await store.wishes.claim(id_, MIA)
    await store.questions.settle([id_], "ignored", str(id_))
    assert not await store.wishes.claim(id_, MIA)
    assert await store.wishes.waiting([id_]) == [Waiting(id_, MIA, HERE, "")]
    assert await store.wishes.untold() == []
