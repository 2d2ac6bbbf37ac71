"""What members propose, on both databases: it follows its draft, and each message is claimed once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.store.credits import Credit
from bot.store.drafts import StoredDraft
from bot.store.proposals import Proposal
from bot.store.revisions import Revision
from bot.store.store import Store
from tests.support.moments import MIA, NOW, TOM
from tests.support.stored import HERE, everything

NEW = Proposal(HERE, "entry", "Why?", "Because.", MIA, NOW, tell="waiting", note="mine")
DRAFT = StoredDraft(TOM, HERE, "add", "a.yaml", "why", "{}", "", "{}", NOW)


async def drafted(store: Store, id_: int) -> int:
    """A draft that answers this proposal."""
    draft = await store.drafts.save(DRAFT)
    assert draft
    assert await store.proposals.draft(id_, draft.id, None)
    return draft.id


async def test_a_proposal_follows_its_draft(store):
    """A deleted draft lets it wait; a published one accepts it, at that moment. A second draft cannot take it."""
    id_ = await store.proposals.add(NEW, 5)
    draft = await drafted(store, id_)
    assert not await store.proposals.draft(id_, draft + 1, None)
    assert (await store.proposals.find(id_)).state == "drafted"
    assert await store.drafts.remove(draft)
    assert await store.proposals.find(id_) == replace(NEW, id=id_)
    draft = await drafted(store, id_)
    revision = Revision("a.yaml", "add", "", "x", NOW, draft=draft, state="pending")
    (kept,) = await store.revisions.add([revision])
    assert (await store.proposals.find(id_)).is_open
    await store.revisions.commit(kept.id)
    found = await store.proposals.find(id_)
    assert (found.state, found.decided_at, found.draft) == ("accepted", NOW, draft)
    assert not await store.proposals.decline(id_, "Late.", NOW)
    assert not await store.proposals.withdraw(id_, MIA)
    assert await store.proposals.reopen(id_)
    assert not await store.proposals.reopen(id_)


async def test_whoever_wrote_it_is_asked_once_it_is_published(store):
    """Once for each message, whichever draft came first; nobody is, about a draft that was deleted."""
    draft = await store.drafts.save(DRAFT)
    credit = Credit(MIA, HERE, 1, 2, draft.id, NOW)
    await store.credits.add(replace(credit, draft=draft.id + 7))
    await store.credits.add(credit)
    assert await store.drafts.remove(draft.id)
    assert await store.credits.is_empty()
    await store.credits.add(credit)
    assert await store.credits.due() == []
    (kept,) = await store.revisions.add([Revision("a.yaml", "add", "", "x", NOW, "why", draft=draft.id)])
    await store.revisions.commit(kept.id)
    (due,) = await store.credits.due()
    assert due.entry == "why"
    assert sum(await asyncio.gather(*(store.credits.claim(due.id) for _ in range(5)))) == 1
    await store.credits.add(replace(credit, draft=99))
    assert (await store.credits.find(due.id)).draft == draft.id, "it was asked about already"
    assert await store.credits.purge(NOW) == 0
    assert await store.credits.remove(due.id)
    assert not await store.credits.remove(due.id)
    await store.credits.add(credit)
    await store.forget(MIA)
    assert str(MIA) not in await everything(store)


async def test_only_so_many_are_open_however_they_come(store):
    """Twenty at once leave five; what is decided makes room."""
    made = await asyncio.gather(*(store.proposals.add(replace(NEW, question=f"{n}?"), 5) for n in range(20)))
    ids = [each for each in made if each]
    assert len(ids) == 5 == await store.proposals.count_open(MIA)
    assert [each.id for each in await store.proposals.open(HERE)] == sorted(ids)
    assert await store.proposals.open(HERE + 1) == []
    assert await store.proposals.decline(ids[0], "", NOW)
    assert await store.proposals.add(NEW, 5)
    assert not await store.proposals.withdraw(ids[1], TOM), "it is another's"
    assert await store.proposals.withdraw(ids[1], MIA)


async def test_a_decision_is_claimed_once(store):
    """And told once, even if the proposal is opened and decided again."""
    id_ = await store.proposals.add(NEW, 5)
    assert await store.proposals.due() == []
    assert not await store.proposals.claim(id_)
    await store.proposals.decline(id_, "No.", NOW)
    assert [each.id for each in await store.proposals.due(MIA)] == [id_]
    claimed = await asyncio.gather(*(store.proposals.claim(id_) for _ in range(5)))
    assert sum(claimed) == 1
    assert [each.id for each in await store.proposals.unfinished()] == [id_]
    await store.proposals.release(id_)
    assert await store.proposals.claim(id_)
    await store.proposals.told(id_)
    await store.proposals.reopen(id_)
    await store.proposals.decline(id_, "No.", NOW)
    assert await store.proposals.due() == []


async def test_what_was_decided_is_deleted_in_time_and_a_member_at_once(store):
    """What waits goes with its member; what was decided stays without them, for a while."""
    changes = store.proposals.changes
    first, second = [await store.proposals.add(replace(NEW, question=each), 5) for each in "ab"]
    decided = NOW + timedelta(days=1)
    await store.proposals.decline(first, "No.", decided)
    assert store.proposals.changes > changes
    assert (await store.forget(MIA)).proposals == 2
    assert str(MIA) not in await everything(store)
    assert "mine" not in await everything(store), "nor a note of theirs"
    assert await store.proposals.find(second) is None
    assert (await store.proposals.find(first)).proposer == 0
    assert await store.proposals.due() == [], "nobody is there to be told"
    assert await store.proposals.purge(decided) == 0
    assert await store.proposals.purge(decided + timedelta(seconds=1)) == 1
    assert await store.proposals.is_empty()
