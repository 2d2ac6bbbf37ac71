"""What Discord tells of a message or its thread, and is no edit of a question."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
from simcord import ChannelHandle
from simcord.backend import serializers

from tests.support.asking import BREAD, logged
from tests.support.posts import answers_in, rename
from tests.support.world import World, text

pytestmark = pytest.mark.reads_messages
RYE = "how do i bake rye bread"
LESSON = (
    "lesson: Bread\nentries:\n  - id: rye\n    question: How do I bake rye bread?\n    answer: At 220 degrees.\n"
)


async def update(world: World, message: discord.Message) -> None:
    """Discord tells of a message as it is; SimCord does not do so when a message is pinned or gets a thread."""
    backend = world.env.backend
    kept = backend.get_message(world.channel.id, message.id)
    backend.emit("MESSAGE_UPDATE", serializers.message_payload(backend, kept))
    world.env._mark_mutation()
    await world.env._settle_internal(dispatch="an update")


async def test_the_name_of_a_thread_is_not_what_its_message_asks(world: World):
    """Only the title of a forum post is. A helper who renames a thread asks nothing in the member's name."""
    asked = await world.mia.send(world.channel, f"{world.mention} {BREAD}")
    (unknown,) = answers_in(world.channel)
    thread = world.env.backend.create_thread(world.channel.id, BREAD, world.max.id, message_id=asked.id)
    await rename(world, ChannelHandle(world.env, world.server, thread), "What is a virtual environment?")
    (still,) = answers_in(world.channel)
    assert text(still) == text(unknown)
    assert still.edited_at is None
    assert await logged(world) == [BREAD]


async def test_an_old_question_that_was_edited_once_is_not_edited_again_by_a_pin(world: World, lessons: Path):
    """Its answer stays as it was given, whatever the lessons say by now."""
    (lessons / "bread.yaml").write_text(LESSON, encoding="utf-8")
    world.bot.app.library.reload()
    asked = await world.mia.send(world.channel, f"{world.mention} how do i bake rye brad")
    await world.mia.edit(asked, f"{world.mention} {RYE}")
    assert "220 degrees" in text(world.last)
    (lessons / "bread.yaml").unlink()
    world.bot.app.library.reload()
    await world.env.advance_time(3 * 24 * 60 * 60)
    before = await logged(world)
    await update(world, asked)
    assert "220 degrees" in text(world.last)
    assert await logged(world) == before
