"""Moderators are reached: what waits for them comes to the inbox, once, and its card says what became of it."""

from __future__ import annotations

from typing import Any

import discord

from bot.store.servers import Choices
from tests.discord_ui.asking.test_feedback import BREAD, WANT, direct, pass_on, slash
from tests.discord_ui.curating.test_editing import press
from tests.discord_ui.curating.test_save_entry import LESSON, filled, lessons_in
from tests.support import forged
from tests.support.world import World, buttons, message, text

TAKE = "I take this"
MINUTE, DAY = 60, 24 * 3600


async def have_an_inbox(world: World, **chosen: Any) -> Any:
    """A text channel for moderators that is the inbox. There is no digest unless a test asks for it."""
    channel = world.server.create_text_channel("inbox")
    await choose(world, channel, **chosen)
    return channel


async def choose(world: World, channel: Any, **chosen: Any) -> None:
    choices = Choices(**{"inbox": channel.id, "inbox_a_day": 10, "digest": False, **chosen})
    await world.bot.app.servers.set(world.server.id, choices)
    await look(world)


async def look(world: World) -> None:
    """What the bot does every five minutes."""
    with world.env._bot_scope():
        world.bot.app.asking.inbox.wake()
    await world.env.settle()


async def ask_moderators(world: World, *questions: str) -> None:
    for each in questions:
        await pass_on(world, await slash(world, each))
    await world.env.settle()


def cards(channel: Any) -> list[discord.Message]:
    return list(channel.history())


async def answer(world: World, card: discord.Message) -> Any:
    """A moderator writes a new entry, from the card in the inbox to its Publish."""
    box = await world.max.click(card, label="Add as new entry")
    typed = {**filled(box), "answer": "With an oven.", LESSON: [next(iter(lessons_in(box).values()))]}
    proposed = await world.max.submit_modal(box, typed)
    await press(world, proposed, "Publish")
    await world.env.settle()
    return proposed


async def test_from_a_question_to_the_answer(world: World):
    """A member passes it on; a moderator takes it, answers it and undoes that: one card says all of it."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    assert not cards(inbox), "what nobody passed on waits until three members ask it"
    await pass_on(world, asked, "with rye")
    await world.mia.click(message(asked), label=WANT)
    await look(world)
    (card,) = cards(inbox)
    assert f"## `{BREAD}`" in text(card)
    assert "with rye" in text(card)
    assert "**1** member asked to be notified." in text(card)
    assert buttons(card)[-2:] == [TAKE, "Ask back"]
    assert str(world.mia.id) not in text(card)

    assert "Only moderators can do this" in text(await world.mia.click(card, label=TAKE))
    await world.max.click(card, label=TAKE)
    (card,) = cards(inbox)
    assert f"**<@{world.max.id}> took this**" in text(card)

    proposed = await answer(world, card)
    (card,) = cards(inbox)
    assert f"Answered by <@{world.max.id}>: **{BREAD}" in text(card)
    assert buttons(card) == ["Show the answer"]
    assert len(direct(world)) == 1, "the member is told"
    assert "already been resolved" in text(await forged_take(world))

    await press(world, proposed, "Undo")
    await world.env.settle()
    (card,) = cards(inbox)
    assert TAKE in buttons(card) or "Let go or take over" in buttons(card)
    assert f"## `{BREAD}`" in text(card)


async def forged_take(world: World) -> Any:
    return await forged.press(world, world.max, "lb:inbox-take:1")
