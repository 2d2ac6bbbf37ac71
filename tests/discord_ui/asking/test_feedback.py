"""What members do with an answer, and what moderators learn from it, on a simulated Discord."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.asking import clusters
from bot.asking.asking import Logged
from bot.discord_ui.asking import feedback
from bot.discord_ui.asking.answers import Share
from bot.discord_ui.asking.reply_cards import Suggest
from bot.discord_ui.curating import miss_answers
from bot.discord_ui.kit import limits
from bot.outbox import AGAIN
from bot.store import write_behind
from bot.store.servers import Choices
from bot.store.tables import wanted
from tests.support import forged
from tests.support.asking import (
    ASK,
    BREAD,
    TEN_MINUTES,
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
from tests.support.world import (
    World,
    buttons,
    close_direct_messages,
    components,
    direct_messages,
    message,
    noah_in,
    options,
    suggested,
    text,
)

# What a member sees


async def test_an_answer_can_be_rated_and_says_thanks(world: World):
    """One press rates it, in place, and without the member's name."""
    asked = await slash(world, "what is a venv")
    assert buttons(asked)[-3:] == ["That helped", "Not what I asked", "Something wrong here?"]
    await world.mia.click(message(asked), label="That helped")
    assert "That helped" not in buttons(asked)
    assert any(part.get("label") == "Thank you" for part in components(asked))
    assert "Share in this channel" in buttons(asked), "all else stays"
    assert (await last(world)).outcome == "helped"
    assert str(world.mia.id) not in await kept(world)


async def test_a_shared_answer_is_not_shared_again_by_a_rating(world: World):
    """After sharing, the Share button does not come back."""
    asked = await slash(world, "what is a venv")
    await world.mia.click(message(asked), label="Share in this channel")
    await world.mia.click(message(asked), label="That helped")
    assert "Share in this channel" not in buttons(asked)
    public = world.channel.last_message
    assert public is not None
    told = await world.max.click(public, label="That helped")
    assert "Thank you" in text(told)
    (week,) = await world.bot.app.store.usage.weeks(world.env.now(), 1)
    assert (week.helped, week.not_helped) == (2, 0)


async def test_everybody_counts_once_on_a_public_answer(world: World, new_bot: Any):
    """Each member has one vote, which they can change, also after a restart."""
    answer = await world.ask("what is a venv")
    for _ in range(3):
        told = await world.max.click(answer, label="That helped")
        assert told.ephemeral
        await world.mia.click(answer, label="That helped")
    await world.env.restart_bot(new_bot())
    await world.max.click(answer, label="That helped")
    (week,) = await world.bot.app.store.usage.weeks(world.env.now(), 1)
    assert (week.helped, week.not_helped) == (2, 0)
    await world.max.click(answer, label="Not what I asked")
    (week,) = await world.bot.app.store.usage.weeks(world.env.now(), 1)
    assert (week.helped, week.not_helped) == (1, 1)
    assert "That helped" in buttons(world.channel.history()[-1]), "the public card is everybody's"


async def test_not_what_i_asked_offers_others_and_the_moderators(world: World):
    """After a wrong answer, the member gets other entries, and their choice is saved for moderators."""
    answer = await world.ask("what is a venv")
    offered = await world.mia.click(answer, label="Not what I asked")
    assert offered.ephemeral
    others = suggested(offered)
    assert buttons(offered) == ["Show 1", "Show 2", "Show 3", ASK, "Browse the lessons"]
    assert len(others) == 3
    assert "What is a virtual environment?" not in others
    assert (await last(world)).outcome == "not"
    await world.mia.click(message(offered), label="Show 1")
    assert f"## {others[0]}" in text(offered)
    assert (await last(world)).taken == world.bot.app.tutor.find(others[0])
    await world.mia.click(message(offered), label="That helped")
    assert (await last(world)).outcome == "not", "the first answer was wrong all the same"


async def test_none_of_these_suggestions_leads_to_the_moderators(world: World):
    """If no suggestion fits, the member can ask the moderators."""
    offered = await slash(world, "django")
    assert buttons(offered)[-1] == "None of these"
    told = await world.mia.click(message(offered), label="None of these")
    assert buttons(told) == [ASK, "Browse the lessons"]
    assert (await last(world)).outcome == "not"


