"""A reminder that cannot be delivered is kept and tried again, for as long as questions are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.lessons.library import Library
from bot.store.store import Store
from bot.tutor import Tutor
from bot.walking.reminders import Reminder, Reminders

ID = "two-django-versions"
MIA = 1
DAY = timedelta(days=1)


class Later:
    """What time it is; nothing else makes time pass."""

    def __init__(self) -> None:
        self.now = self.begun = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passed(self) -> float:
        return (self.now - self.begun).total_seconds()


@pytest.fixture
def clock(memory: Store) -> Later:
    later = Later()
    memory.clock.monotonic = later.passed
    return later


@pytest.fixture
async def reminding(lessons, memory: Store, clock: Later) -> Reminders:
    made = Reminders(Tutor(Library.open(lessons)), memory, clock, kept_days=90)
    await memory.clock.check(clock())
    await made.remember(MIA, ID)
    clock.now += 2 * DAY
    return made


async def claimed(reminding: Reminders, learner: int | None = None) -> list[Reminder]:
    return [each async for each in reminding.claim(learner)]


async def test_it_is_tried_again_a_day_later(reminding, clock):
    """It still names the day of the walk. A learner who uses a command before that sees it then."""
    (recall,) = await claimed(reminding)
    await reminding.postpone(recall)
    assert await claimed(reminding) == []
    assert await reminding.seconds_left() == DAY.total_seconds()
    (here,) = await claimed(reminding, MIA)
    await reminding.release(here)
    clock.now += DAY
    (again,) = await claimed(reminding)
    walked = [reminding.recall(each).walked for each in (recall, again)]
    assert (again.id, walked) == (recall.id, [clock.begun] * 2)


async def test_it_ends_when_it_is_too_old(reminding, clock, memory):
    """It is given up after the time for which questions are kept."""
    clock.now += 89 * DAY
    for days, left in ((0, 1), (7, 0)):
        clock.now += days * DAY
        (recall,) = await claimed(reminding)
        await reminding.postpone(recall)
        assert await memory.reminders.pending(MIA, ID) == left


async def test_a_clock_that_jumps_does_not_end_it(reminding, clock, memory):
    """It is tried again until the clock is steady."""
    memory.clock.monotonic = lambda: 0.0
    clock.now += 200 * DAY
    (recall,) = await claimed(reminding)
    await reminding.postpone(recall)
    assert await memory.reminders.pending(MIA, ID) == 1


async def test_asking_for_it_anew_forgets_that_it_was_put_off(reminding, clock):
    """The days count from the new request."""
    (recall,) = await claimed(reminding)
    await reminding.postpone(recall)
    await reminding.remember(MIA, ID)
    assert await reminding.seconds_left() == 2 * DAY.total_seconds()


async def test_nothing_more_is_kept_for_an_account_that_is_gone(reminding, clock):
    """The second reminder would be sent in vain, too."""
    (first,) = await claimed(reminding)
    await reminding.drop(first)
    assert not await reminding.is_on(MIA, ID)
    clock.now += 5 * DAY
    assert await claimed(reminding) == []
