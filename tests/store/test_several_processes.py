"""Three real processes of one bot on one PostgreSQL: one dies, one hangs, and nothing is answered twice."""

from __future__ import annotations

import signal
from pathlib import Path

from sqlalchemy import select

from bot.store.store import Store
from bot.store.tables import processes, reminders
from tests.store.conftest import Server
from tests.support.command import LESSON
from tests.support.moments import NOW, TOM
from tests.support.running import Running, start
from tests.support.sharded_discord import ShardedDiscord, sharded_discord
from tests.support.waiting import until

__all__ = ["start"]


async def send_reminder_by(pid: int, url: str) -> None:
    """Save that this process is sending a reminder to a learner."""
    store = await Store.open(url)
    await store.reminders.remember(TOM, "two-versions", {2: NOW})
    name = select(processes.c.name).where(processes.c.name.startswith(f"lessonbot {pid} ")).scalar_subquery()
    async with store._database.writing.begin() as connection:
        await connection.execute(reminders.update().values(state="sending", sender=name))
    await store.close()


async def answer_goes_with(asked: str, discord: ShardedDiscord, *processes: Running) -> None:
    """Delete a message in the second server, and wait until the answer to it is gone, and no other one."""
    before = discord.answered_in(1)
    discord.delete(1, asked)
    await until(lambda: discord.answered_in(1) == [each for each in before if each != asked] != before, *processes)


async def hang(process: Running, discord: ShardedDiscord, other: Running) -> None:
    """Stop this process. The other one takes its shard, and connects it once Discord allows a new connection.

    Until then, the health check of the other one stays well: a new start would need even more connections.
    """
    connected = discord.shards()
    discord.limits |= {"remaining": 0, "reset_after": 500}
    process.process.send_signal(signal.SIGSTOP)
    await other.says("this process runs shards 0, 1 of 2")
    await other.says("Discord allows no more new connections for now: shard 1 will be connected later")
    await other.is_alive()
    assert discord.shards() == connected, "Discord would reset the token"
    discord.limits["remaining"] = 1000


async def test_shards_move_to_the_processes_that_are_left(start, server: Server, tmp_path: Path):
    """After a kill, a hang and a deploy, a mention is answered exactly once, and a reminder is sent once.

    What one process answered follows its question in the process that takes over.
    """
    async with sharded_discord() as discord:
        url = server.new_database()

        async def another(name: str, connections_left: int, **more: str) -> Running:
            discord.limits["remaining"] = connections_left
            settings = {"DATABASE_URL": url, "DATA_DIR": f"data-{name}", "SHARDS": "auto", **more}
            running: Running = await start(discord.base, **settings)
            return running

        async def is_answered_once(*shards: int) -> None:
            for shard in shards:
                asked.append(await discord.mention(shard))
                await until(lambda: discord.answers_to(asked[-1]) > 0, *processes)

        asked: list[str] = []
        first = await another("a", 1000)
        processes = [first]
        await first.says("connected as Lessonbot to 2 servers")
        second = await another("b", 1)  # it will run one of them
        processes.append(second)
        await first.says("gave up shard 1, as another process takes its share")
        await second.says("this process runs shard 1 of 2")
        await second.says("connected as Lessonbot")
        # It runs all of its shards, and its health check says so.
        await first.is_alive()
        third = await another("c", 0, LESSONS_FROM="database")  # it only waits
        processes.append(third)
        await third.says(r"other processes run shards 0, 1 \(.*\); waiting to take over")
        discord.limits["remaining"] = 1000
        await until(lambda: discord.shards() == [(0, 2), (1, 2)], *processes)
        await is_answered_once(0, 1)

        await send_reminder_by(first.process.pid, url)
        first.process.send_signal(signal.SIGKILL)
        await third.says("connected as Lessonbot")
        await is_answered_once(0)
        await until(lambda: discord.answers_to("lb:recall-shown:1") > 0, *processes)
        asked.append("lb:recall-shown:1")

        # What is edited in the folder of the one is served by the other, which has the lessons from the database.
        second.lesson.write_text(
            LESSON.replace("entries:", "entries:\n  - {id: new, question: New?, answer: Yes.}")
        )
        await third.says("lessons that another process published are served: 4 entries")

        # The other one hangs. Its connection stays open, so that it gets the question, too, and reads it later.
        await hang(second, discord, third)
        await until(lambda: discord.shards() == [(0, 2), (1, 2), (1, 2)], *processes)
        await is_answered_once(1)
        await answer_goes_with(asked[1], discord, *processes)
        second.process.send_signal(signal.SIGCONT)
        await second.says("this process stopped answering")
        await second.says("waiting to take over|this process runs shard . of 2$")

        assert (await third.stop(signal.SIGTERM))[0] == 0
        await until(lambda: discord.shards() == [(0, 2), (1, 2)], *processes)
        await is_answered_once(0, 1)
        assert (await second.stop(signal.SIGTERM))[0] == 0
        assert [discord.answers_to(each) for each in asked] == [1] * len(asked)
        assert "Traceback" not in second.log + third.log
