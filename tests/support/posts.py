"""A member opens a post in a forum, as Discord sends it: the post and its first message share an id."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest
from simcord import ChannelHandle, MemberActor
from simcord.enums import ChannelType

from tests.support.world import World, message, text

MEDIA: Any = 16  # Discord's number; SimCord has no name for it


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


async def rename(world: World, post: ChannelHandle, title: str) -> None:
    """Mia changes the title of her post."""
    world.env.backend.get_channel(post.id).name = title
    world.env.backend.announce_channel_update(post.id)
    await world.mia.send(post, "I changed the title.")


async def chosen_forum(world: World, *, of_media: bool = False) -> ChannelHandle:
    """A forum, or a channel of media, that a moderator chose in the settings."""
    forum = ChannelHandle(
        world.env,
        world.server,
        world.env.backend.create_channel(world.server.id, "forum", type=MEDIA if of_media else ChannelType.FORUM),
    )
    settings = await world.max.slash(world.channel, "lessons settings")
    await world.max.select(message(settings), [forum], custom_id="lb:set-listens")
    assert f"<#{forum.id}>" in text(settings)
    return forum


def answers_in(channel: ChannelHandle) -> list[discord.Message]:
    """What the bot said there."""
    return [each for each in channel.history() if each.components]


def answers_first(
    world: World, forum: ChannelHandle, member: MemberActor, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let a member answer each post of a forum while the bot still looks for an answer."""
    answer_post = world.bot.app.asking.answer

    # `Any`: whatever the bot passes.
    async def slowly(*post: Any, **who: Any) -> object:
        found = await answer_post(*post, **who)
        world.env.backend.create_message(forum.threads[-1].id, member.id, answer)
        for _ in range(100):  # turns of the loop, in which the bot reads the message
            await asyncio.sleep(0)
        return found

    monkeypatch.setattr(world.bot.app.asking, "answer", slowly)
