"""What Discord does not permit is not tried again and again: after 10,000 refusals, it blocks the bot for all."""

from __future__ import annotations

from collections.abc import Callable

import discord
import pytest
from simcord import ChannelHandle, RoleHandle
from simcord.backend.serializers import member_payload

from bot.discord_ui.kit.refused_lately import MOST, SECONDS
from tests.support.world import World, message, noah_in, text

CLOSED = discord.PermissionOverwrite(send_messages=False, send_messages_in_threads=False)
ALL = discord.Permissions.all().value


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
    """A few requests for many calls; other channels notice nothing, and after a minute, it tries again."""
    noah = noah_in(world)
    for member in (world.mia, noah, world.max) * 4:
        await member.send(closed, f"{world.mention} what is a venv")
    assert requests(world, "POST", closed) == MOST
    assert "isolated Python environment" in text(await world.ask("what is a venv"))
    await world.env.advance_time(SECONDS + 1)
    await world.mia.send(closed, f"{world.mention} what is a venv")
    assert requests(world, "POST", closed) == MOST + 1


Mend = Callable[[World, ChannelHandle, RoleHandle], None]


def open_channel(world: World, closed: ChannelHandle, silent: RoleHandle) -> None:
    world.env.backend.delete_overwrite(closed.id, silent.id)


def give_rights(world: World, _closed: ChannelHandle, silent: RoleHandle) -> None:
    world.env.backend.edit_role(world.server.id, silent.id, {"permissions": ALL})


def give_role(world: World, _closed: ChannelHandle, _silent: RoleHandle) -> None:
    admins = world.server.create_role("admins", permissions=discord.Permissions.all())
    _change_own_roles(world, lambda roles: roles.append(admins.id))


def delete_role(world: World, _closed: ChannelHandle, silent: RoleHandle) -> None:
    world.env.backend.delete_role(world.server.id, silent.id)


def _change_own_roles(world: World, change: Callable[[list[int]], None]) -> None:
    # SimCord sends this only with the intent for members; Discord sends it of the bot itself in any case.
    backend, server = world.env.backend, world.server.id
    member = backend.get_member(server, world.bot.user.id)
    change(member.role_ids)
    payload = member_payload(backend, backend.get_guild(server), member)
    world.bot._connection.parse_guild_member_update({**payload, "guild_id": str(server)})


@pytest.mark.parametrize("mend", [open_channel, give_rights, give_role, delete_role])
async def test_it_answers_at_once_where_its_rights_are_mended(world: World, mend: Mend):
    """A moderator who mends them tries at once whether the bot answers now."""
    silent = world.server.create_role("silent")
    _change_own_roles(world, lambda roles: roles.append(silent.id))
    closed = world.server.create_text_channel("no-bots", overwrites={silent: CLOSED})
    for member in (world.mia, noah_in(world), world.max) * 2:
        await member.send(closed, f"{world.mention} what is a venv")
    assert requests(world, "POST", closed) == MOST
    mend(world, closed, silent)
    await world.env.settle()
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
