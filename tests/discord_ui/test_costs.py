"""What an event must not cost: memory for old cards, and work for messages that are not for the bot."""

from __future__ import annotations

import gc
from pathlib import Path

import discord
from discord import ui

from tests.support.world import World, buttons


async def test_cards_that_were_sent_are_not_kept(world: World):
    """discord.py would keep each card for 15 minutes. Their buttons still work: they hold all that is needed."""
    shown = await world.mia.slash(world.channel, "ask", question="what is a virtual environment")
    await world.ask("what is a virtual environment?")
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, ui.LayoutView)]
    assert "That helped" in buttons(shown)
    assert shown.response
    await world.mia.click(shown.response, label="That helped")
    assert "That helped" not in buttons(shown)


async def test_a_message_that_is_not_for_the_bot_wakes_nothing_up(world: World):
    """In a busy server, nearly all messages are of this kind."""
    heard: list[int] = []

    async def hear(message: discord.Message) -> None:
        heard.append(message.id)

    world.bot.add_listener(hear, "on_message")
    first = await world.mia.send(world.channel, "good morning, everybody")
    assert heard == []
    reply = await world.mia.send(world.channel, "to you, too", reply_to=first)
    question = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    assert heard == [reply.id, question.id]


async def test_choices_follow_the_lessons(world: World, lessons: Path):
    """Choices for the same letters are remembered, but not longer than the lessons stay the same."""

    async def offered() -> list[str]:
        return [each["name"] for each in await world.mia.autocomplete(world.channel, "ask", "question", "zebra")]

    assert await offered() == await offered()
    (lessons / "zebras.yaml").write_text(
        "lesson: Zebras\nentries:\n  - {id: zebra, question: Zebra stripes?, answer: Black and white.}"
    )
    assert world.bot.app.library.reload()
    assert (await offered())[0] == "Zebra stripes?"
