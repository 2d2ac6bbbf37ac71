"""Shared walkthroughs of channels, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.store.shared import SharedWalk
from bot.store.store import Store
from bot.store.versions import StaleError
from tests.support.moments import DAY, MIA, NOW, TOM
from tests.support.stored import choice_of

MESSAGE = 2**63 - 2
NEW = SharedWalk(MESSAGE, 42, MIA, "two-versions", "{}", version=0, updated_at=NOW)


@pytest.fixture
async def message(store: Store) -> int:
    return (await store.shared.save(NEW)).message


async def test_a_message_keeps_its_walk(store):
    """The walk is found by its message, and by no other."""
    saved = await store.shared.save(NEW)
    assert saved == replace(NEW, version=1)
    assert await store.shared.find(MESSAGE) == saved
    assert await store.shared.find(1) is None


async def test_the_channel_moves_on_but_its_starter_stays(store):
    """A member who presses Next does not become the starter."""
    saved = await store.shared.save(NEW)
    await store.shared.save(replace(saved, progress="on", starter=TOM, updated_at=NOW + DAY))
    assert await store.shared.find(MESSAGE) == replace(NEW, progress="on", version=2, updated_at=NOW + DAY)


@pytest.mark.parametrize("version", [0, 1], ids=["begun", "walked on"])
async def test_of_two_members_who_press_next_at_once_one_moves_the_channel(store, version):
    """Two quick presses skip no step."""
    walk = await store.shared.save(NEW) if version else NEW
    results = await asyncio.gather(
        *(store.shared.save(replace(walk, progress=str(n))) for n in range(10)), return_exceptions=True
    )
    (won,) = [each for each in results if isinstance(each, SharedWalk)]
    assert sum(isinstance(each, StaleError) for each in results) == 9
    assert await store.shared.find(MESSAGE) == won


async def test_a_press_is_never_lost(store, message):
    """Two hundred learners choose at once, and each counts once."""
    await asyncio.gather(
        *(store.shared.choose(message, learner, "predict", f"s{learner % 3}", NOW) for learner in range(200))
    )
    assert await store.shared.count(message, "predict") == {"s0": 67, "s1": 67, "s2": 66}


async def test_a_learner_counts_once_however_often_they_press(store, message):
    """Two hundred presses of one learner are one choice."""
    await asyncio.gather(*(store.shared.choose(message, MIA, "predict", f"s{n % 3}", NOW) for n in range(200)))
    (counted,) = (await store.shared.count(message, "predict")).items()
    assert counted == (await choice_of(store, message, MIA, "predict"), 1)


async def test_the_latest_press_counts(store, message):
    """Learners can change their choice, separately for each question."""
    await store.shared.choose(message, MIA, "predict", "reinstall", NOW)
    await store.shared.choose(message, TOM, "predict", "reinstall", NOW)
    await store.shared.choose(message, MIA, "predict", "two-folders", NOW)
    await store.shared.choose(message, MIA, "check", "apart", NOW)
    assert await store.shared.count(message, "predict") == {"reinstall": 1, "two-folders": 1}
    assert await choice_of(store, message, MIA, "predict") == "two-folders"
    assert await choice_of(store, message, MIA, "check") == "apart"
    assert await choice_of(store, message, TOM, "check") is None
    assert await store.shared.count(message + 1, "predict") == {}


async def test_a_press_needs_a_walk_to_be_about(store):
    """A choice in a walk that has ended is not stored."""
    assert not await store.shared.choose(MESSAGE, MIA, "predict", "reinstall", NOW)
