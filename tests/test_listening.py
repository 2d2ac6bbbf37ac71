"""Answering without being mentioned: only where a server wants it, only when sure, once, and easily put away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from simcord import ChannelHandle

from bot.discord_ui.client import LessonBot
from bot.lessons.library import Library
from bot.questions.reading import reads_as_question
from bot.store.servers import Choices
from bot.store.store import Store
from bot.tutor import Tutor
from tests.world import World, buttons, message, text


@pytest.fixture
def simcord_bot(lessons: Path, memory: Store, tmp_path: Path) -> LessonBot:
    """One that may read messages, as with MESSAGE_CONTENT=on."""
    library = Library.open(lessons)
    return LessonBot(Tutor(library), library, memory, tmp_path / "data", reads_messages=True)


async def listen_in(world: World, *channels: ChannelHandle) -> None:
    chosen = Choices(listens_in=tuple(each.id for each in channels))
    await world.bot.store.servers.set(world.server.id, chosen)


async def said_to(world: World, content: str, **how: Any) -> list[Any]:
    """What the bot says to a message of Mia's."""
    before = len(world.channel.history())
    await world.mia.send(world.channel, content, **how)
    return world.channel.history()[before + 1 :]


async def test_a_sure_answer_is_given_without_a_mention_and_put_away_by_who_asked(world: World):
    """Help comes by itself, and goes with one press."""
    await listen_in(world, world.channel)
    (answer,) = await said_to(world, "what is a virtual environment?")
    assert "isolated Python environment" in text(answer)
    assert "I only answer here when I am sure" in text(answer)
    assert buttons(answer)[-1] == "Dismiss"
    noah = world.server.add_member(world.env.create_user("noah"))
    assert "Whoever asked" in text(await noah.click(answer, label="Dismiss"))
    await world.mia.click(answer, label="Dismiss")
    assert answer.id not in [each.id for each in world.channel.history()]


async def test_it_stays_silent_unless_it_is_wanted_sure_and_asked(world: World):
    """Off by default; no guesses, no chatter, no interruption of people who help each other."""
    assert await said_to(world, "what is a virtual environment?") == []
    await listen_in(world, world.channel)
    assert await said_to(world, "django") == []
    assert await said_to(world, "which django should i take?") == [], "not sure"
    assert await said_to(world, "how do i bake bread?") == []
    assert await said_to(world, "a virtual environment is nice") == []
    question = await world.max.send(world.channel, "can somebody help me?")
    assert await said_to(world, "what is a virtual environment?", reply_to=question) == []
    await listen_in(world, world.server.create_text_channel("elsewhere"))
    assert await said_to(world, "what is a virtual environment?") == []


async def test_a_long_answer_is_one_message(world: World, lessons: Path):
    """A channel is not flooded by what nobody asked for by name."""
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(
        whole.replace("A virtual environment is a tool which", "Much to say. " * 600 + "It"), encoding="utf-8"
    )
    world.bot.library.reload()
    await listen_in(world, world.channel)
    (answer,) = await said_to(world, "what is a virtual environment?")
    whole_answer = await world.max.click(answer, label="Read the answer")
    assert whole_answer.ephemeral
    assert "Much to say." in text(message(whole_answer))


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("what is a venv?", True),
        ("hey, how do i activate a venv", True),
        ("my venv does not work?", True),
        ("I like what a venv does", False),
        ("what?", False),
        ("> what is a venv?", False),
        ("what is a venv?\nand then I tried this", False),
        ("what " * 100 + "?", False),
        ("", False),
        ("????", False),
    ],
)
def test_what_reads_as_a_question(said: str, is_one: bool):
    """A line that asks; not a quote, a story, or a word with a question mark."""
    assert reads_as_question(said) is is_one
