"""Learners' progress, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from bot.store.store import Store
from bot.store.walks import StaleError, Walk
from tests.support.moments import DAY, MIA, NOW, TOM

NEW = Walk(MIA, "two-versions", '{"é": "😀"}', "story", finished=False, version=0, updated_at=NOW)


async def test_a_learner_comes_back_to_where_they_were(url):
    """Also after a restart."""
    first = await Store.open(url)
    saved = await first.walks.save(NEW)
    await first.close()
    again = await Store.open(url)
    assert saved == replace(NEW, version=1)
    assert await again.walks.find(MIA, "two-versions") == saved
    await again.close()


async def test_nobody_stands_where_they_never_were(store):
    """Progress belongs to one learner and one scenario."""
    await store.walks.save(NEW)
    assert await store.walks.find(TOM, "two-versions") is None
    assert await store.walks.find(MIA, "another") is None
    assert await store.walks.of(TOM) == []


async def test_walks_are_listed_with_the_latest_first(store):
    """`/walkthrough` first offers the latest walk."""
    for name, days in (("old", 3), ("new", 1), ("older", 4)):
        await store.walks.save(replace(NEW, scenario=name, updated_at=NOW - days * DAY))
    await store.walks.save(replace(NEW, learner=TOM))
    assert [walk.scenario for walk in await store.walks.of(MIA)] == ["new", "old", "older"]


async def test_a_step_on_replaces_the_one_before(store):
    """Each learner has one walk for each scenario."""
    saved = await store.walks.save(NEW)
    later = replace(saved, progress="{}", step="finish", finished=True, updated_at=NOW + DAY)
    assert await store.walks.save(later) == replace(later, version=2)
    assert await store.walks.of(MIA) == [replace(later, version=2)]


@pytest.mark.parametrize("version", [0, 1], ids=["begun", "walked on"])
async def test_of_two_presses_at_once_one_wins_whole(store, version):
    """If a learner presses on a phone and a computer, one press is saved completely, and nothing of the other."""
    walk = await store.walks.save(NEW) if version else NEW
    steps = [f"step-{n}" for n in range(10)]
    results = await asyncio.gather(
        *(store.walks.save(replace(walk, step=step), [("arrived", step)]) for step in steps),
        return_exceptions=True,
    )
    (won,) = [each for each in results if isinstance(each, Walk)]
    assert sum(isinstance(each, StaleError) for each in results) == 9
    assert await store.walks.find(MIA, "two-versions") == won
    assert await store.walks.tally("two-versions") == {("arrived", won.step): 1}


async def test_two_programs_on_one_database_do_not_overwrite_each_other(store, url):
    """The second save fails, instead of overwriting the first."""
    other = await Store.open(url)
    walk = await store.walks.save(NEW)
    seen = await other.walks.find(MIA, "two-versions")
    assert seen
    moved = await store.walks.save(replace(walk, step="on"))
    with pytest.raises(StaleError):
        await other.walks.save(replace(seen, step="elsewhere"), [("went-on", "story")])
    assert await other.walks.find(MIA, "two-versions") == moved
    assert await other.walks.tally("two-versions") == {}
    await other.close()


async def test_a_walk_that_was_forgotten_does_not_come_back(store):
    """A press that was under way saves nothing."""
    walk = await store.walks.save(NEW)
    await store.forget_walks(MIA)
    with pytest.raises(StaleError):
        await store.walks.save(walk, [("arrived", "story")])
    assert await store.walks.of(MIA) == []
    assert await store.walks.tally("two-versions") == {}


async def test_a_learner_counts_once_however_often(store):
    """Going back and forth does not change the figures."""
    walk = await store.walks.save(NEW, [("arrived", "story"), ("arrived", "story")])
    walk = await store.walks.save(walk, [("arrived", "story"), ("picked", "story")])
    await store.walks.save(walk)
    await store.walks.save(replace(NEW, learner=TOM), [("arrived", "story")])
    await store.walks.save(replace(NEW, scenario="other"), [("arrived", "story")])
    assert await store.walks.tally("two-versions") == {("arrived", "story"): 2, ("picked", "story"): 1}
    assert await store.walks.tally("unknown") == {}


async def test_moderators_see_where_learners_gave_up(store):
    """Without learners who finished, or who were active just now."""
    gone = NOW - 8 * DAY
    for learner, (step, finished, when) in enumerate(
        [
            ("story", False, gone),
            ("reinstall", False, gone),
            ("reinstall", False, gone - DAY),
            ("reinstall", True, gone),
            ("reinstall", False, NOW),
            ("check", False, NOW - 7 * DAY),
        ]
    ):
        await store.walks.save(replace(NEW, learner=learner, step=step, finished=finished, updated_at=when))
    await store.walks.save(replace(NEW, scenario="other", updated_at=gone))
    assert await store.walks.left("two-versions", NOW - 7 * DAY) == {"story": 1, "reinstall": 2}


@pytest.mark.parametrize("hours", [-11, 0, 5.5, 14])
async def test_a_time_keeps_its_moment_in_every_zone(store, hours):
    """It is read in UTC with microseconds, whatever zone it was written in."""
    here = NOW.astimezone(timezone(timedelta(hours=hours)))
    await store.walks.save(replace(NEW, updated_at=here))
    read = (await store.walks.find(MIA, "two-versions")).updated_at
    assert read == NOW
    assert read.tzinfo is UTC
    # Compared as moments in the database, too, not as what a clock on a wall shows.
    second = timedelta(seconds=1)
    assert await store.walks.left("two-versions", here + second) == {"story": 1}
    assert await store.walks.left("two-versions", here - second) == {}


async def test_a_time_without_a_zone_is_refused(store):
    """One of the two databases would be hours off."""
    with pytest.raises(StatementError, match="has no time zone"):
        await store.walks.save(replace(NEW, updated_at=NOW.replace(tzinfo=None)))
    assert await store.walks.of(MIA) == []


async def test_a_press_that_is_cut_off_does_not_block_the_next(store):
    """If a press is cancelled, the database does not stay locked."""
    for turns in range(20):
        cut_off = asyncio.create_task(store.walks.save(replace(NEW, learner=turns), [("arrived", "story")]))
        for _ in range(turns):
            await asyncio.sleep(0)
        cut_off.cancel()
        await asyncio.gather(cut_off, return_exceptions=True)
        walks, marks = await store.walks.of(turns), await store.walks.tally("two-versions")
        assert bool(walks) == bool(marks)
        await store.forget_walks(turns)
    assert await store.walks.save(NEW) == replace(NEW, version=1)
