"""What Discord does not permit is not tried again and again: after 10,000 refusals, it blocks the bot for all."""

from __future__ import annotations

import discord
import pytest
from simcord import ChannelHandle

from bot.discord_ui.kit.refused_lately import MOST, SECONDS
from tests.support.world import World, message, noah_in, text

CLOSED = discord.PermissionOverwrite(send_messages=False, send_messages_in_threads=False)
OPEN = discord.PermissionOverwrite(send_messages=True, send_messages_in_threads=True)


@pytest.fixture
def closed(world: World) -> ChannelHandle:
    """A channel where members write, and the bot may not."""
    assert world.server.me is not None
    channel: ChannelHandle = world.server.create_text_channel("no-bots", overwrites={world.server.me: CLOSED})
    return channel


def requests(world: World, method: str, channel: ChannelHandle) -> int:
    """How many requests about a channel Discord got."""
    here = f"/channels/{channel.id}"
    return sum(each.method == method and here in each.path for each in world.env.http_requests)


async def test_calls_where_it_may_not_write(world: World, closed: ChannelHandle):
    """A few requests for many calls; other channels notice nothing, and once it may write, it answers there."""
    noah = noah_in(world)
    for member in (world.mia, noah, world.max) * 4:
        await member.send(closed, f"{world.mention} what is a venv")
    assert requests(world, "POST", closed) == MOST
    assert "isolated Python environment" in text(await world.ask("what is a venv"))
    assert world.server.me is not None
    await world.bot.get_channel(closed.id).set_permissions(world.server.me, overwrite=OPEN)
    await world.env.advance_time(SECONDS + 1)
    await world.mia.send(closed, f"{world.mention} what is a venv")
    assert "isolated Python environment" in text(closed.history()[-1])


async def test_presses_in_a_thread_that_it_may_not_open(world: World, closed: ChannelHandle):
    """A press opens an archived thread again, if the bot may; if not, others press all the same."""
    thread = world.env.backend.create_thread(closed.id, "about the news", world.max.id)
    here = ChannelHandle(world.env, world.server, thread)
    answer = await world.mia.slash(here, "ask", question="what is a venv", private=False)
    metadata = world.env.backend.get_channel(here.id).thread_metadata
    assert metadata is not None
    metadata.archived = True
    world.env.backend.announce_channel_update(here.id)
    world.env.inject_error("PATCH", f"/channels/{here.id}", status=403, code=50013, times=10)
    for _ in range(10):
        await world.max.click(message(answer), label="That helped")
    assert requests(world, "PATCH", here) == MOST
