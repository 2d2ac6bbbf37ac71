"""Conversations: what a message goes on from, two questions at once, thanks, and words that point at the bot."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import discord
import pytest
from sqlalchemy import func, select

from bot.dialogue.reply import Suggestions, Unknown
from bot.store.servers import Choices
from bot.store.tables import questions, votes
from tests.support.asking import BREAD, last, logged, slash
from tests.support.members_questions import QUESTIONS
from tests.support.world import World, buttons, components, direct_messages, message, suggested, text

ASK = "Ask the moderators"


async def count(world: World, table: Any) -> int:
    async with world.bot.app.store._database.reading.connect() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def dm(world: World, said: str, **more: Any) -> discord.Message:
    """What the bot says to a direct message of Mia's."""
    channel = world.mia.user.dm_channel
    before = len(channel.history()) if channel else 0
    await world.mia.send_dm(said, **more)
    heard = world.mia.user.dm_channel.history()
    assert len(heard) == before + 2, f"one reply to {said}"
    reply: discord.Message = heard[-1]
    return reply


async def test_a_direct_conversation_goes_on(world: World):
    """Each message is understood together with the one before, for ten minutes."""
    assert "on Windows" in text(await dm(world, "how do i activate a venv on windows"))
    assert "## How do I activate a virtual environment on macOS or Linux?" in text(
        await dm(world, "what about mac")
    )
    left = await dm(world, "and how do i get out again?")
    assert "How do I leave (deactivate) a virtual environment?" in suggested(left)
    assert (await last(world)).follows == "How do I activate a virtual environment on macOS or Linux?"
    assert "No lesson answers that yet" in text(await dm(world, "how do i bake bread in an oven at home"))
    assert "isolated" in text(await dm(world, "what is a venv"))
    assert "## Why do we need virtual environments?" in text(await dm(world, "why?"))
    await world.env.advance_time(601)
    later = await dm(world, "how?")
    assert "What would you like to know?" in text(later)


async def test_whoever_overlooked_the_price_gets_the_answer_again(world: World, lessons: Path):
    """What something else costs is no answer to "how much does it cost"."""
    entries = [
        {"id": "course", "question": "When is the next beginner course?", "answer": "Monday at 10:00, for 25 €."},
        {"id": "fee", "question": "How much does a membership cost?", "answer": "A year is 120 euros."},
    ]
    (lessons / "club.yaml").write_text(json.dumps({"lesson": "Club", "entries": entries}), encoding="utf-8")
    world.bot.app.library.reload()
    assert "for 25 €" in text(await dm(world, "when is the next beginner course"))
    assert "for 25 €" in text(await dm(world, "how much does it cost?"))
    assert "120 euros" in text(await dm(world, "and how much does a membership cost?"))


@pytest.mark.parametrize("said", ["didn't work", "no change", "same problem", "hat nicht geklappt"])
async def test_whom_an_answer_did_not_help_is_not_given_it_again(world: World, said: str):
    """They are offered what is near it, and not asked for an error, as nobody may have seen one."""
    answer = "How do I activate a virtual environment on Windows?"
    assert f"## {answer}" in text(await dm(world, "how do i activate a venv on windows"))
    offered = await dm(world, said)
    assert "## Does one of these help?" in text(offered)
    assert suggested(offered)
    assert answer not in suggested(offered)


async def test_the_next_mention_in_a_channel_goes_on_if_it_surely_does(world: World):
    """For ten minutes, for the same member. "Why?" among others may be about another's message."""
    mac = "## How do I activate a virtual environment on macOS or Linux?"
    assert "on Windows" in text(await world.ask("how do i activate a venv on windows"))
    await world.max.send(world.channel, f"{world.mention} what about mac")
    assert mac not in text(world.last), "Max asked nothing before"
    assert mac in text(await world.ask("what about mac"))
    assert (await last(world)).follows == "How do I activate a virtual environment on Windows?"
    assert mac in text(await world.ask("show me the answer again"))
    assert "## Does one of these help?" in text(await world.ask("i don't get it"))
    await world.ask("why?")
    assert (await last(world)).follows != "How do I activate a virtual environment on macOS or Linux?"
    await world.ask("how do i activate a venv on windows")
    await world.env.advance_time(601)
    assert mac not in text(await world.ask("what about mac"))


async def test_a_mention_does_not_go_on_from_what_was_asked_in_private(world: World):
    """Others would read in the channel what the member asked about."""
    await slash(world, "how do i activate a venv on windows")
    for said in ("what about mac", "show me the answer again", "explain it better"):
        shown = text(await world.ask(said))
        assert "venv" not in shown
        assert "virtual environment" not in shown


