"""What members do with an answer, and what moderators learn from it, on a simulated Discord."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.asking.asking import Logged
from bot.discord_ui.asking import feedback
from bot.discord_ui.asking.answers import Share
from bot.discord_ui.asking.reply_cards import Suggest
from bot.discord_ui.curating import miss_answers
from bot.discord_ui.kit import limits
from bot.store import write_behind
from bot.store.servers import Choices
from tests.support.asking import (
    ASK,
    BREAD,
    WANT,
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
    components,
    message,
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
        "lb:similar:999999999:zzzz",
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
    assert f"A member who asked this then got this answer: **{entry['label']}**" in text(await moderate(world))


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
    assert "A member who asked this then got this answer" not in text(await moderate(world))


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
    async with store._database.writing.engine.begin() as connection:
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
