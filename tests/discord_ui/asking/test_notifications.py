"""Members who want to be notified get the answer once it is published, and never one that was undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.asking.notifications import Subscription
from bot.discord_ui.asking.messages import headline
from bot.outbox import Delivery
from bot.store.servers import Choices
from bot.store.tables import wanted
from tests.support.asking import BREAD, WANT, WHY, answered, direct, kept, last, moderate, pass_on, slash
from tests.support.editing import undo, undo_latest
from tests.support.pseudo import outside
from tests.support.world import Shown, World, buttons, components, message, second_moderator, text
from tests.support.world import shown as messages

PHRASING = "Choose another entry"


async def wait_for(world: World, question: str = BREAD) -> int:
    """Mia asks, passes it on, and asks to be told; the question's id."""
    asked = await slash(world, question)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    return int((await last(world)).id)


async def phrase(world: World, moderator: Any) -> Any:
    """This moderator begins a draft that answers the miss; the card to publish it."""
    shown = await moderator.slash(world.channel, "lessons misses")
    menu = next(part for part in components(shown) if "options" in part)
    await moderator.select(message(shown), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    guess = next(label for label in buttons(shown) if label.startswith("Add as phrasing of: "))
    preview = await moderator.click(message(shown), label=guess)
    return next(each for each in (message(preview), *preview.followups) if "Publish" in buttons(each))


async def publish(world: World, moderator: Any) -> Any:
    card = await phrase(world, moderator)
    await moderator.click(card, label="Publish")
    await world.env.settle()
    return card


async def test_of_two_drafts_for_one_miss_the_first_that_is_published_answers_it(world: World):
    """Subscribers are notified then, whichever draft was begun last."""
    await wait_for(world)
    ada = second_moderator(world)
    first = await phrase(world, world.max)
    later = await phrase(world, ada)
    await world.max.click(first, label="Publish")
    await world.env.settle()
    assert len(direct(world)) == 1
    assert "No open questions" in text(await moderate(world))
    (draft,) = await world.bot.app.store.drafts.of(ada.id)
    await ada.click(later, label="Discard draft")
    assert await world.bot.app.store.drafts.find(draft.id) is None
    assert "No open questions" in text(await moderate(world))


async def test_a_discarded_draft_leaves_the_miss(world: World):
    """Moderators see the miss again, without a draft."""
    await wait_for(world)
    card = await phrase(world, world.max)
    assert "A draft that answers this is in progress" in text(await moderate(world))
    await world.max.click(card, label="Discard draft")
    shown = text(await moderate(world))
    assert "bread" in shown
    assert "asked to be notified" in shown
    assert "in progress" not in shown


@pytest.mark.parametrize("by_command", [False, True])
async def test_what_is_undone_is_a_miss_again(world: World, by_command: bool):
    """By button or by command. Members were already notified; undoing the undo resolves the miss again."""
    id_ = await wait_for(world)
    card: Shown = await publish(world, world.max)
    assert "1 member was notified about the answer" in text(card)
    assert len(direct(world)) == 1
    if by_command:
        card = messages(await undo_latest(world))[0]
    else:
        card = await undo(world, card)
    await world.env.settle()
    assert "bread" in text(await moderate(world))
    assert await world.bot.app.asking.answered(id_) is None
    assert len(direct(world)) == 1
    assert str(world.mia.id) not in await kept(world)
    await undo(world, card, "Redo")
    await world.env.settle()
    assert "No open questions" in text(await moderate(world))
    assert len(direct(world)) == 1


async def test_nobody_is_told_of_an_answer_that_was_undone_meanwhile(world: World):
    """If the answer is undone while many are notified, the rest get no message."""
    id_ = await wait_for(world)
    await world.bot.app.store.subscriptions.subscribe(id_, world.max.id)
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, times=2)
    card = await publish(world, world.max)
    queue = world.bot.app.asking.notifications
    for each in await queue.unfinished():
        await queue.release(each)
    claimed = queue.claim()
    first = await anext(claimed)
    undone = await undo(world, card)
    assert [each async for each in claimed] == []
    await queue.release(first)
    assert await world.bot.notifications.notify_of(first.passage) == 0
    assert not direct(world)
    assert not direct(world, world.max)
    await undo(world, undone, "Redo")
    await world.env.settle()
    assert (len(direct(world)), len(direct(world, world.max))) == (1, 1), "there is an answer again"


