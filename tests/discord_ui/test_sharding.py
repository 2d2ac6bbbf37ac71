"""One process with several shards: no database is shared, and nothing has to be set but `SHARDS`."""

from __future__ import annotations

import signal
from functools import partial

import pytest

from bot.discord_ui import service
from bot.shards import read_shards
from tests.support.running import start
from tests.support.sharded_discord import sharded_discord
from tests.support.waiting import until

__all__ = ["start"]


async def test_a_bot_that_grows_gets_the_shards_that_discord_recommends(start):
    """With `SHARDS=auto`, nobody has to do anything when Discord demands more shards."""
    async with sharded_discord() as discord:
        discord.recommended = 1
        discord.limits |= {"remaining": 0, "reset_after": 100}
        bot = await start(discord.base, SHARDS="auto")
        await bot.says(
            r"no connection to Discord \(Discord allows no more new connections for now\); trying again"
        )
        discord.limits["remaining"] = 1000
        await bot.says("connected as Lessonbot to 1 servers")
        await bot.is_there()
        first = await discord.mention(0)
        await until(lambda: discord.answers_to(first) > 0, bot)

        discord.recommended = 2
        discord.limits["remaining"] = 1
        for _, _, socket in list(discord.connections):
            await socket.close(code=4000)
        await bot.says(
            r"no connection to Discord \(Discord wants more shards, and is asked how many\); trying again"
        )
        begun = len(bot.log)
        await bot.says("Discord allows only 1 of 2 new connections for now", after=begun)
        assert discord.shards() == [], "one of two would be connected, and the token lost with the other"
        discord.limits["remaining"] = 1000
        await bot.says("connected as Lessonbot to 2 servers")
        assert discord.shards() == [(0, 2), (1, 2)]
        asked = [await discord.mention(shard) for shard in (0, 1)]
        await until(lambda: all(discord.answers_to(each) for each in asked), bot)
        assert [discord.answers_to(each) for each in asked] == [1, 1]

        assert (await bot.stop(signal.SIGTERM))[0] == 0
        assert discord.shards() == []
        assert "Traceback" not in bot.log


@pytest.mark.parametrize(
    ("shards", "is_shared", "is_said"),
    [
        ("0-1/4", False, True),
        ("0-1/4", True, False),
        ("0-3/4", False, False),
        ("4", False, False),
        ("auto", False, False),
    ],
)
def test_a_part_of_the_bot_on_sqlite_is_warned_of(caplog, shards: str, is_shared: bool, is_said: bool):
    """Each process would have settings and questions of its own."""
    service.warn_of_parts(read_shards(shards), is_shared=is_shared)
    assert ("SHARDS=0-1/4 runs a part of the bot, but SQLite is for one process" in caplog.text) == is_said


async def test_shards_that_are_lost_again_and_again_are_connected_again(start):
    """The bot connects anew after a moment, and does not hang."""
    async with sharded_discord(recommended=1, keeps_sessions=True) as discord:
        bot = await start(discord.base, SHARDS="auto")
        await bot.says("connected as Lessonbot")

        def goes_on(times: int) -> bool:
            return discord.resumed == times or "ended the connection" in bot.log

        for times in range(1, 6):
            await discord.close(4000)
            await until(partial(goes_on, times), bot)
        await bot.says(r"Discord ended the connection 5 times within 10 minutes.*trying again")
        begun = len(bot.log)
        await bot.says("connected as Lessonbot", after=begun)
        asked = await discord.mention(0)
        await until(lambda: discord.answered[asked] > 0, bot)
        assert (await bot.stop(signal.SIGTERM))[0] == 0