async def test_a_number_chooses_nothing_that_was_offered_in_private(world: World):
    """Others would read the answer."""
    await slash(world, "venv")
    assert "virtual environment" not in text(await world.ask("2"))


async def test_a_new_question_is_not_read_as_a_follow_up_of_the_mention_before(world: World):
    """ "Ok", "so" or a "¿" at its beginning does not make it one."""
    await world.ask("how do i use conda")
    for said in ("ok how do I bake a cake?", "also where is the room", "¿Dónde aparco?", "so who wants pizza"):
        assert "conda" not in text(await world.ask(said)).replace(said, "")
        assert (await last(world)).follows in {None, ""}


async def test_after_an_edit_the_next_mention_goes_on_from_the_new_words(world: World):
    said = await world.mia.send(world.channel, f"{world.mention} how do I leave a venv")
    await world.mia.edit(said, f"{world.mention} how do i activate a venv on windows")
    await world.env.settle()
    shown = await world.ask("what about mac")
    assert "## How do I activate a virtual environment on macOS or Linux?" in text(shown)


@pytest.mark.parametrize("said", ["???", "¿?", "?!"])
async def test_a_lone_question_mark_below_no_answer_is_no_question(world: World, said: str):
    """The member reads how to ask, and moderators read no "???" among the open questions."""
    unknown = await world.ask(BREAD)
    await world.mia.send(world.channel, said, reply_to=unknown)
    await world.mia.send_dm(BREAD)
    await world.mia.send_dm(said)
    for shown in (world.last, direct_messages(world.mia)[-1]):
        assert "What would you like to know?" in text(shown)
    assert await logged(world) == [BREAD, BREAD]


async def test_who_does_not_understand_an_answer_is_shown_what_belongs_to_it(world: World):
    """With its walkthrough, and with the way to the moderators."""
    answered = await world.ask("how do i create a virtual environment")
    assert "## How do I create" in text(answered)
    await world.mia.send(world.channel, "I don't understand", reply_to=answered)
    offered = world.last
    assert "## Does one of these help?" in text(offered)
    assert "Ask about the part that you don't understand." in text(offered)
    assert suggested(offered)[0] == "How do I activate a virtual environment on Windows?"
    assert suggested(offered)[2] == "Two projects, two versions of Django"
    assert (await last(world)).follows == "How do I create a virtual environment?"
    assert ASK in buttons(await world.mia.click(offered, label="None of these"))


async def test_the_last_answer_is_shown_again(world: World):
    """As a reply to it, and in a direct message also after another one; not what the lessons show otherwise."""
    answered = await world.ask("what is uv")
    await world.mia.send(world.channel, "show me the answer again", reply_to=answered)
    assert "## What is uv, and how" in text(world.last)
    await dm(world, "what is a venv")
    assert "isolated Python" in text(await dm(world, "sorry, can you please show me the answer again?"))


async def test_who_was_not_understood_adds_a_few_words(world: World):
    """The earlier question is understood together with the new words, and a miss is saved with both."""
    offered = await dm(world, "how do i activate it")
    assert "Which of these" in text(offered)
    assert "## How do I activate a virtual environment on Windows?" in text(await dm(world, "on windows"))
    await dm(world, "how do i bake bread with this flour here")
    await dm(world, "and rye?")
    assert ((await last(world)).reply, (await last(world)).follows) == (
        "unknown",
        "how do i bake bread with this flour here",
    )


async def test_a_reply_goes_on_from_the_card_that_it_replies_to(world: World):
    """The card can be old, and of another member. A reply that asks something is always answered."""
    answer = await world.ask("how do i activate a venv on windows")
    await world.ask("what is uv")
    await world.mia.send(world.channel, "what about mac", reply_to=answer)
    assert "## How do I activate a virtual environment on macOS or Linux?" in text(world.last)
    for said in ("why", "how?", "and then?", "what is this", "was?", "¿por qué?"):
        before = len(world.channel.history())
        await world.max.send(world.channel, said, reply_to=answer)
        assert len(world.channel.history()) == before + 2, said
    assert (await last(world)).follows == "How do I activate a virtual environment on Windows?"
    unknown = await world.ask("how do i bake bread")
    await world.mia.send(world.channel, "why not?", reply_to=unknown)
    assert world.last.author == world.bot.user
    await world.mia.send(world.channel, "with rye", reply_to=unknown)
    assert (await last(world)).follows == "how do i bake bread"
    await world.env.advance_time(60)  # nobody is told to slow down
    before = len(world.channel.history())
    for said in ("ok", "haha", "👀", "you guys"):
        await world.mia.send(world.channel, said, reply_to=unknown)
    assert len(world.channel.history()) == before + 4, "remarks ask nothing"


