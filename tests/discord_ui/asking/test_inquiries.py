"""A member types their reply to the moderators, who would not see it: the bot shows how they get it."""

from __future__ import annotations

import discord
import pytest
from simcord import ChannelHandle

from bot.discord_ui.curating import inbox_sender
from tests.support.asking import BREAD, WANT, direct, logged, pass_on, slash
from tests.support.inbox import have_an_inbox, only
from tests.support.moments import DAY
from tests.support.world import World, buttons, message, text

NOT_HERE = "The moderators don't see what you write in this chat. To reply to them, press *Reply*."


@pytest.fixture
async def inbox(world: World) -> ChannelHandle:
    """Where moderators have just asked Mia which oven she has."""
    inbox: ChannelHandle = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    box = await world.max.click(only(inbox), label="Ask the member")
    await world.max.submit_modal(box, {"text": "Which oven do you have?"})
    await world.env.settle()
    return inbox


async def dm(world: World, said: str, *, reply_to: discord.Message | None = None) -> discord.Message:
    """What the bot says to a direct message of Mia's."""
    await world.env.advance_time(60)  # nobody is told to slow down
    to = {"channel_id": str(reply_to.channel.id), "message_id": str(reply_to.id)} if reply_to else None
    await world.mia.send_dm(said, reference=to)
    reply: discord.Message = world.mia.user.dm_channel.history()[-1]
    assert reply.author == world.bot.user, said
    return reply


async def test_a_reply_that_is_typed_reaches_the_moderators(world: World, inbox: ChannelHandle):
    """The card says how to reply, and so does the bot, until they did. What may be a question is logged as one."""
    assert NOT_HERE in text(direct(world)[-1])
    for said in ("a gas oven", "yes", "Bosch"):
        hint = await dm(world, said)
        for expected in ("Was that for the moderators?", NOT_HERE, "Which oven do you have?"):
            assert expected in text(hint)
    assert {*await logged(world)} == {"a gas oven", "Bosch", BREAD}
    form = await world.mia.user.click(hint, label="Reply")
    await world.mia.user.submit_modal(form, {"reply": "a gas oven"})
    await world.env.settle()
    assert "Reply: `a gas oven`" in text(only(inbox))
    assert "No lesson answers that yet" in text(await dm(world, "a gas oven"))


async def test_what_is_only_a_mention_is_neither_asked_nor_a_reply(world: World, inbox: ChannelHandle):
    """Nothing would be left of it, and each member can reply only once."""
    nothing = f"{world.max.user.mention} <:bread:123456789012345678>"
    box = await world.max.click(only(inbox), label="Ask the member")
    assert "Write a few words" in text(await world.max.submit_modal(box, {"text": nothing}))
    for reply in (nothing, "Bosch"):
        form = await world.mia.user.click(direct(world)[-1], label="Reply")
        sent = await world.mia.user.submit_modal(form, {"reply": reply})
        assert ("Write a few words" in text(sent)) == (reply == nothing)
    await world.env.settle()
    assert "Reply: `Bosch`" in text(only(inbox))


async def test_a_reply_to_the_card_may_have_a_question_mark(world: World, inbox: ChannelHandle):
    """Who asks back there means the moderators, unless a lesson surely answers it."""
    card = direct(world)[-1]
    for said in ("which one do you mean?", "I activate the venv on Windows"):
        assert buttons(await dm(world, said, reply_to=card)) == ["Reply"], said
    assert "## What is a virtual environment?" in text(await dm(world, "what is a venv?", reply_to=card))


@pytest.mark.usefixtures("inbox")
async def test_what_may_be_a_question_can_be_sent_to_the_moderators_as_one(world: World):
    """ "Explain hydration" looks like a reply to the moderators, and need not be one."""
    before = len(direct(world))
    assert "Was that for the moderators?" in text(await dm(world, "explain sourdough hydration"))
    *_, card, _ = direct(world)[before:]
    assert "No lesson answers that yet" in text(card)
    assert "Ask the moderators" in buttons(card)


@pytest.mark.usefixtures("inbox")
async def test_after_days_a_message_is_not_taken_for_a_reply_to_the_moderators(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Unless it replies to their question."""
    card = direct(world)[-1]
    days = 4 * DAY.total_seconds()
    monkeypatch.setattr(inbox_sender, "SECONDS", days)  # a look at the inbox every five minutes would take long
    await world.env.advance_time(days)
    assert "No lesson answers that yet" in text(await dm(world, "a gas oven"))
    assert "Was that for the moderators?" in text(await dm(world, "a gas oven", reply_to=card))


@pytest.mark.usefixtures("inbox")
async def test_questions_are_answered_while_moderators_wait_for_a_reply(world: World):
    """Also what no lesson answers: it can be sent to them. And a remark on an answer is none to the moderators."""
    assert "## What is a virtual environment?" in text(await dm(world, "what is a venv"))
    before = len(direct(world))
    await world.mia.send_dm("ok nice")
    assert len(direct(world)) == before + 1, "it needs no reply"
    assert "No lesson answers that yet" in text(await dm(world, "how do i knead the dough"))
    assert (await logged(world))[0] == "how do i knead the dough"