async def test_an_answer_counts_as_told_by_no_other_message(world: World):
    """The id of one entry may begin like that of another."""
    id_ = await wait_for(world)
    await answered(world, id_)
    sent = Subscription(id_, world.mia.id, world.server.id, WHY)
    with world.env._bot_scope():
        assert await world.bot.notifications.look_for(sent) is Delivery.ARRIVED
        assert await world.bot.notifications.look_for(replace(sent, passage=WHY[:-1])) is Delivery.MISSING


async def test_a_restart_while_members_are_told_tells_the_rest(world: World, new_bot: Any):
    """Nobody is notified twice, and nobody is left out."""
    id_ = await wait_for(world)
    await world.bot.app.store.subscriptions.subscribe(id_, world.max.id)
    await world.bot.app.store.questions.resolve([id_], "answered", f"1/{WHY}")
    first = await anext(world.bot.app.asking.notifications.claim(world.mia.id))
    await world.bot.notifications.send(first)
    await world.bot.app.asking.notifications.confirm(first)
    # As if it had been killed between the message and the note of it.
    async with world.bot.app.store._database.writing.begin() as connection:
        await connection.execute(wanted.insert().values(question=id_, learner=first.learner, state="sending"))
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    assert (len(direct(world)), len(direct(world, world.max))) == (1, 1)
    assert str(world.mia.id) not in await kept(world)


async def test_a_message_of_an_answer_that_is_gone_is_not_taken_for_that_of_the_new_one(
    world: World, new_bot: Any
):
    """If an answer is undone and replaced, and the bot dies while notifying, the new answer still arrives."""
    id_ = await wait_for(world)
    await answered(world, id_)
    async with world.bot.app.store._database.writing.begin() as connection:
        await connection.execute(wanted.insert().values(question=id_, learner=world.mia.id, state="sending"))
        await connection.exec_driver_sql("UPDATE questions SET settled_by = '2/what-is-a-virtual-environment'")
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    new = world.bot.app.tutor.explain("what-is-a-virtual-environment")
    assert [f"## {new.question}" in text(each) for each in direct(world)] == [False, True]


@pytest.mark.parametrize("chosen", [True, False])
async def test_a_direct_message_speaks_the_members_language_else_that_of_the_server(
    pseudo: str, world: World, chosen: bool
):
    """After a restart, the bot knows only the language of the server in which the question was asked."""
    id_ = await wait_for(world)
    world.bot.languages_of_members.pop(world.mia.id)
    if chosen:
        await world.bot.app.servers.set(world.server.id, Choices(language=pseudo))
    else:
        world.bot.get_guild(world.server.id).preferred_locale = discord.Locale.swedish
    assert await answered(world, id_) == 1
    (told,) = direct(world)
    assert "⟦Your question now has an answer.⟧" in text(told)
    assert "⟦That helped⟧" in buttons(told)
    assert outside(text(told)).strip(), "the lesson's own words stay"


async def test_a_reply_to_such_a_message_goes_on_from_its_answer(world: World):
    """The line above the answer does not hide it."""
    await answered(world, await wait_for(world))
    (told,) = direct(world)
    assert headline(told) == world.bot.app.tutor.explain(WHY).question


async def test_what_was_asked_in_a_direct_message_is_answered_in_the_members_language(pseudo: str, world: World):
    """Whatever language the moderators use who answer it."""
    world.spoken[world.mia.id] = discord.Locale.american_english
    await world.mia.slash(world.channel, "browse")
    await world.bot.app.servers.set(world.server.id, Choices(language=pseudo))
    await world.mia.send_dm(BREAD)
    id_ = int((await last(world)).id)
    await world.bot.app.store.subscriptions.subscribe(id_, world.mia.id)
    await answered(world, id_)
    assert "-# Your question now has an answer." in text(direct(world)[-1])
    assert not any("⟦" in each.get("label", "") for each in components(direct(world)[-1]))