async def test_a_reply_that_discord_hides_gets_a_button_instead_of_silence(world: World):
    """To a shared or public answer of a command. Once in a while, as it may say thanks; not to other cards."""
    private = await world.mia.slash(world.channel, "ask", question="what is a venv")
    await world.mia.click(message(private), label="Share in this channel")
    answer = world.last
    await world.max.send(world.channel, "and how do i delete it", reply_to=answer)
    offered = world.last
    assert "Discord doesn't show me what you replied" in text(offered)
    assert "</ask:" in text(offered)
    box = await world.max.click(offered, label="Ask about this answer")
    going_on = await world.max.submit_modal(box, {"question": "why?"})
    assert going_on.ephemeral
    assert "## Why do we need virtual environments?" in text(going_on), "about that answer"
    assert offered.id not in [each.id for each in world.channel.history()], "it did what it was for"
    before = len(world.channel.history())
    await world.max.send(world.channel, "thanks", reply_to=answer)
    await world.mia.slash(world.channel, "walkthrough", scenario="two-django-versions", share=True)
    await world.mia.send(world.channel, "nice", reply_to=world.last)
    assert len(world.channel.history()) == before + 3, "nothing more is said"
    await world.mia.slash(world.channel, "ask", question="what is a venv", private=False)
    await world.mia.send(world.channel, "and on windows?", reply_to=world.last)
    assert "Ask about this answer" in buttons(world.last)


