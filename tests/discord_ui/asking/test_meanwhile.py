"""What becomes of a question while its answer is on its way: the answer follows that, too."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from bot.discord_ui.asking.sent_answers import SentAnswers
from bot.store.servers import Choices
from tests.support.asking import logged
from tests.support.posts import answers_in, chosen_forum, open_post
from tests.support.world import World, text

pytestmark = pytest.mark.reads_messages
WHAT, WHY = "what is a virtual environment?", "why do we need virtual environments?"


def meanwhile(world: World, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let this happen once while the bot answers the next question: it has looked that up, and not yet replied."""
    answer = world.bot.app.asking.answer

    # `Any`: whatever the bot passes.
    async def slowly(*asked: Any, **how: Any) -> object:
        monkeypatch.setattr(world.bot.app.asking, "answer", answer)
        answered = await answer(*asked, **how)
        happens()
        for _ in range(100):  # turns of the loop, in which the bot hears of it
            await asyncio.sleep(0)
        return answered

    monkeypatch.setattr(world.bot.app.asking, "answer", slowly)


@pytest.mark.parametrize("called", ["by mention", "unasked", "by a helper"])
async def test_a_question_is_edited_or_deleted_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch, called: str
):
    """Whoever corrects a typo at once gets the answer to what they meant. No answer is left without a question."""
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(world.channel.id,)))
    backend, mention = world.env.backend, f"{world.mention} " if called == "by mention" else ""
    channel = world.server.create_text_channel("other") if called == "by a helper" else world.channel

    async def ask(happens: Callable[[int], object]) -> None:
        if called == "by a helper":
            asked = await world.mia.send(channel, WHAT)
            meanwhile(world, monkeypatch, lambda: happens(asked.id))
            await world.max.send(channel, world.mention, reply_to=asked)
        else:
            meanwhile(world, monkeypatch, lambda: happens(channel.history()[-1].id))
            await world.mia.send(channel, f"{mention}{WHAT}")

    await ask(lambda asked: backend.delete_message(channel.id, asked))
    assert answers_in(channel) == []
    await ask(lambda asked: backend.edit_message(channel.id, asked, {"content": f"{mention}{WHY}"}))
    (answer,) = answers_in(channel)
    assert "isolates the packages" in text(answer)


async def test_a_post_gets_another_title_meanwhile(world: World, monkeypatch: pytest.MonkeyPatch):
    """Discord may let nobody write in a new post for some seconds."""
    forum = await chosen_forum(world)

    def rename() -> None:
        post = forum.threads[-1]
        world.env.backend.get_channel(post.id).name = WHY
        world.env.backend.announce_channel_update(post.id)

    meanwhile(world, monkeypatch, rename)
    (answer,) = answers_in(await open_post(world, forum, world.mia, WHAT))
    assert "isolates the packages" in text(answer)
    assert (await logged(world))[0] == WHY


async def test_what_happens_to_a_message_waits_for_all_of_its_answers():
    """Also if one of them cannot be sent, and it happens once."""
    sent, done = SentAnswers(), []

    async def event() -> None:
        done.append("edited")

    async with sent.on_its_way(1):
        with contextlib.suppress(OSError):
            async with sent.on_its_way(1):
                assert sent.postpones(1, event)
                raise OSError
        assert done == []
        assert sent.postpones(1, event)
    assert done == ["edited"] * 2
    assert not sent.postpones(1, event)
