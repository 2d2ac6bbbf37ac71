"""The cards of the inbox and what moderators ask back, on both databases."""

from __future__ import annotations

import asyncio

from bot.store.store import Store
from tests.support.moments import MIA, NOW, TOM
from tests.support.stored import HERE, everything


async def test_a_card_is_sent_by_one_process_and_kept_where_it_is(store, url):
    """Whoever claims it first; a card that is known is not added again."""
    for _ in range(2):
        await store.inbox.add(HERE, "miss", ["1", "2"], NOW)
    first, second = await store.inbox.of(HERE)
    other = await Store.open(url)
    claims = await asyncio.gather(*(each.inbox.claim(first.id, 42) for each in [store, other] * 5))
    await other.close()
    assert sorted(claims) == [False] * 9 + [True]
    assert [each.id for each in await store.inbox.unfinished()] == [first.id]
    await store.inbox.place(first.id, 43, 44, "a digest")
    await store.inbox.confirm(first.id, NOW)
    kept = await store.inbox.find(first.id)
    assert (kept.state, kept.channel, kept.message, kept.post) == ("posted", 42, 43, 44)
    assert kept.shown == "a digest"
    assert await store.inbox.claim(second.id, 42)
    await store.inbox.release(second.id)
    assert (await store.inbox.find(second.id)).state == "waiting"
    await store.inbox.delete([first.id, second.id])
    assert await store.inbox.all() == []


async def test_what_a_moderator_did_is_on_the_cards_of_all_servers_until_they_are_forgotten(store):
    """And not on other items, such as a proposal with the id of a miss."""
    for server in (HERE, 7):
        await store.inbox.add(server, "miss", ["1", "2"], NOW)
    await store.inbox.add(HERE, "proposal", ["1", "2"], NOW)
    await store.inbox.note("miss", ["1"], "ignored", MIA, NOW)
    assert await store.inbox.take("miss", "2", TOM, None, NOW)
    assert not await store.inbox.take("miss", "2", MIA, None, NOW)
    assert {(each.kind, each.item, each.moderator, each.deed) for each in await store.inbox.all()} == {
        ("miss", "1", MIA, "ignored"),
        ("miss", "2", TOM, "taken"),
        ("proposal", "1", None, ""),
        ("proposal", "2", None, ""),
    }
    await store.inbox.undo("miss", ["1"], "taken")
    await store.inbox.undo("proposal", ["2"], "taken")
    assert {each.moderator for each in await store.inbox.all() if each.item == "2"} == {TOM, None}
    assert (await store.data_of(MIA))["inbox"]
    await store.forget(MIA)
    assert str(MIA) not in await everything(store)
    assert {each.moderator for each in await store.inbox.all()} == {None, TOM}


async def test_only_whoever_asked_a_question_gets_its_words(store):
    """Others may wait for its answer, too; of the past, nobody knows who asked."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    await store.subscriptions.subscribe(id_, MIA, asked=True)
    await store.subscriptions.subscribe(id_, TOM)
    for each in (MIA, TOM):
        await store.inquiries.add(id_, each, "Which version?", NOW)
    assert {each.learner: each.asked for each in await store.inquiries.waiting()} == {MIA: "q", TOM: ""}
    assert (await store.data_of(MIA))["questions"] == [{"id": id_, "text": "q"}]
    assert "questions" not in await store.data_of(TOM)


async def test_who_replied_is_not_kept(store):
    """A member is known until they reply; nobody else can reply, and nobody twice."""
    id_ = await store.questions.log(HERE, "q", NOW, "unknown")
    for _ in range(2):
        await store.inquiries.add(id_, MIA, "Which version?", NOW)
    await store.inquiries.add(id_ + 1, MIA, "Of a question that was deleted?", NOW)
    (inquiry,) = await store.inquiries.waiting()
    assert (inquiry.learner, inquiry.server) == (MIA, HERE)
    assert await store.inquiries.claim(inquiry.id)
    assert not await store.inquiries.claim(inquiry.id)
    await store.inquiries.confirm(inquiry.id)
    assert not await store.inquiries.reply(inquiry.id, TOM, "3.12")
    assert await store.inquiries.reply(inquiry.id, MIA, "3.13")
    assert not await store.inquiries.reply(inquiry.id, MIA, "3.14")
    (replied,) = await store.inquiries.of_questions([id_])
    assert (replied.state, replied.reply, replied.learner) == ("replied", "3.13", None)
    assert str(MIA) not in await everything(store)
    await store.inquiries.add(id_, TOM, "And you?", NOW)
    assert (await store.forget(TOM)).questions == 1
    assert str(TOM) not in await everything(store)
