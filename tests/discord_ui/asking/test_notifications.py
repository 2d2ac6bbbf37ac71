"""Members who want to be notified get the answer once it is published, once and in private."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.asking.notifications import Subscription
from bot.discord_ui.asking.messages import headline
from bot.discord_ui.kit.direct import Unreachable
from bot.discord_ui.kit.locale import LanguagesOfMembers
from bot.outbox import AGAIN, Delivery
from bot.store.servers import Choices
from bot.store.tables import wanted
from tests.support.asking import (
    ASK,
    BREAD,
    WANT,
    WHY,
    answered,
    direct,
    kept,
    last,
    moderate,
    pass_on,
    slash,
)
from tests.support.editing import undo, undo_latest
from tests.support.pseudo import outside
from tests.support.world import (
    Shown,
    World,
    buttons,
    close_direct_messages,
    components,
    direct_messages,
    message,
    second_moderator,
    text,
)
from tests.support.world import shown as messages


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
    assert f"**Draft in progress**, by <@{world.max.id}>." in text(await moderate(world))
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
    world.bot.kept(LanguagesOfMembers).pop(world.mia.id)
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


async def test_an_unknown_question_is_passed_on_and_told_later(world: World, new_bot: Any):
    """A member adds a note and subscribes; after a restart they get one message, and nothing stays stored."""
    asked = await slash(world, BREAD)
    assert buttons(asked) == [ASK, "Browse the lessons"]
    await pass_on(world, asked, "with **rye** <@1> @everyone")
    assert "Sent to the moderators" in text(asked)
    assert "but not your name" in text(asked)
    row = await last(world)
    assert (row.text, row.passed, row.context) == (BREAD, True, "with **rye** everyone")
    assert str(world.mia.id) not in await kept(world)

    await world.mia.click(message(asked), label=WANT)
    assert buttons(asked) == ["Cancel notification"]
    assert "answered within 90 days" in text(asked), "it is kept no longer"
    assert str(world.mia.id) in await kept(world)
    await world.env.restart_bot(new_bot())
    answer = world.bot.app.tutor.explain(WHY)
    assert await answered(world, row.id) == 1
    (told,) = direct(world)
    assert "Your question now has an answer." in text(told)
    assert f"## {answer.question}" in text(told)
    assert await world.bot.notifications.notify_of(WHY) == 0, "once"
    assert len(direct(world)) == 1
    assert str(world.mia.id) not in await kept(world)
    await world.mia.user.click(told, label="That helped")
    assert (await last(world)).outcome == "helped"


async def test_opting_in_is_one_press_to_undo(world: World):
    """Afterwards, nothing in the database leads to the member."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    await world.mia.click(message(asked), label="Cancel notification")
    assert "You won't get a message about this question" in text(asked)
    assert WANT in buttons(asked)
    assert str(world.mia.id) not in await kept(world)
    await world.mia.click(message(asked), label=WANT)
    assert "I'll notify you" in text(asked)


async def test_a_passer_by_passes_on_and_opts_in_for_themselves(world: World):
    """Others can pass a public question on, too. Each member who subscribes is notified once."""
    answer = await world.ask(BREAD)
    for member in (world.max, world.mia):
        box = await member.click(answer, label=ASK)
        told = await member.submit_modal(box, {"context": ""})
        assert told.ephemeral
        await member.click(message(told), label=WANT)
    assert "No lesson answers that yet" in text(world.channel.history()[-1])
    assert await answered(world, (await last(world)).id) == 2
    assert (len(direct(world)), len(direct(world, world.max))) == (1, 1)


async def test_who_asked_twice_is_told_once(world: World):
    """A member gets one message for all questions with the same answer."""
    ids = []
    for question in (BREAD, "bread baking how"):
        asked = await slash(world, question)
        await pass_on(world, asked)
        await world.mia.click(message(asked), label=WANT)
        ids.append((await last(world)).id)
    assert await answered(world, *ids) == 1
    assert len(direct(world)) == 1
    assert str(world.mia.id) not in await kept(world)


