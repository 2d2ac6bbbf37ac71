"""Work in the background that is stopped while it runs."""

from __future__ import annotations

import asyncio

from bot.discord_ui.kit.rounds import Rounds

DAY = 86_400.0


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
    rounds.wake_if_resting()
    await asyncio.sleep(0)
    assert rounds.is_resting
    assert rounds_done == 1


async def test_rounds_do_not_follow_one_another_without_end(world):
    """While members ask all the time, old questions are deleted once a day."""
    done = 0

    async def work() -> float:
        nonlocal done
        done += 1
        rounds.wake_if_resting()  # a question was asked meanwhile
        for _ in range(5):
            await asyncio.sleep(0)
        return DAY

    rounds = Rounds(world.bot, work, "things")
    rounds.wake_if_resting()
    for _ in range(100):  # long enough for many rounds
        await asyncio.sleep(0)
    assert done == 1
    assert not rounds.is_resting, "the next round is set"
    await rounds.stop()


async def test_what_came_while_a_round_ended_is_not_forgotten(world):
    """The round had already looked when the first question came, and would rest: another one follows."""
    results: list[float | None] = [None, DAY]
    done = asyncio.Event()

    async def work() -> float | None:
        if len(results) == 2:
            rounds.wake_if_resting()
        else:
            done.set()
        return results.pop(0)

    rounds = Rounds(world.bot, work, "things")
    rounds.wake()
    await asyncio.wait_for(done.wait(), 60)
    assert not rounds.is_resting
    await rounds.stop()


async def test_a_round_does_not_put_off_what_failed_while_it_was_done(world):
    begun, again = 0, asyncio.Event()

    async def work() -> float:
        nonlocal begun
        begun += 1
        if begun == 1:
            rounds.wake_within(0.01)
        else:
            again.set()
        return DAY

    rounds = Rounds(world.bot, work, "things")
    rounds.wake()
    await asyncio.wait_for(again.wait(), 60)
    await rounds.stop()
