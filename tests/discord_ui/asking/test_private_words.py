"""What a member typed is shown to nobody but moderators: others get no more than the public card shows."""

from __future__ import annotations

import json
from typing import Any

from tests.support.asking import ASK, BREAD, WANT, direct, pass_on, slash
from tests.support.inbox import have_an_inbox, only
from tests.support.world import World, buttons, message, noah_in, shown, text

PRIVATE = "hi its Mia from ACME, why do we need virtual environments"


async def data_of(world: World, member: Any) -> dict[str, Any]:
    """What `/ask my data` sends."""
    sent = await member.slash(world.channel, "ask", question="my data")
    (file,) = (file for each in shown(sent) for file in each.attachments)
    found: dict[str, Any] = json.loads(await file.read())
    return found


async def pass_on_as(member: Any, card: Any) -> None:
    box = await member.click(message(card), label=ASK)
    await member.submit_modal(box, {"context": ""})


async def ask_back(world: World, inbox: Any, text: str) -> None:
    box = await world.max.click(only(inbox), label="Ask the member")
    await world.max.submit_modal(box, {"text": text})
    await world.env.settle()


async def test_who_rates_a_shared_answer_does_not_get_the_words_of_its_question(world: World):
    """Neither those that were asked in private, nor those of a mention that was edited since."""
    asked = await slash(world, PRIVATE)
    await world.mia.click(message(asked), label="Share in this channel")
    noah = noah_in(world)
    await noah.click(world.last, label="That helped")

    said = await world.mia.send(world.channel, f"{world.mention} {PRIVATE}")
    await world.mia.edit(said, f"{world.mention} why do we need virtual environments")
    await world.env.settle()
    await noah.click(world.last, label="That helped")

    data = await data_of(world, noah)
    assert len(data["votes"]) == 2
    assert "ACME" not in json.dumps(data)


async def test_who_waits_for_an_answer_to_anothers_question_does_not_get_its_words(world: World):
    """When moderators ask back, whoever asked sees what it is about; others see only what moderators wrote."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, PRIVATE)
    await world.mia.click(message(asked), label="Share in this channel")
    noah = noah_in(world)
    others = await noah.click(world.last, label="Not what I asked")
    assert ASK in buttons(others)
    await pass_on_as(noah, others)
    await noah.click(message(others), label=WANT)
    await ask_back(world, inbox, "Which version?")
    (sent,) = direct(world, noah)
    assert "Which version?" in text(sent)
    assert "ACME" not in text(sent)
    assert "You asked" not in text(sent)
    assert "ACME" not in json.dumps(await data_of(world, noah))


async def test_whoever_asked_reads_their_own_words(world: World):
    """In what moderators ask back, and in the file with their data, while they wait for the answer."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    await ask_back(world, inbox, "With rye?")
    (sent,) = direct(world)
    assert f"You asked: *{BREAD}*" in text(sent)
    assert [each["text"] for each in (await data_of(world, world.mia))["questions"]] == [BREAD]


async def test_whoever_asked_more_since_reads_their_own_words_too(world: World):
    """A member may pass a question on after they asked another one, and after the conversation about it ended."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await slash(world, "what is pipx")
    await world.env.advance_time(11 * 60)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    await ask_back(world, inbox, "With rye?")
    (sent,) = direct(world)
    assert f"You asked: *{BREAD}*" in text(sent)


async def test_whoever_asked_in_a_direct_message_reads_their_own_words_however_late(world: World):
    """Nobody else sees that card."""
    inbox = await have_an_inbox(world)
    await world.mia.send_dm(BREAD)
    asked = direct(world)[-1]
    await world.env.advance_time(2 * 60 * 60)
    await pass_on_as(world.mia.user, asked)
    await world.mia.user.click(direct(world)[-1], label=WANT)
    await ask_back(world, inbox, "With rye?")
    assert any(f"You asked: *{BREAD}*" in text(each) for each in direct(world))
