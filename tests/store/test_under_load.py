"""Three processes under a crowd, while one is killed, one hangs, the database restarts and the gateway fails."""

from __future__ import annotations

import asyncio
import signal

from tests.store.conftest import Server
from tests.support.crowd import Crowd, broken, remind
from tests.support.fleet import Fleet
from tests.support.running import start
from tests.support.sharded_discord import sharded_discord
from tests.support.waiting import until

__all__ = ["start"]

RATE = 30  # events a second; `tests/benchmarks/load.py` offers more


async def test_nothing_that_was_promised_is_lost_and_nothing_is_done_twice(start, server: Server):
    """Each acknowledged vote, wish, step, publish and reminder is kept, whatever fails at the same time."""
    url = server.new_database()
    async with sharded_discord(
        recommended=8, servers_are_of=8, servers_each=5, keeps_sessions=True, sends_again=20
    ) as discord:
        crowd, fleet = Crowd(discord), Fleet(discord, start, url)
        for _ in range(3):
            await fleet.grow()
        crowd.promised.reminders = 20
        await remind(url, 20, within=15)
        await fleet.is_whole()

        is_on = True
        asking = asyncio.create_task(crowd.ask(RATE, lambda: is_on))
        await until(lambda: len(discord.waited) > RATE, *fleet.running)
        await fleet.kill(1)
        alone, hanging = fleet.running
        before = len(alone.log)
        hanging.process.send_signal(signal.SIGSTOP)
        await asyncio.to_thread(server.halt)
        await asyncio.to_thread(server.launch)
        await alone.says("this process runs shards 0, 1, 2, 3, 4, 5, 6, 7 of 8", after=before)
        await until(lambda: {shard for shard, _ in discord.shards()} == {*range(8)}, alone)

        hanging.process.send_signal(signal.SIGCONT)
        await hanging.says("this process stopped answering")
        await fleet.is_whole()
        discord.refuses = 1
        await discord.close(4009)
        await fleet.is_whole()
        answered = len(discord.waited)
        await until(lambda: len(discord.waited) > answered + 2 * RATE, *fleet.running)
        await until(lambda: crowd.promised.are_of_each_kind, *fleet.running)

        is_on = False
        await asking
        await crowd.is_done()
        await until(lambda: discord.direct_messages("reminder-") >= 20, *fleet.running)
        assert await fleet.stop() == [0, 0]
        assert [each async for each in broken(crowd.promised, discord, url)] == []
        assert "Traceback" not in fleet.log
