"""Members who want to be notified of an answer, on both databases."""

from __future__ import annotations

import asyncio

from bot.store.store import Store
from bot.store.subscriptions import Subscription
from tests.support.moments import MIA, NOW, TOM
from tests.support.stored import HERE, everything


async def test_who_wants_to_be_told_is_known_until_then(store):
    """They subscribe, are notified once, and the subscription is deleted."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    assert await store.subscriptions.subscribe(id_, MIA)
    assert await store.subscriptions.subscribe(id_, MIA), "twice is once"
    assert await store.subscriptions.subscribe(id_, TOM)
    assert await store.subscriptions.unsubscribe(id_, TOM)
    assert not await store.subscriptions.unsubscribe(id_, TOM)
    assert str(TOM) not in await everything(store)
    assert await store.subscriptions.of_questions([id_]) == [Subscription(id_, MIA, HERE, "")]
    assert await store.subscriptions.due() == []
    await store.questions.resolve([id_], "answered", "3/new-entry")
    assert await store.subscriptions.due() == [Subscription(id_, MIA, HERE, "new-entry")]
    assert not await store.subscriptions.subscribe(id_, TOM), "there is an answer"
    await store.subscriptions.delete([id_], MIA)
    assert str(MIA) not in await everything(store)
    assert not await store.subscriptions.subscribe(id_ + 1, MIA), "no such question"


async def test_only_one_process_tells(store, url):
    """However many processes try."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.subscriptions.subscribe(id_, MIA)
    await store.questions.resolve([id_], "answered", "3/new-entry")
    other = await Store.open(url)
    claims = await asyncio.gather(*(each.subscriptions.claim(id_, MIA) for each in [store, other] * 5))
    await other.close()
    assert sorted(claims) == [False] * 9 + [True]
    assert await store.subscriptions.of_questions([id_]) == []
    assert await store.subscriptions.unfinished() == [Subscription(id_, MIA, HERE, "new-entry")]
    await store.subscriptions.release(id_, MIA)
    assert await store.subscriptions.of_questions([id_]) == [Subscription(id_, MIA, HERE, "new-entry")]


async def test_nobody_is_told_of_an_answer_that_is_not_there(store):
    """Neither before there is an answer, nor after it was ignored or undone."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.subscriptions.subscribe(id_, MIA)
    assert not await store.subscriptions.claim(id_, MIA)
    await store.questions.resolve([id_], "ignored", str(id_))
    assert not await store.subscriptions.claim(id_, MIA)
    assert await store.subscriptions.of_questions([id_]) == [Subscription(id_, MIA, HERE, "")]
    assert await store.subscriptions.due() == []
