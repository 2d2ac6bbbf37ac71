"""PostgreSQL fails over, is read-only for a while and restarts, while a bot runs that nobody has to touch."""

from __future__ import annotations

import asyncio
import re
import signal
from datetime import UTC, datetime, timedelta

from bot.store.store import Store
from tests.store.conftest import Server
from tests.support.crowd import draft
from tests.support.moments import TOM
from tests.support.running import Running, start
from tests.support.sharded_discord import ShardedDiscord, server_id, sharded_discord
from tests.support.waiting import until

__all__ = ["start"]


class Members:
    """Members who ask and vote, a new one each time."""

    def __init__(self, discord: ShardedDiscord, bot: Running) -> None:
        self._discord = discord
        self._bot = bot
        self._last = 2_000_000_000_000_000_000

    async def ask(self) -> str:
        """Ask what the lessons know, and return the answer."""
        return await self._answer(await self._discord.ask(0, "what is a venv", self._new()))

    async def mention(self) -> None:
        """Ask in a channel, and get the answer."""
        id_ = await self._discord.mention(0, member=self._new())
        await until(lambda: self._discord.answered[id_] > 0, self._bot)

    async def vote(self, answer: str) -> str:
        """Press *That helped* below an answer."""
        (button,) = re.findall(r"lb:helped:[\w:-]+", answer)
        return await self._answer(await self._discord.press(0, button, self._new()))

    async def draft(self) -> tuple[str, str]:
        """A moderator edits an entry. Returns the button that publishes it, and the moderator."""
        moderator = self._new()
        return await draft(self._discord, moderator, "Delete it.", self._answer), moderator

    async def publish(self, button: str, moderator: str, wanted: str) -> None:
        """Press it, and read this."""
        await self._answer(await self._discord.press(0, button, moderator), wanted)

    async def _answer(self, id_: str, wanted: str = "") -> str:
        await until(lambda: id_ in self._discord.said and wanted in str(self._discord.said[id_]), self._bot)
        return str(self._discord.said[id_])

    def _new(self) -> str:
        self._last += 1
        return str(self._last)


async def remind(url: str, at: datetime) -> None:
    """Save that a learner is reminded then."""
    store = await Store.open(url)
    await store.reminders.remember(TOM, "two-versions", {2: at})
    await store.close()


async def votes(url: str) -> int:
    """How many votes are kept."""
    store = await Store.open(url)
    asked = await store.usage.asked_of("what-is-it")
    await store.close()
    return asked.helped


async def test_answers_come_and_no_vote_is_lost_that_was_thanked_for(start, server: Server):
    """Members read plainly that a vote or a publish was not saved. Once the database is back, all is as before."""
    async with sharded_discord() as discord:
        url = server.new_database()
        name = url.split("@/")[1].split("?")[0]
        # Due while the database can only be read, if this machine is neither much faster nor slower than ours.
        await remind(url, datetime.now(UTC) + timedelta(seconds=7))
        home = server_id(0, 2)
        bot: Running = await start(discord.base, DATABASE_URL=url, SHARDS="auto", LESSONS_SERVERS=home)
        await bot.says("connected as Lessonbot")
        members = Members(discord, bot)
        answer = await members.ask()
        assert "Thank you" in await members.vote(answer)

        async def cut() -> None:
            await server.say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

        # The connections end, and new ones are accepted.
        await cut()
        assert "An *isolated*" in await members.ask()
        assert "Thank you" in await members.vote(answer)

        # The server that is left can only be read.
        await server.say(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        await cut()
        assert "couldn't save that: the database cannot be written to" in await members.vote(answer)
        await bot.says(r"the database fails \(the database cannot be written to\): commands and buttons are still")
        unheard = await discord.mention(0)
        assert "An *isolated*" in await members.ask()
        # Connections from that time go on to be read-only.
        await server.say(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        await bot.says("the database answers again, and messages are answered, too")
        await members.mention()
        assert "Thank you" in await members.vote(answer)

        drafted = await members.draft()
        before = bot.lesson.read_text()
        await asyncio.to_thread(server.halt)
        await members.publish(*drafted, "couldn't save that: the database does not answer")
        assert bot.lesson.read_text() == before
        assert "couldn't save that: the database does not answer" in await members.vote(answer)
        assert "An *isolated*" in await members.ask()
        await asyncio.to_thread(server.launch)
        await members.mention()
        assert "Thank you" in await members.vote(answer)

        await members.publish(*drafted, "## Published")
        assert "answer: Delete it." in bot.lesson.read_text()

        await until(lambda: discord.answers_to("lb:recall-shown:1") > 0, bot)
        assert (await bot.stop(signal.SIGTERM))[0] == 0
        assert discord.answers_to("lb:recall-shown:1") == 1
        assert await votes(url) == 4
        assert discord.answered[unheard] == 0, "another process could have answered it"
        assert not discord.refused
        assert "Traceback" not in bot.log
        assert bot.log.count("questions cannot be saved") <= 2, "not a line for each question"