async def test_a_suggestion_that_is_taken_is_no_miss(world: World):
    """It counts as answered."""
    offered = await world.ask("django")
    first = suggested(offered)[0]
    await world.mia.click(offered, label="Show 1")
    answered = world.channel.history()[-1]
    assert "That helped" in buttons(answered)
    assert ((await last(world)).outcome, (await last(world)).taken) == ("taken", world.bot.app.tutor.find(first))


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
    assert world.bot.unreachable == {world.mia.id}
    await world.mia.click(message(await slash(world, "forget")), label="Delete my data")
    assert world.bot.unreachable == set()


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


async def test_old_buttons_of_deleted_questions_end_well(world: World, new_bot: Any):
    """Questions are deleted after ninety days; then their buttons say so."""
    answered = await slash(world, "what is a venv")
    asked = await slash(world, BREAD)
    passed = await slash(world, "who won the world cup in chess")
    offered = await slash(world, "django")
    await pass_on(world, passed)
    # Without those who would wake up a hundred times meanwhile: a bot that was off, and starts again.
    for cog in ("NotificationSender", "ReminderSender"):
        await world.bot.remove_cog(cog)
    await world.env.advance_time(91 * 86400)
    assert await last(world) is not None
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    assert await last(world) is None
    for shown, label in ((answered, "Not what I asked"), (passed, WANT), (offered, "None of these")):
        told = await world.mia.click(message(shown), label=label)
        assert "no longer have this question" in text(told)
    assert "no longer have this question" in text(await pass_on(world, asked))
    told = await world.mia.click(message(answered), label="That helped")
    assert "no longer have this question" in text(told), "no thanks for what is not saved"
    await world.mia.click(message(offered), label=buttons(offered)[0])
    assert "Which of these" not in text(offered)


async def test_a_rating_of_an_entry_that_is_gone_is_kept(world: World, new_bot: Any, lessons: Path):
    """The vote counts, even if the entry was removed from the lesson."""
    asked = await slash(world, "what is a venv")
    for name in ("virtual-environments.yaml", "virtual-environments-in-practice.yaml"):
        whole = (lessons / name).read_text(encoding="utf-8")
        changed = whole.replace("what-is-a-virtual-environment", "what-is-a-venv")
        (lessons / name).write_text(changed, encoding="utf-8")
    await world.env.restart_bot(new_bot())
    told = await world.mia.click(message(asked), label="That helped")
    assert "Thank you" in text(told)
    assert (await last(world)).outcome == "helped"


@pytest.mark.parametrize(
    "forged",
    [
        "lb:helped:999999999:what-is-a-virtual-environment",
        "lb:helped:0:no-such-entry",
        "lb:not:999999999:no-such-entry",
        "lb:none:999999999",
        "lb:want:999999999",
        "lb:unwant:999999999",
        "lb:suggest:why-virtual-environments:zzzz:999999999",
        "lb:share:why-virtual-environments:999999999",
    ],
)
async def test_a_forged_button_breaks_nothing(world: World, forged: str):
    """Ids that do not exist get a short message, and nothing is saved."""
    answer = await world.ask("what is a venv")
    stored = world.env.backend.get_message(world.channel.id, answer.id)
    row = next(part for part in stored.components if part["type"] == 1)
    row["components"][0]["custom_id"] = forged
    pressed = await world.max.click(answer, custom_id=forged)
    assert text(pressed) or text(world.last)
    assert str(world.max.id) not in await kept(world)


@pytest.mark.parametrize(
    "hostile",
    [
        "@everyone @here bread",
        "[free nitro for bread](https://evil.example/)",
        "<@1> <@&2> <#3> bread </ask:3> <t:0:R>",
        "bread ` `` ``` **x**\n# big\n> quote",
        "bread " * 333,
        "🍞" * 1000,
        "'; DROP TABLE questions; --",
    ],
)
async def test_hostile_questions_are_kept_and_shown_as_text(world: World, hostile: str):
    """A question is only text, in the database and on a moderator's card."""
    asked = await slash(world, hostile)
    if ASK in buttons(asked):
        await pass_on(world, asked, hostile[:300])
        row = await last(world)
        assert len(row.text) <= 500
        assert not any(sign in row.text for sign in ("@everyone", "<@", "\n"))
        shown = await moderate(world)
        said = text(shown)
        assert len(said) <= limits.CARD_TEXT
        for part in said.split("`")[::2]:  # what is not in a code span
            assert not any(sign in part for sign in ("evil.example", "@everyone", "DROP", "# big", "**x**"))
        assert said.count("`") % 2 == 0