async def test_that_a_member_can_be_told_is_tried_at_once(world: World):
    """A test message shows that direct messages arrive; it has a button to unsubscribe."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    assert "I'll notify you" in text(asked)
    (confirmed,) = direct_messages(world.mia)
    assert "I'll send you a message here" in text(confirmed)
    await world.mia.user.click(confirmed, label="Cancel notification")
    assert str(world.mia.id) not in await kept(world)


async def test_old_cards_offer_nothing_that_is_over(world: World):
    """Canceled in the channel, the direct message goes, too. Once there is an answer, each old button shows it."""
    public = await world.ask(BREAD)
    asked = await world.mia.submit_modal(await world.mia.click(public, label=ASK), {"context": ""})
    await world.mia.click(message(asked), label=WANT)
    await world.mia.click(message(asked), label="Cancel notification")
    assert not direct_messages(world.mia)
    await world.mia.click(message(asked), label=WANT)
    assert len(direct_messages(world.mia)) == 1
    box = await world.max.click(public, label=ASK)
    assert await answered(world, (await last(world)).id) == 1
    (told,) = direct_messages(world.mia)
    assert "Your question now has an answer." in text(told), "there is nothing left to cancel"
    entry = world.bot.app.tutor.explain(WHY)
    for late in (
        await world.mia.click(message(asked), label="Cancel notification"),
        await world.max.click(public, label=ASK),
        await world.max.submit_modal(box, {"context": "too late"}),
    ):
        assert f"## {entry.question}" in text(late)
    assert not (await last(world)).context


async def test_who_asks_in_a_direct_message_gets_no_other_one(world: World):
    """They can already see that direct messages arrive."""
    await world.mia.send_dm(BREAD)
    sent = direct_messages(world.mia)
    id_ = (await last(world)).id
    await world.bot.app.asking.pass_on(id_, "")
    box = await world.mia.user.click(sent[-1], label=ASK)
    told = await world.mia.user.submit_modal(box, {"context": ""})
    await world.mia.user.click(message(told), label=WANT)
    assert str(world.mia.id) in await kept(world)
    assert not [each for each in direct_messages(world.mia) if "I'll send you a message here" in text(each)]


async def test_closed_direct_messages_are_said_with_what_to_do(world: World):
    """The subscription is saved, and one press tries again."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    close_direct_messages(world)
    await world.mia.click(message(asked), label=WANT)
    assert "I can't send you direct messages" in text(asked)
    assert "Privacy Settings" in text(asked)
    assert buttons(asked) == ["Try again", "Cancel notification"]
    assert str(world.mia.id) in await kept(world)
    await world.mia.click(message(asked), label="Try again")
    assert "I'll notify you" in text(asked)
    assert await answered(world, (await last(world)).id) == 1
    assert len(direct(world)) == 1


async def test_an_answer_waits_for_closed_direct_messages(world: World):
    """If a member opens them a day later, they get the answer; the log has no error."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    close_direct_messages(world)
    assert await answered(world, (await last(world)).id) == 0
    assert not direct(world)
    assert str(world.mia.id) in await kept(world)
    await world.env.advance_time(2 * 86400)
    assert len(direct(world)) == 1
    assert str(world.mia.id) not in await kept(world)


async def test_an_answer_that_cannot_be_sent_is_shown_with_the_next_command(world: World):
    """Members whose direct messages stay closed get it in private, once."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    close_direct_messages(world, times=2)
    await world.mia.click(message(asked), label=WANT)
    assert await answered(world, (await last(world)).id) == 0
    browsed = await world.mia.slash(world.channel, "browse")
    (shown,) = browsed.followups
    assert "Your question now has an answer." in text(shown)
    assert shown.ephemeral
    assert str(world.mia.id) not in await kept(world)
    assert not (await world.mia.slash(world.channel, "browse")).followups
    assert not direct(world)


async def test_who_is_forgotten_is_not_remembered_as_closed(world: World):
    """Not even in memory is it kept that their direct messages were closed."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    close_direct_messages(world)
    await world.mia.click(message(asked), label=WANT)
    assert world.bot.kept(Unreachable) == {world.mia.id}
    await world.mia.click(message(await slash(world, "forget")), label="Delete my data")
    assert world.bot.kept(Unreachable) == set()


@pytest.mark.parametrize(("status", "code"), [(400, 50035), (403, 40003)], ids=["refused", "too many at once"])
async def test_an_answer_that_could_not_be_sent_is_sent_some_minutes_later(
    world: World, new_bot: Any, status: int, code: int
):
    """Whether Discord is unreachable, or too many are notified at once: it arrives later, and only once."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    id_ = (await last(world)).id
    world.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    assert await answered(world, id_) == 0
    assert not direct(world)
    world.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    for seconds, arrived in ((AGAIN, 0), (AGAIN, 0), (2 * AGAIN, 1), (2 * 86400, 1)):
        await world.env.advance_time(seconds)
        assert len(direct(world)) == arrived
    # The process died before it could say so: the message is found, and not sent again.
    async with world.bot.app.store._database.writing.begin() as connection:
        await connection.execute(wanted.insert().values(question=id_, learner=world.mia.id, state="sending"))
    await world.env.restart_bot(new_bot())
    await world.env.advance_time(2 * 86400)
    assert len(direct(world)) == 1
    assert str(world.mia.id) not in await kept(world)


async def test_opting_in_when_there_is_an_answer_already_shows_it(world: World):
    """If the question was answered meanwhile, the member sees the answer at once."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.bot.app.store.questions.resolve([(await last(world)).id], "answered", "1/why-virtual-environments")
    await world.mia.click(message(asked), label=WANT)
    assert "Why do we need virtual environments?" in text(asked)
    assert str(world.mia.id) not in await kept(world)