async def test_moderators_read_what_a_question_went_on_from(world: World):
    """“And in rust?” is shown with the question before it, and is another miss after a different question."""
    for first in ("what is poetry", "how do i use a venv in jupyter"):
        asked = await world.ask(first)
        await world.mia.send(world.channel, "and in rust?", reply_to=asked)
    await world.env.advance_time(601)
    shown = await world.max.slash(world.channel, "lessons misses")
    menu = next(each for each in components(shown) if each.get("custom_id", "").startswith("lb:miss-open:"))
    await world.max.select(message(shown), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    seen = [text(shown)]
    while "Next" in buttons(shown):
        await world.max.click(message(shown), label="Next")
        seen.append(text(shown))
    poetry, jupyter = sorted(each for each in seen if "and in rust?" in each.splitlines()[0])
    assert "Asked after: `What is Poetry" in poetry + jupyter
    assert "Asked after: `How do I use a virtual environment in a Jupyter notebook?`" in poetry + jupyter


async def test_two_questions_at_once_get_an_answer_each(world: World):
    """The card stays, so that the member can open both answers. An opened question is not a miss."""
    asked = await world.ask("how do I list my packages and upgrade one?")
    assert "You asked two things" in text(asked)
    both = [
        "How do I list which packages are installed or outdated?",
        "How do I upgrade a package, or pip itself?",
    ]
    assert suggested(asked) == both
    for n, question in enumerate(both, 1):
        opened = await world.mia.click(asked, label=f"Show {n}")
        assert opened.ephemeral
        assert f"## {question}" in text(opened)
        assert buttons(world.channel.history()[-1]) == ["Show 1", "Show 2", "Dismiss"]
    assert (await last(world)).outcome == "taken"


async def test_of_three_questions_two_are_said_to_be_answered(world: World):
    """So that the member knows to ask once more."""
    asked = await world.ask("what is a venv, how do i delete it and how do i rename it?")
    assert "You asked several things. Here are answers to two of them." in text(asked)
    assert len(suggested(asked)) == 2


async def test_words_that_point_at_the_bot_open_what_it_has(world: World):
    """Asking for topics opens the lessons, and asking for a story offers its walkthrough. Neither is a miss."""
    for said in ("what can you tell me about", "which topics do you have?", "was kannst du?"):
        shown = await world.ask(said)
        assert "## All lessons" in text(shown)
        assert "Virtual Environments in Practice" in text(shown)
    assert await count(world, questions) == 0
    story = await world.ask("tell me the story with the two versions")
    assert "Open walkthrough: Two projects, two versions of Django" in buttons(story)
    private = await world.mia.slash(world.channel, "ask", question="which topics do you have?")
    assert "## All lessons" in text(private)


async def test_what_only_points_leads_to_the_moderators(world: World):
    """A member who asks "what is this?" has a question that nobody can see: they can ask the moderators."""
    for said in ("what is this?", "can someone explain that thing to me", "wie geht das"):
        assert buttons(await world.ask(said))[0] == ASK
        assert ((await last(world)).text, (await last(world)).reply) == (said, "unknown")


async def test_thanks_after_an_answer_count_as_a_vote(world: World):
    """Thanks as a reply or as the next message count as a vote. The bot reacts with 👍 and sends no message."""
    answer = await world.ask("what is a venv")
    before = len(world.channel.history())
    for member, said, to in (
        (world.mia, f"thanks! {world.mention}", None),
        (world.max, "danke, hat geklappt", answer),
        (world.max, "gracias", answer),
    ):
        await member.send(world.channel, said, reply_to=to)
        assert [str(each.emoji) for each in world.last.reactions] == ["👍"], said
    assert len(world.channel.history()) == before + 3
    (week,) = await world.bot.app.store.usage.weeks(world.env.now(), 1)
    assert (week.asked, week.helped, week.misses) == (1, 2, 0), "each member once"

    await world.mia.send(world.channel, "ok", reply_to=answer)
    assert not world.last.reactions, "a remark is no praise"
    unknown = await world.ask("how do i bake bread")
    await world.mia.send(world.channel, "thanks anyway", reply_to=unknown)
    await world.mia.send(world.channel, f"{world.mention} thx")
    assert await count(world, votes) == 2, "nothing helped there"
    assert not world.last.reactions


@pytest.mark.parametrize(
    "said", ["no thanks", "thx, useless bot", "gracias por nada", "danke, hab's selbst gelöst"]
)
async def test_thanks_that_say_that_nothing_helped_are_no_vote(world: World, said: str):
    """Nor do they get a 👍 or a reply."""
    answer = await world.ask("what is a venv")
    before = len(world.channel.history())
    await world.mia.send(world.channel, said, reply_to=answer)
    assert not world.last.reactions
    assert await count(world, votes) == 0
    assert len(world.channel.history()) == before + 1


@pytest.mark.parametrize(("status", "code"), [(403, 90001), (400, 30010)], ids=["blocked", "full"])
async def test_thanks_without_a_reaction_count_all_the_same(
    world: World, caplog: pytest.LogCaptureFixture, status: int, code: int
):
    """The member blocked the bot, or their message has all the reactions it can have: no error of the bot."""
    answer = await world.ask("what is a venv")
    world.env.inject_error("PUT", "/channels/*/messages/*/reactions/*/@me", status=status, code=code)
    await world.mia.send(world.channel, "thanks!", reply_to=answer)
    assert (await last(world)).outcome == "helped"
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_thanks_in_a_direct_conversation(world: World):
    """Thanks count as a vote here, too; without an answer before them, they get a friendly line."""
    await dm(world, "what is a venv")
    await world.mia.send_dm("thx, that worked")
    thanked = world.mia.user.dm_channel.history()[-1]
    assert thanked.content == "thx, that worked"
    assert [str(each.emoji) for each in thanked.reactions] == ["👍"]
    assert (await last(world)).outcome == "helped"
    await world.env.advance_time(601)
    assert "You're welcome" in text(await dm(world, "danke"))


async def test_where_feedback_is_off_thanks_are_only_polite(world: World):
    """In a server without feedback, thanks are not counted as votes."""
    await world.bot.app.servers.set(world.server.id, Choices(asks_for_feedback=False))
    answer = await world.ask("what is a venv")
    await world.mia.send(world.channel, "thanks", reply_to=answer)
    assert world.last.content == "thanks"
    assert await count(world, votes) == 0


async def test_in_public_only_likely_questions_are_offered(world: World):
    """In private, the bot also offers suggestions that are less likely."""
    tutor = world.bot.app.tutor
    unlikely = next(
        each["ask"]
        for each in QUESTIONS
        if isinstance(tutor.answer(each["ask"]), Suggestions)
        and isinstance(tutor.answer(each["ask"], public=True), Unknown)
    )
    public = await world.ask(unlikely)
    private = await world.mia.slash(world.channel, "ask", question=unlikely)
    assert "None of these" in buttons(private)
    assert "No lesson answers that yet" in text(public)


async def test_who_is_forgotten_goes_on_from_nothing(world: World):
    """After a member deleted their data, not even the memory holds what they asked."""
    await dm(world, "how do i activate a venv on windows")
    await world.mia.slash(world.channel, "ask", question="forget")
    assert world.bot.app.asking.last(world.mia.id, 0) is None
