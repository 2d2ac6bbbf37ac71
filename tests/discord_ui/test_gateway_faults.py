"""What the gateway, or a proxy before it, does on bad days: nothing is answered twice, and the log stays short."""

from __future__ import annotations

import re
import signal
import socket

import aiohttp
import pytest

from tests.support.running import Running, start
from tests.support.sharded_discord import ShardedDiscord, sharded_discord
from tests.support.waiting import until

__all__ = ["start"]

ONE: dict[str, str] = {}
SHARDED = {"SHARDS": "auto"}
MIA, TOM = "2000000000000000001", "2000000000000000002"


@pytest.mark.parametrize("settings", [ONE, SHARDED], ids=["one connection", "shards"])
async def test_what_comes_again_after_a_lost_connection_is_answered_once(start, settings: dict[str, str]):
    """Discord sends events again if it does not know whether they arrived."""
    async with sharded_discord(recommended=1, keeps_sessions=True, sends_again=50) as discord:
        with socket.create_server(("127.0.0.1", 0)) as free:
            metrics = f"127.0.0.1:{free.getsockname()[1]}"
        bot: Running = await start(discord.base, METRICS=metrics, **settings)
        await bot.says(f"metrics are at http://{metrics}/metrics")
        await bot.says("connected as Lessonbot")

        async def is_answered(id_: str) -> str:
            await until(lambda: discord.answered[id_] > 0, bot)
            return str(discord.said.get(id_, ""))

        ids = [await discord.ask(0, "what is a venv", MIA), await discord.mention(0)]
        answers = [await is_answered(each) for each in ids]
        (button,) = re.findall(r"lb:helped:[\w:-]+", answers[0])
        ids.append(await discord.press(0, button, TOM))
        assert "Thank you" in await is_answered(ids[-1])

        await discord.close(4000)
        await until(lambda: discord.resumed == 1, bot)
        # Events are handled in their order, so those that came again were handled before this one.
        ids.append(await discord.mention(0, member=TOM))
        await is_answered(ids[-1])

        # The session has ended, and another one begins.
        discord.keeps_sessions = False
        begun = len(discord.sessions)
        await discord.close(4009)
        await until(lambda: len(discord.sessions) > begun and bool(discord.shards()), bot)
        ids.append(await discord.ask(0, "why do i need a venv", TOM))
        await is_answered(ids[-1])
        assert [discord.answered[each] for each in ids] == [1] * len(ids)
        assert not discord.refused, "the bot tried to answer something again"

        await is_counted(metrics)
        await is_said_in_one_line(discord, bot)
        await is_not_as_discord_shows_it(discord, bot)
        assert (await bot.stop(signal.SIGTERM))[0] == 0
        assert "Traceback" not in bot.log


async def is_counted(metrics: str) -> None:
    """An operator sees the lost connections, that of the refused resume too, and that the bot is back."""
    async with aiohttp.ClientSession() as session, session.get(f"http://{metrics}/metrics") as answer:
        served = await answer.text()
    for figure in (
        "disconnects_total 3.0",
        "connections_total 4.0",
        "ready 1.0",
        "database_errors_total 0.0",
        "dropped_total 0.0",
    ):
        assert f"\nlessonbot_{figure}\n" in served
    for figure in ("gateway_latency_seconds", "event_loop_lag_seconds_count"):
        assert re.search(rf"\nlessonbot_{figure} [0-9.e-]+\n", served)


async def is_said_in_one_line(discord: ShardedDiscord, bot: Running) -> None:
    """Cloudflare refuses an answer with a page: the log has its meaning, and the member an apology."""
    discord.pages = [(429, "<!doctype html>\n<html>\n<title>Error 1015</title>\n</html>")]
    before = len(bot.log.splitlines())
    id_ = await discord.ask(0, "what is a venv", "2000000000000000003")
    await until(lambda: discord.answered[id_] > 0, bot)
    assert "Something went wrong" in str(discord.said[id_])
    await bot.says("a reply failed: Cloudflare, which stands before Discord, blocks this machine's address")
    # That it is connected again may be noted a moment later.
    lines = [line for line in bot.log.splitlines()[before:] if " INFO " not in line]
    assert len(lines) == 1, lines
    assert "html" not in bot.log


async def is_not_as_discord_shows_it(discord: ShardedDiscord, bot: Running) -> None:
    """An app that was open for long may still show commands of another version."""
    id_ = await discord.interact(0, "2000000000000000004", 2, {"id": "1", "name": "of-last-year", "type": 1})
    await until(lambda: discord.answered[id_] > 0, bot)
    assert "This command has changed. Please reload Discord" in str(discord.said[id_])
    await bot.says("a command is not as Discord shows it")


