"""A wrong clock deletes nothing: old data is deleted only after the clock has been steady for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.store.clock_guard import ClockGuard
from tests.support.moments import DAY, NOW

HOUR = timedelta(hours=1)
SAYS = "no old data is deleted until the clock has been steady for a day"


class Time:
    """A wall's clock that can be set, and the time that passes whatever it says."""

    def __init__(self) -> None:
        self.now, self.passed = NOW, 0.0

    def wait(self, how_long: timedelta) -> datetime:
        self.now += how_long
        self.passed += how_long.total_seconds()
        return self.now

    def process(self, store) -> ClockGuard:
        """As at the next start, with a monotonic clock that begins anywhere."""
        begun = self.passed - 1000
        return ClockGuard(store._database, lambda: self.passed - begun)


@pytest.fixture
def world() -> Time:
    return Time()


async def test_after_a_steady_day_old_things_go_also_over_restarts(store, world, caplog):
    """A bot that restarts every night still deletes old data, without a warning."""
    process = world.process(store)
    assert not await process.check(world.now)
    assert not await process.check(world.wait(DAY - HOUR))
    process = world.process(store)
    assert await process.check(world.wait(HOUR))
    assert await process.check(world.wait(20 * DAY)), "one that looks rarely saw no jump"
    assert await world.process(store).check(world.wait(DAY))
    assert not caplog.messages


@pytest.mark.parametrize(
    ("jump", "said"),
    [(200 * DAY, "ahead by 200 days"), (-200 * DAY, "back by 200 days"), (5 * HOUR, "ahead by 5 hours")],
)
async def test_a_clock_that_jumps_deletes_nothing_for_a_day(store, world, caplog, jump, said):
    """The log says so, and an operator has a day to correct the clock."""
    process = world.process(store)
    await process.check(world.now)
    assert await process.check(world.wait(2 * DAY))
    world.now += jump
    assert not await process.check(world.wait(HOUR))
    assert caplog.messages == [f"the clock jumped {said}; {SAYS}"]
    assert not await world.process(store).check(world.wait(DAY - HOUR)), "a restart does not make it right"
    assert await world.process(store).check(world.wait(HOUR))


async def test_a_clock_that_is_put_right_again_has_to_be_steady_as_well(store, world, caplog):
    """Nobody knows whether the old or the new time was wrong."""
    process = world.process(store)
    await process.check(world.now)
    world.now += 200 * DAY
    await process.check(world.wait(HOUR))
    world.now -= 200 * DAY
    assert not await process.check(world.wait(DAY))
    assert await process.check(world.wait(DAY))
    assert len(caplog.messages) == 2


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (200 * DAY, "the last sign of life is 200 days old: the bot was off, or the clock is wrong"),
        (-3 * DAY, "the last sign of life is 3 days in the future: the clock was wrong, or is"),
    ],
)
async def test_a_start_with_another_clock_deletes_nothing_for_a_day(store, world, caplog, away, said):
    """It could also be a long break; the log says so once."""
    process = world.process(store)
    await process.check(world.now)
    assert await process.check(world.wait(2 * DAY))
    world.now += away
    process = world.process(store)
    assert not await process.check(world.now)
    assert not await process.check(world.wait(HOUR))
    assert caplog.messages == [f"{said}; {SAYS}"]
    assert await process.check(world.wait(DAY))


async def test_a_clock_that_is_set_right_by_minutes_is_steady(store, world, caplog):
    """All clocks are corrected like this now and then."""
    process = world.process(store)
    await process.check(world.now)
    world.now += timedelta(minutes=20)
    assert await process.check(world.wait(DAY))
    assert not caplog.messages
