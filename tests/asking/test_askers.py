"""Three different members are counted, and nobody can see who they are or what else they asked."""

from __future__ import annotations

from datetime import timedelta

from bot.asking.askers import Askers
from bot.asking.clusters import Cluster
from bot.store.store import Store
from tests.support.moments import MIA, NOW, TOM
from tests.support.stored import HERE, everything

ADA = 1142345678901234567


async def cluster(store: Store, *ids: int) -> Cluster:
    asked = tuple(await store.questions.find_all(ids))
    return Cluster(min(ids), "q", len(ids), NOW, ("q",), asked)


async def log(store: Store, count: int) -> list[int]:
    return [await store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(count)]


async def test_a_member_who_asks_again_counts_once(memory: Store):
    """Also after a restart; a mark tells neither who it was nor what else they asked."""
    ids = await log(memory, 6)
    first, other = ids[:5], ids[5]
    askers = Askers(memory.askers)
    for question, member in [(first[0], MIA), (first[1], MIA), (first[2], TOM), (other, MIA)]:
        askers.missed(question, member, NOW)
    both = [await cluster(memory, *first), await cluster(memory, other)]
    assert await askers.count(both, NOW) == {first[0]: 2, other: 1}
    kept = await everything(memory)
    assert not any(str(member) in kept for member in (MIA, TOM))
    marks = {each.question: each.mark for each in await memory.askers.all()}
    assert marks[first[0]] == marks[first[1]]
    assert len({marks[first[0]], marks[first[2]], marks[other]}) == 3

    again = Askers(memory.askers)
    again.missed(first[3], MIA, NOW)
    again.missed(first[4], ADA, NOW)
    assert await again.count(both, NOW) == {first[0]: 3, other: 1}


async def test_rather_too_few_are_counted_than_too_many(memory: Store):
    """If two clusters become one, nobody counts twice."""
    ids = await log(memory, 4)
    askers = Askers(memory.askers)
    for question in ids[:2]:
        askers.missed(question, MIA, NOW)
    await askers.count([await cluster(memory, each) for each in ids[:2]], NOW)
    assert list((await askers.count([await cluster(memory, *ids)], NOW)).values()) == [1]


async def test_members_are_counted_on_after_the_first_question_is_deleted(memory: Store):
    """Although the cluster has another id then."""
    ids = await log(memory, 3)
    askers = Askers(memory.askers)
    askers.missed(ids[1], MIA, NOW)
    await askers.count([await cluster(memory, *ids[:2])], NOW)
    askers.missed(ids[2], TOM, NOW)
    assert list((await askers.count([await cluster(memory, *ids[1:])], NOW)).values()) == [2]


async def test_who_asked_is_forgotten_soon_and_on_request(memory: Store):
    """After twenty minutes, what is no miss is forgotten."""
    early, late = await log(memory, 2)
    askers = Askers(memory.askers)
    askers.missed(early, ADA, NOW)
    later = NOW + timedelta(minutes=21)
    askers.missed(late, MIA, later)
    askers.missed(late, TOM, later)
    askers.missed(late, ADA, later)
    askers.forget(MIA)
    found = [await cluster(memory, early), await cluster(memory, late)]
    assert await askers.count(found, later) == {early: 0, late: 2}
    assert [each["question"] for each in (await memory.data_of(TOM))["askers"]] == [late]
    assert (await memory.forget(TOM)).questions == 1
    assert await askers.count(found, later) == {early: 0, late: 1}, "Ada's mark stays"