async def test_an_answer_that_comes_too_late_is_one_line_in_the_log(start):
    """Discord fails twice. discord.py tries a third time after four seconds, one more than Discord waits."""
    async with sharded_discord(recommended=1) as discord:
        bot: Running = await start(discord.base)
        await bot.says("connected as Lessonbot")
        first = await discord.ask(0, "what is a venv", MIA)
        await until(lambda: discord.answered[first] == 1, bot)
        discord.statuses = [502, 502]
        tried = await discord.ask(0, "what is a venv", MIA)
        await bot.says(r"not delivered: answered too late \(10062\)")
        assert discord.statuses == [], "it was tried again while there was time"
        assert (discord.answered[tried], discord.refused) == (0, {"too late": 1})
        after = await discord.ask(0, "what is a venv", MIA)
        await until(lambda: discord.answered[after] == 1, bot)
        assert "Traceback" not in bot.log


async def test_nobody_waits_for_minutes_for_a_discord_that_says_nothing(start):
    """It takes what is sent, and never responds: all that waits would fill the memory, and take all sockets."""
    async with sharded_discord(recommended=1) as discord:
        bot: Running = await start(discord.base)
        await bot.says("connected as Lessonbot")
        first = await discord.ask(0, "what is a venv", MIA)
        await until(lambda: discord.answered[first] == 1, bot)
        discord.statuses = [0, 0]
        await discord.ask(0, "what is a venv", MIA)
        await discord.mention(0, member=TOM)
        await bot.says("(?s)a reply failed: Timeout.*a reply failed: Timeout", seconds=30)
        assert discord.statuses == []
        after = [await discord.ask(0, "what is a venv", MIA), await discord.mention(0, member=TOM)]
        await until(lambda: all(discord.answered[each] == 1 for each in after), bot)
        assert "Traceback" not in bot.log


async def test_an_answer_that_discord_took_and_seemed_to_lose_goes_on(start):
    """What comes after it is sent, too; but not if another process had answered before the first try."""
    async with sharded_discord(recommended=1) as discord:
        bot: Running = await start(discord.base)
        await bot.says("connected as Lessonbot")
        asked = await discord.ask(0, "what is a venv", MIA)
        await until(lambda: discord.answered[asked] == 1, bot)
        (share,) = re.findall(r"lb:share:[\w:-]+", str(discord.said[asked]))
        discord.loses = 1
        shared = await discord.press(0, share, MIA)
        await until(lambda: f"Shared by <@{MIA}>" in str(discord.followed[shared]), bot)
        assert (discord.answered[shared], discord.refused["answered already"]) == (1, 1)

        discord.loses = 1
        options = [{"name": "scenario", "type": 3, "value": "two-versions"}]
        options.append({"name": "share", "type": 5, "value": True})
        command = {"id": "1", "name": "walkthrough", "type": 1, "options": options}
        begun = await discord.interact(0, TOM, 2, command)
        await until(lambda: discord.refused["answered already"] == 2, bot)
        next_ = re.findall(r"lb:all-walk:[\w:-]+next", str(discord.said[begun]))[0]

        async def turns() -> bool:
            turned = await discord.press(0, next_, TOM)
            await until(lambda: discord.answered[turned] == 1, bot)
            return "What would you do?" in str(discord.said[turned])

        assert any([await turns() for _ in range(5)]), "the panel works a moment later"

        again = await discord.press(0, share, TOM)
        discord.answered[again] = 1  # by another process, before this one sees the press
        await bot.says(r"not delivered: answered already \(40060\)")
        assert again not in discord.said
        assert not discord.followed[again]
        assert "Traceback" not in bot.log


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (4004, "error: Discord refused DISCORD_TOKEN"),
        (
            4011,
            "error: Discord wants this bot divided into more shards",
        ),
        (4014, "error: MESSAGE_CONTENT=on needs the Message Content Intent"),
    ],
)
async def test_a_bot_that_is_refused_just_after_its_servers_came_ends_in_one_line(start, code: int, said: str):
    """What it had begun to do for them leaves nothing in the log."""
    async with sharded_discord(recommended=1, servers_each=20, closes_with=code) as discord:
        bot: Running = await start(discord.base, LESSONS_SERVERS="1142345678899380224")
        await bot.says(said)
        assert await bot.process.wait() == 1
        assert "Traceback" not in bot.log
        assert bot.log.count("error: ") == 1
