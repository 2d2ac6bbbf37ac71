"""A member opens a post in a forum, as Discord sends it: the post and its first message share an id."""

from __future__ import annotations

from typing import Any

import discord
from simcord import ChannelHandle, MemberActor

from tests.support.world import World, message, text


async def open_post(
    world: World, forum: ChannelHandle, member: MemberActor, title: str, body: str = "", *, late: bool = False
) -> ChannelHandle:
    """Returns the post. `late`: Discord tells of the first message before it tells of the post."""
    backend = world.env.backend
    thread = backend.create_thread(forum.id, title, member.id, broadcast=False)
    first = backend.prepare_message(thread.id, member.id, body or "…")
    first.id = thread.id
    backend.commit_message(first, broadcast=False)
    events: list[Any] = [
        lambda: backend.announce_thread_create(thread),
        lambda: backend.announce_message_create(first),
    ]
    for event in reversed(events) if late else events:
        event()
    world.env._mark_mutation()
    await world.env._settle_internal(dispatch="a post")
    return ChannelHandle(world.env, world.server, thread)


async def chosen_forum(world: World) -> ChannelHandle:
    """A forum that a moderator chose in the settings."""
    forum = world.server.create_forum_channel("forum")
    settings = await world.max.slash(world.channel, "lessons settings")
    await world.max.select(message(settings), [forum], custom_id="lb:set-listens")
    assert f"<#{forum.id}>" in text(settings)
    return forum


def answers_in(channel: ChannelHandle) -> list[discord.Message]:
    """What the bot said there."""
    return [each for each in channel.history() if each.components]