async def test_what_was_found_a_moment_later_is_proposed(world: World):
    """If a member rephrases and finds an entry, moderators see that entry, but not the member."""
    await slash(world, "how do i get rid of the thing")
    missed = await last(world)
    assert missed.reply in {"unknown", "suggestions"}
    await world.env.advance_time(60)
    await slash(world, "how do i delete a virtual environment")
    found = (await last(world)).entry
    assert (await world.bot.app.store.questions.find(missed.id)).found == found
    await slash(world, BREAD)
    late = (await last(world)).id
    await world.env.advance_time(121)
    await slash(world, "what is a venv")
    assert (await world.bot.app.store.questions.find(late)).found == ""
    assert str(world.mia.id) not in await kept(world)


async def test_an_entry_that_was_found_in_the_lessons_is_proposed(world: World):
    """If the member finds an entry by browsing, moderators see that entry, too."""
    await slash(world, BREAD)
    await slash(world, BREAD)  # most asked, so it is the first in the list
    missed = (await last(world)).id
    browsed = await world.mia.slash(world.channel, "browse")
    lesson = next(part["options"][0]["value"] for part in components(browsed) if "options" in part)
    await world.mia.select(message(browsed), [lesson])
    entry = next(part["options"][1] for part in components(browsed) if "options" in part)
    await world.max.slash(world.channel, "ask", question="who won the chess world cup")
    other = (await last(world)).id
    opened = await world.mia.select(message(browsed), [entry["value"]])
    assert f"## {entry['label']}" in text(opened)
    assert (await world.bot.app.store.questions.find(missed)).found == entry["value"]
    assert (await world.bot.app.store.questions.find(other)).found == "", "that was somebody else's"
    await world.env.advance_time(121)
    assert f"A member who asked this then opened: **{entry['label']}**" in text(await moderate(world))


async def test_a_related_entry_is_proposed(world: World):
    """If the member finds an entry as a related entry of another answer, moderators see that entry, too."""
    answer = await world.ask("what is a venv")
    related = next(each for each in buttons(answer) if world.bot.app.tutor.find(each))
    await slash(world, BREAD)
    missed = (await last(world)).id
    await world.mia.click(answer, label=related)
    assert (await world.bot.app.store.questions.find(missed)).found == world.bot.app.tutor.find(related)


async def test_a_wrong_answer_is_not_proposed(world: World):
    """If a member says that it was wrong, it is not proposed for their earlier questions either."""
    await slash(world, BREAD)
    missed = (await last(world)).id
    asked = await slash(world, "what is a venv")
    wrong = await last(world)
    find = world.bot.app.store.questions.find
    assert (await find(missed)).found == wrong.entry
    await world.env.advance_time(300)
    offered = await world.mia.click(message(asked), label="Not what I asked")
    assert (await find(missed)).found == ""
    right = suggested(offered)[0]
    await world.mia.click(message(offered), label="Show 1")
    assert (await find(missed)).found == world.bot.app.tutor.find(right)
    await world.mia.click(message(offered), label="Not what I asked")
    assert ((await find(missed)).found, (await find(wrong.id)).taken) == ("", "")
    assert "A member who asked this then opened" not in text(await moderate(world))


async def test_where_nobody_can_answer_nobody_is_asked_to(world: World):
    """If no server is home, there is no button to ask moderators."""
    unknown, wrong, django = [await slash(world, each) for each in (BREAD, "what is a venv", "django")]
    passed = await slash(world, BREAD)
    await pass_on(world, passed)
    await world.mia.click(message(passed), label=WANT)
    world.bot.homes = frozenset()
    assert buttons(await slash(world, BREAD)) == ["Browse the lessons"]
    told = await world.mia.click(message(unknown), label=ASK)
    assert "no moderators are set up to get it" in text(told)
    for shown, label in ((wrong, "Not what I asked"), (django, "None of these")):
        offered = await world.mia.click(message(shown), label=label)
        assert ASK not in buttons(offered)
        assert "moderators" not in text(offered)
        assert "Ask again in other words" in text(offered)
    await world.mia.click(message(passed), label="Cancel notification")
    assert buttons(passed) == ["Browse the lessons"]
    world.bot.homes = frozenset({world.server.id})
    assert ASK in buttons(await slash(world, BREAD))
    world.bot.homes = frozenset({1})
    assert ASK not in buttons(await slash(world, BREAD)), "a home that the bot has left"


