"""An inbox for moderators, and the rounds in which the bot looks at it."""

from __future__ import annotations

from typing import Any

import discord

from bot.store.servers import Choices
from tests.support.asking import pass_on, slash
from tests.support.editing import press
from tests.support.forms import LESSON, filled, lessons_in
from tests.support.world import World


async def have_an_inbox(world: World, **chosen: Any) -> Any:
    """A text channel for moderators that is the inbox."""
    channel = world.server.create_text_channel("inbox")
    await choose(world, channel, **chosen)
    return channel


async def choose(world: World, channel: Any, **chosen: Any) -> None:
    """Without a digest, unless a test asks for it."""
    choices = Choices(**{"inbox": channel.id, "digest": False, **chosen})
    await world.bot.app.servers.set(world.server.id, choices)
    await look(world)


async def look(world: World) -> None:
    """What the bot does every five minutes."""
    with world.env._bot_scope():
        world.bot.app.asking.inbox.wake()
    await world.env.settle()


async def later(world: World, seconds: float) -> None:
    """What the bot does after this time, without the looks in between: they would take a minute for a week."""
    if timer := world.bot.get_cog("InboxSender")._rounds._timer:
        timer.cancel()
    await world.env.advance_time(seconds)
    await look(world)


async def ask_moderators(world: World, *questions: str) -> None:
    """Mia asks each of these, and sends it to the moderators."""
    for each in questions:
        await pass_on(world, await slash(world, each))
    await world.env.settle()


async def begin_entry(world: World, card: Any) -> Any:
    """Max writes a new entry for the question of a card. Returns its draft."""
    box = await world.max.click(card, label="Add as new entry")
    lesson = [next(iter(lessons_in(box).values()))]
    return await world.max.submit_modal(box, {**filled(box), "answer": "With an oven.", LESSON: lesson})


async def write_entry(world: World, card: Any) -> Any:
    """As `begin_entry`, and Max publishes it."""
    drafted = await begin_entry(world, card)
    await press(world, drafted, "Publish")
    await world.env.settle()
    return drafted


def cards(channel: Any) -> list[discord.Message]:
    return list(channel.history())


def only(channel: Any) -> discord.Message:
    (card,) = cards(channel)
    return card
