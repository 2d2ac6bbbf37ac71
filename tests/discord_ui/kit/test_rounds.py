"""Work in the background that is stopped while it runs."""

from __future__ import annotations

import asyncio

from bot.discord_ui.kit.rounds import Rounds
from bot.outbox import DAY


async def test_a_round_that_ends_while_it_is_stopped_sets_no_next_round(world):
    """A bot that stops does not wait for the time of a next round, and nothing begins one."""
    begun, ends, rounds_done = asyncio.Event(), asyncio.Event(), 0

    async def work() -> float:
        nonlocal rounds_done
        begun.set()
        await ends.wait()
        rounds_done += 1
        return 3600.0

    rounds = Rounds(world.bot, work, "things")
    rounds.wake()
    await begun.wait()
    stopping = asyncio.create_task(rounds.stop())
    await asyncio.sleep(0)
    ends.set()
    await asyncio.wait_for(stopping, 60)
    rounds.wake()
    rounds.wake_within(0)
    await asyncio.sleep(0)
    assert rounds.is_resting
    assert rounds_done == 1


async def test_the_next_round_comes_as_soon_as_anybody_needs_it(world):
    """Whoever can wait longer does not put off a round that is due before."""
    done, rounds_done = asyncio.Event(), 0

    async def work() -> float:
        nonlocal rounds_done
        rounds_done += 1
        if rounds_done == 1:
            rounds.wake_within(0.0)  # as somebody else may meanwhile
        else:
            done.set()
        return 3600.0

    rounds = Rounds(world.bot, work, "things")
    for seconds in (3600.0, 0.0, 1800.0):
        rounds.wake_within(seconds)
    await asyncio.wait_for(done.wait(), 60)
    await rounds.stop()


async def test_rounds_do_not_follow_one_another_without_end(world):
    """While members ask all the time, old questions are deleted once a day."""
    rounds_done = 0

    async def work() -> float:
        nonlocal rounds_done
        rounds_done += 1
        for _ in range(5):
            rounds.wake_within(DAY)  # a question was asked meanwhile
            await asyncio.sleep(0)
        return DAY

    rounds = Rounds(world.bot, work, "things")
    rounds.wake()
    for _ in range(100):  # long enough for many rounds
        rounds.wake_within(DAY)
        await asyncio.sleep(0)
    assert rounds_done == 1
    assert not rounds.is_resting, "the next round is set"
    await rounds.stop()


async def test_what_came_while_a_round_ended_is_not_forgotten(world):
    """The round had already looked when the first question came, and would rest: another one is set."""
    done = asyncio.Event()

    async def work() -> None:
        rounds.wake_within(DAY)
        done.set()

    rounds = Rounds(world.bot, work, "things")
    rounds.wake()
    await asyncio.wait_for(done.wait(), 60)
    await asyncio.sleep(0)
    assert not rounds.is_resting
    await rounds.stop()
