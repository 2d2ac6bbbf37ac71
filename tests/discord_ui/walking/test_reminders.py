"""The quiz comes again after two and seven days, for learners who asked for it, and is answered in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.outbox import Delivery
from tests.support.walking import ID, ask_for_reminders, days, edit, letters, letters_of, quiz_of, start
from tests.support.world import World, buttons, close_direct_messages, options, text


async def test_reminders_come_after_two_and_seven_days_and_are_answered_in_place(world: World):
    """Only for learners who asked; one question, answered without a command."""
    told = await ask_for_reminders(world)
    assert "in 2 days and in 7 days" in text(told)
    await days(world, 1)
    assert not letters(world)
    await days(world, 2)
    (reminder,) = letters(world)
    assert quiz_of(world).question.splitlines()[0] in text(reminder)
    right = [option for option in quiz_of(world).options if option.correct]
    for option in right:
        await world.mia.user.click(reminder, label=letters_of(letters(world)[0], [option.text])[0])
    assert right[-1].feedback in text(letters(world)[0])
    assert len(letters(world)) == 1
    await days(world, 5)
    assert len(letters(world)) == 2
    await days(world, 10)
    assert len(letters(world)) == 2


async def test_a_reminder_is_answered_by_typing_a_letter(world: World, new_bot: Any):
    """Below the reminder, or as a reply to it. Where the last message asks nothing, a letter is a question."""
    await ask_for_reminders(world)
    await days(world, 2)
    await world.env.restart_bot(new_bot())
    (reminder,) = letters(world)
    wrong, right = (
        next(option for option in quiz_of(world).options if option.correct is correct) for correct in (False, True)
    )
    typed = ["{}", "Antwort {})", "Answer: {}", "die {}", "it's {}", "ich nehme {}", "i think {}", "la {}"]
    for said, option in zip(typed, [wrong, right] * 4, strict=True):
        (letter,) = letters_of(reminder, [option.text])
        await world.mia.send_dm(said.format(letter.lower()))
        assert option.feedback in text(letters(world)[-1]), said
        await world.env.advance_time(10)  # nobody is told to slow down
    await world.mia.send_dm("what is a venv")
    assert "isolated Python environment" in text(letters(world)[-1])
    for said in ("B", "z"):
        await world.mia.send_dm(said)
        assert "## Do you remember?" not in text(letters(world)[-1]), "the last message asks nothing"
    await world.env.advance_time(60)  # Mia has asked much
    to = {"channel_id": str(reminder.channel.id), "message_id": str(reminder.id)}
    await world.mia.send_dm(letter, reference=to)
    assert right.feedback in text(letters(world)[-1])


async def test_a_letter_of_another_alphabet_is_no_error(world: World, caplog: pytest.LogCaptureFixture):
    """Python takes these for Latin letters where case is ignored."""
    for said in ("ı", "İ", "ſ"):
        await world.mia.send_dm(said)
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


async def test_one_press_stops_reminders(world: World):
    """Right after they were turned on, and in the message itself."""
    told = await ask_for_reminders(world)
    assert "You won't get any more reminders" in text(await world.press(told, "Stop reminders"))
    await ask_for_reminders(world)
    panel = await start(world)
    await world.press(panel, "Continue at: The end")
    assert "You won't get any more reminders" in text(await world.press(panel, "Stop reminders")), (
        "on the panel itself, too"
    )
    await days(world, 8)
    assert not letters(world)
    await ask_for_reminders(world)
    await days(world, 3)
    (reminder,) = letters(world)
    await world.mia.user.click(reminder, label="Stop reminders")
    await days(world, 8)
    assert sum(bool(options(each) or buttons(each)) for each in letters(world)) == 1


async def test_a_reminder_is_late_rather_than_lost_or_doubled(world: World, new_bot: Any):
    """If the bot was down for weeks, the learner gets exactly one message."""
    await ask_for_reminders(world)
    await world.env.restart_bot(new_bot())
    await world.bot.remove_cog("ReminderSender")
    await days(world, 20)
    assert not letters(world)
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    assert len(letters(world)) == 1
    await world.env.restart_bot(new_bot())
    await days(world, 3)
    assert len(letters(world)) == 1


async def test_a_reminder_that_was_sent_as_the_bot_died_is_not_sent_again(world: World, new_bot: Any):
    """After the restart, the bot finds it among its messages."""
    await ask_for_reminders(world)
    await days(world, 3)
    assert len(letters(world)) == 1
    kept = await world.bot.app.store.reminders.find(1)
    assert kept.state == "sent"
    async with world.bot.app.store._database.writing.begin() as connection:
        from bot.store.tables import reminders

        await connection.execute(reminders.update().values(state="sending"))
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    # The one of two days is found; the one of seven is not, and waits to be sent.
    states = [(await world.bot.app.store.reminders.find(id_)).state for id_ in (1, 2)]
    assert states == ["sent", "waiting"]
    assert len(letters(world)) == 1


async def test_a_reminder_counts_as_sent_by_no_other_message(world: World):
    """The number of one reminder may begin like that of another."""
    await ask_for_reminders(world)
    sender, first = world.bot.get_cog("ReminderSender"), await world.bot.app.store.reminders.find(1)
    with world.env._bot_scope():
        first = replace(first, due=world.env.now())
        assert await sender.send(replace(first, id=12)) is Delivery.ARRIVED
        assert await sender.look_for(replace(first, id=12)) is Delivery.ARRIVED
        assert await sender.look_for(first) is Delivery.MISSING


async def test_a_reminder_that_is_asked_for_again_comes_again(world: World):
    """Even if sending fails once: the message of the last time is not mistaken for this one."""
    await ask_for_reminders(world)
    await days(world, 8)
    assert len(letters(world)) == 2
    await ask_for_reminders(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=40003)
    await days(world, 4)
    assert len(letters(world)) == 3


async def test_an_old_letter_does_not_answer_a_new_question(world: World, new_bot: Any, lessons: Path):
    """If the author changed the question, the new one is shown first, and the press does not count."""
    await ask_for_reminders(world)
    await days(world, 3)
    (reminder,) = letters(world)
    question = quiz_of(world).question.splitlines()[0][:30]
    edit(lessons, (question, "What if " + question))
    await world.env.restart_bot(new_bot())
    await world.mia.user.click(reminder, label="A")
    assert "What if" in text(letters(world)[0])
    assert "Not quite." not in text(letters(world)[0])
    assert "This is correct." not in text(letters(world)[0])


async def test_that_a_reminder_can_arrive_is_tried_at_once(world: World):
    """If direct messages are closed, the learner reads what to do; the reminders are kept."""
    close_direct_messages(world, 1)
    told = await ask_for_reminders(world)
    assert "I can't send you direct messages" in text(told)
    assert buttons(told) == ["Try again", "Stop reminders"]
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 2
    again = await world.press(told, "Try again")
    assert "in 2 days and in 7 days" in text(again)
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 2
    (confirmed,) = world.mia.user.dm_channel.history()
    assert "in 2 days and in 7 days" in text(confirmed)
    await world.mia.user.click(confirmed, label="Stop reminders")
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 0


async def test_a_reminder_waits_for_closed_direct_messages(world: World):
    """It is tried once a day, and names the day of the walk, not of the first try."""
    await ask_for_reminders(world)
    walked = world.env.now()
    close_direct_messages(world, 2)
    await days(world, 3)
    assert not letters(world)
    await days(world, 2)
    (reminder,) = letters(world)
    assert f"<t:{int(walked.timestamp())}:R>" in text(reminder)
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 1, "that of seven days comes as well"


async def test_a_reminder_that_cannot_be_sent_is_shown_with_the_next_command(world: World):
    """It is shown in private, once, and answered in place."""
    await ask_for_reminders(world)
    close_direct_messages(world, 1)
    await days(world, 2)
    await world.env.advance_time(3600)
    browsed = await world.mia.slash(world.channel, "browse")
    (shown,) = browsed.followups
    assert "Do you remember?" in text(shown)
    assert shown.ephemeral
    await world.mia.click(shown, label="A")
    assert "This is correct." in text(shown) or "Not quite." in text(shown)
    assert not (await world.mia.slash(world.channel, "browse")).followups
    await days(world, 2)
    assert not letters(world)


# What moderators see