async def test_nothing_that_was_asked_says_who_asked(world: World):
    """Wherever members ask, the log of questions does not contain them."""
    await slash(world, "what is a venv")
    await world.ask(BREAD)
    await world.mia.send_dm("how do i bake a cake")
    assert (await last(world)).server == 0
    held = await kept(world)
    assert "bake a cake" in held
    for secret in (str(world.mia.id), "mia", str(world.channel.id)):
        assert secret not in held


async def test_greetings_are_no_questions(world: World):
    """'hi' is not logged."""
    await world.ask("hi")
    assert await last(world) is None


async def test_feedback_can_be_switched_off(world: World):
    """A server can remove the rating buttons; questions can still be passed on."""
    await world.bot.app.servers.set(world.server.id, Choices(asks_for_feedback=False))
    assert "That helped" not in buttons(await world.ask("what is a venv"))
    assert "None of these" not in buttons(await world.ask("django"))
    assert ASK in buttons(await world.ask(BREAD))
    await world.mia.send_dm("what is a venv")
    assert "That helped" in buttons(direct(world)[-1])


async def test_a_database_that_is_away_costs_no_answer(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    """Members are still answered; once it is noticed, without the buttons that need the database."""
    monkeypatch.setattr(write_behind, "AGAIN", 3600)  # SimCord waits for what comes within a minute
    store = world.bot.app.store
    async with store._database.writing.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE questions RENAME TO away")
    assert "isolated Python environment" in text(await slash(world, "venv meaning"))
    await store.questions.settle()
    asked = await slash(world, "what is a venv")
    assert "isolated Python environment" in text(asked)
    assert "That helped" not in buttons(asked)
    assert "could not be saved" in caplog.text
    assert "venv" not in "".join(record.getMessage() for record in caplog.records if "kept" in record.getMessage())
    caplog.clear()  # without the database, nothing that is too old was deleted
    async with store._database.writing.now.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO questions")
    kept = await store.questions.recent_texts()
    assert kept == ["what is a venv", "venv meaning"], "they were kept until they could be saved"
    assert "That helped" in buttons(await slash(world, "what is a venv"))


def test_custom_ids_fit_whatever_they_name():
    """Even the longest ids of a step, a member and a question fit."""
    step, question = f"{'x' * 32}.{'y' * 32}", "9" * 9
    ids: dict[str, Any] = {"question": question, "passage": step}
    made = [
        (Suggest, Suggest.of("x", step, 2**63 - 1, Logged(int(question)))),
        (feedback.Helped, feedback.Helped.make("x", **ids)),
        (feedback.NotThis, feedback.NotThis.make("x", **ids)),
        (Share, Share.make("x", passage=step, question=question)),
        (miss_answers.Phrase, miss_answers.Phrase.make("x", question=question, entry="x" * 32)),
    ]
    for kind, each in made:
        assert len(each.custom_id) <= limits.CUSTOM_ID
        assert kind.pattern.fullmatch(each.custom_id), each.custom_id


# What moderators see


async def test_misses_are_shown_to_moderators_most_asked_first(world: World):
    """Each cluster is one card, with numbers and without names."""
    for question in (BREAD, "how to bake bread?", "who won the chess world cup"):
        await slash(world, question)
    shown = await moderate(world)
    assert "Asked twice" in text(shown)
    assert "bread" in text(shown)
    assert "1 of 2" in text(shown)
    assert "mia" not in text(shown)
    assert str(world.mia.id) not in text(shown)
    await world.max.click(message(shown), label="Next")
    assert "`who won the chess world cup`" in text(shown)
    assert "Asked once" in text(shown)
    assert "Next" not in buttons(shown)
    await world.max.click(message(shown), label="Previous")
    assert "bread" in text(shown)


async def test_suggestions_are_missed_once_nobody_chooses_any_more(world: World):
    """Members have time to choose; "None of these" counts as a miss at once."""
    offered = await slash(world, "django")
    assert "No open questions" in text(await moderate(world))
    await world.mia.click(message(offered), label="None of these")
    assert "django" in text(await moderate(world))
    await world.max.click(message(await moderate(world)), label="Ignore")
    await slash(world, "django")
    assert "No open questions" in text(await moderate(world))
    await world.env.advance_time(TEN_MINUTES)
    assert "django" in text(await moderate(world))


async def test_moderators_at_home_see_the_misses_of_all_servers(world: World):
    """All servers share the lessons, but only home servers can answer."""
    world.bot.homes = frozenset({world.server.id})
    elsewhere = world.env.create_guild("Elsewhere")
    there = elsewhere.create_text_channel("here")
    asked = await elsewhere.add_member(world.mia.user).slash(there, "ask", question=BREAD)
    assert ASK in buttons(asked)
    shown = await moderate(world)
    assert BREAD in text(shown)
    await world.max.click(message(shown), label="Ignore")
    assert (await last(world)).resolved == "ignored"


async def test_more_misses_than_are_looked_at_are_said(world: World, monkeypatch: pytest.MonkeyPatch):
    """The most asked question stays first, and the card says how many misses are left out."""
    monkeypatch.setattr(clusters, "TEXTS", 2)
    for question in (BREAD, BREAD, "who won the chess world cup", "tallest tower", "longest river"):
        await slash(world, question)
    shown = await moderate(world)
    assert "Asked twice" in text(shown)
    assert "1 of 2" in text(shown)
    assert "2 more questions are not listed because they were asked less often or longer ago." in text(shown)


MISS_BUTTONS = [
    "miss:1",
    "miss-turn:1:next",
    "miss-search:1",
    "miss-phrase:1:why-virtual-environments",
    "miss-answered:1:why-virtual-environments",
    "miss-new:1",
    "miss-ignore:1",
    "miss-undo:1",
]


@pytest.mark.parametrize("button", MISS_BUTTONS)
async def test_misses_are_for_moderators(world: World, button: str):
    """Other members are refused, even with forged buttons."""
    await pass_on(world, await slash(world, BREAD))
    assert "Only moderators can do this" in text(await forged.press(world, world.mia, f"lb:{button}"))
    kept_of_it = await world.bot.app.store.questions.find(1)
    assert (kept_of_it.text, kept_of_it.resolved, kept_of_it.resolved_by) == (BREAD, "", "")


async def test_who_lost_the_role_is_refused_on_a_card_of_better_days(world: World):
    """Permissions are checked at every press and submit, also on an old card."""
    await pass_on(world, await slash(world, BREAD))
    shown = await moderate(world)
    box = await world.max.click(message(shown), label="Search entries")
    world.env.backend.guilds[world.server.id].members[world.max.id].role_ids.clear()
    for label in ("Ignore", "Add as new entry", "Search entries", buttons(shown)[0]):
        assert "Only moderators can do this" in text(await world.max.click(message(shown), label=label))
    assert "Only moderators can do this" in text(await world.max.submit_modal(box, {"wanted": "pipx"}))
    assert (await last(world)).resolved == ""


async def test_ignored_and_taken_back(world: World, new_bot: Any):
    """One press takes it back, also after a restart."""
    for question in (BREAD, "who won the chess world cup"):
        await pass_on(world, await slash(world, question))
    shown = await moderate(world)
    await world.max.click(message(shown), label="Ignore")
    assert "Ignored" in text(shown)
    assert "1 of 1" in text(shown)
    await world.env.restart_bot(new_bot())
    await world.max.click(message(shown), label="Open again")
    assert "1 of 2" in text(shown) or "2 of 2" in text(shown)
    for _ in range(2):
        await world.max.click(message(shown), label="Ignore")
    assert "No open questions" in text(shown)
    await world.max.click(message(shown), label="Open again")
    assert "1 of 1" in text(shown)


async def test_a_card_of_many_long_questions_fits(world: World):
    """The card never exceeds Discord's limits."""
    store = world.bot.app.store.questions
    for n in range(30):
        id_ = await store.log(world.server.id, f"bread {'x' * 480} {'b' * (n % 9)}", world.env.now(), "unknown")
        await store.pass_on(id_, f"{n} " + "y" * 290)
    shown = await moderate(world)
    assert "Asked 30 times" in text(shown)
    assert "and 25 more" in text(shown)
    assert len(text(shown)) <= limits.CARD_TEXT
    assert len(list(components(shown))) <= limits.CARD_COMPONENTS


async def test_moderators_read_a_long_question_and_each_note_to_the_end(world: World):
    """They are asked to answer it. Whoever adds a note for which there is no room is told."""
    question = " ".join(["how do I bake bread with", *(f"ingredient{n}" for n in range(36))])
    assert 450 < len(question) < 500
    first, second = (" ".join([word, *(f"{word}{n}" for n in range(30))]) for word in ("flour", "yeast"))
    asked = await world.ask(question)
    noah = noah_in(world)
    for member, note in ((world.mia, first), (noah, second)):
        box = await member.click(asked, label=ASK)
        assert "but not your name" in text(await member.submit_modal(box, {"context": note}))
    shown = text(await moderate(world))
    assert f"## `{question}`" in shown
    assert f"- `{first}`" in shown
    assert f"- `{second}`" in shown
    box = await world.max.click(asked, label=ASK)
    assert "no room left" in text(await world.max.submit_modal(box, {"context": first}))


async def test_two_moderators_on_one_card(world: World):
    """The second one reads that the miss is already resolved."""
    await pass_on(world, await slash(world, BREAD))
    shown, other = await moderate(world), await moderate(world)
    await world.max.click(message(shown), label="Ignore")
    told = await world.max.click(message(other), label="Ignore")
    assert "has already been resolved" in text(told)


async def test_a_miss_becomes_a_phrasing_and_who_asked_is_told(world: World):
    """From a question without an answer to a better lesson and one notification."""
    curator = world.bot.app.curating
    asked = await slash(world, "chess board colours for pipx")
    offered = buttons(asked)
    asked = (
        asked
        if ASK in offered
        else await world.mia.click(
            message(asked), label="None of these" if "None of these" in offered else "Not what I asked"
        )
    )
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    shown = await moderate(world)
    assert "asked to be notified" in text(shown)
    assert buttons(shown)[0] == "Add as new entry", "nothing fits so well that it would be proposed"
    assert not any(label.startswith("Add as phrasing of: ") for label in buttons(shown))
    assert len(options(shown)) > 1

    box = await world.max.click(message(shown), label="Search entries")
    await world.max.submit_modal(box, {"wanted": "requirements file"})
    assert "requirements" in options(shown)[0]
    entry = next(part["options"][1] for part in components(shown) if "options" in part)
    await world.max.select(message(shown), [entry["value"]])
    assert f"Add as phrasing of: {entry['label']}" in buttons(shown)

    preview = await world.max.click(message(shown), label=f"Add as phrasing of: {entry['label']}")
    assert entry["label"] in text(preview)
    (draft,) = await curator.drafts.of(world.max.id)
    assert (draft.kind, draft.item_id) == ("edit", entry["value"])
    assert draft.fields["phrasings"].splitlines()[-1] == "chess board colours for pipx"
    assert "A draft that answers this is in progress" in text(await moderate(world))
    cards = [each for each in (message(preview), *preview.followups) if "Publish" in buttons(each)]
    await world.max.click(cards[-1], label="Publish")
    assert "1 member was notified about the answer" in text(cards[-1])
    assert await world.bot.notifications.notify_of(draft.item_id) == 0, "once"
    assert f"## {entry['label']}" in text(direct(world)[-1])
    assert "No open questions" in text(await moderate(world))
    assert f"## {entry['label']}" in text(await slash(world, "chess board colours for pipx"))


async def test_a_miss_becomes_a_new_entry(world: World):
    """The question stands in the box already; the moderator chooses the lesson in the form."""
    curator = world.bot.app.curating
    await pass_on(world, await slash(world, BREAD))
    shown = await moderate(world)
    box = await world.max.click(message(shown), label="Add as new entry")
    assert box.modal is not None
    assert "in-lesson" in str(box.modal)
    (draft,) = await curator.drafts.of(world.max.id)
    assert (draft.kind, draft.fields["question"]) == ("add", BREAD)
    assert draft.file.endswith(".yaml")
    assert await world.bot.app.store.draft_misses.under_way([(await last(world)).id])
