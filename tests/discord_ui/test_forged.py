"""Forged ids do nothing: of another server's question, another member's reminder, or beyond every number."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.discord_ui import parts
from bot.discord_ui.asking.reply_cards import short
from bot.discord_ui.kit.press import LARGEST_NUMBER
from bot.store.store import Store
from bot.store.tables import questions, reminders, votes, wanted
from tests.support import forged
from tests.support.asking import ASK, BREAD, WANT, direct, last, pass_on, slash
from tests.support.strangers import Stranger
from tests.support.world import World, message, text

WHY = "why-virtual-environments"
WHAT = "what-is-a-virtual-environment"
GONE = "no longer have this question"
# What members press on a reply, with a question's number for {}.
OF_QUESTIONS = [f"helped:{{}}:{WHY}", f"not:{{}}:{WHY}", "none:{}", "want:{}"]
BEYOND = [LARGEST_NUMBER + 1, 2**63, 10**20 - 1]


async def all_about(world: World, question: int) -> str:
    """The stored data of a question, with its votes and subscriptions."""
    tables = ((questions, questions.c.id), (votes, votes.c.question), (wanted, wanted.c.question))
    async with world.bot.app.store._database.reading.connect() as connection:
        rows = [list(await connection.execute(select(table).where(which == question))) for table, which in tables]
    return repr(rows)


async def a_question(world: World) -> int:
    """The id of a question by Mia that got no answer."""
    await slash(world, BREAD)
    return int((await last(world)).id)


@pytest.mark.parametrize("pressed", OF_QUESTIONS)
async def test_nothing_pressed_in_another_server_counts(world: World, pressed: str):
    """Otherwise, people could rate the questions of all servers from a server of their own."""
    question = await a_question(world)
    before = await all_about(world, question)
    stranger = Stranger(world)
    custom_id = "lb:" + pressed.format(question)
    told = await forged.press(world, stranger.sam, custom_id, stranger.channel)
    assert GONE in text(told) or "Thank you" in str(message(told).components)
    assert await all_about(world, question) == before


@pytest.mark.parametrize("pressed", OF_QUESTIONS)
async def test_nothing_pressed_in_a_direct_message_counts_elsewhere(world: World, pressed: str):
    """Unless the member was notified of the question's answer there."""
    question = await a_question(world)
    before = await all_about(world, question)
    await forged.press_directly(world, world.max, "lb:" + pressed.format(question))
    assert await all_about(world, question) == before


async def test_nobody_passes_on_a_question_of_another_server(world: World):
    """Otherwise, moderators would read a stranger's note under a member's question."""
    question = await a_question(world)
    before = await all_about(world, question)
    stranger = Stranger(world)
    box = f"lb:passed:{question}"
    assert GONE in text(await forged.submit(world, stranger.sam, box, {"context": "Buy!"}, stranger.channel))
    assert await all_about(world, question) == before
    assert "Sent to the moderators" in text(await forged.submit(world, world.max, box, {"context": ""})), (
        "a passer-by may"
    )


async def test_a_suggestion_taken_in_another_server_takes_nothing(world: World):
    """Otherwise, a miss could be hidden from moderators."""
    await slash(world, "django")
    question = int((await last(world)).id)
    before = await all_about(world, question)
    stranger = Stranger(world)
    custom_id = f"lb:suggest:{WHY}:{short(stranger.sam.id)}:{question}"
    shown = await forged.press(world, stranger.sam, custom_id, stranger.channel)
    assert "Why do we need virtual environments?" in text(shown), "what the lessons say is said to all"
    assert await all_about(world, question) == before


async def test_who_is_told_in_a_direct_message_goes_on_from_there(world: World):
    """The buttons of a notification work: the member can pass the question on again and subscribe again."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    question = int((await last(world)).id)
    await world.bot.app.store.questions.resolve([question], "answered", f"1/{WHY}")
    await world.bot.notifications.notify_of(WHY)
    (told,) = direct(world)
    wrong = await world.mia.user.click(told, label="Not what I asked")
    box = await world.mia.user.click(message(wrong), label=ASK)
    passed = await world.mia.user.submit_modal(box, {"context": "With rye."})
    assert "Sent to the moderators" in text(passed)
    again = await world.mia.user.click(message(passed), label=WANT)
    assert "I'll notify you" in text(again)
    assert "With rye." in await all_about(world, question)


async def test_nobody_answers_or_sees_anothers_reminder(world: World, memory: Store):
    """Not in a channel, and not in their own direct messages."""
    due = datetime(2026, 1, 1, tzinfo=UTC)
    await memory.reminders.remember(world.mia.id, "two-django-versions", {2: due})
    async with memory._database.reading.connect() as connection:
        id_ = await connection.scalar(select(reminders.c.id))
    for custom_id in (f"lb:recall-shown:{id_}", f"lb:recall:{id_}:0123abcd"):
        for press in (forged.press, forged.press_directly):
            assert "was removed from the lessons" in text(await press(world, world.max, custom_id))
    kept = await memory.reminders.find(id_ or 0)
    assert kept
    assert kept.tried == "[]"


async def test_only_whoever_asked_dismisses(world: World):
    """Only the member who asked and moderators can dismiss an answer."""
    nina = world.server.add_member(world.env.create_user("nina"))
    told = await forged.press(world, nina, f"lb:dismiss:{world.mia.id}")
    assert "can dismiss this answer" in text(told)


@pytest.mark.parametrize("number", BEYOND)
async def test_a_number_that_no_database_holds_is_refused_in_a_sentence(world: World, number: int):
    """For members and moderators; the test fails if the bot logs an error."""
    for pressed in (
        *OF_QUESTIONS,
        "unwant:{}",
        "withdraw:{}",
        "my-proposals:{}",
        "name-me:{}",
        "inquiry:{}",
        "recall-shown:{}",
        "recall:{}:0123abcd",
    ):
        told = await forged.press(world, world.mia, "lb:" + pressed.format(number))
        assert text(told), pressed
    told = await forged.submit(world, world.mia, f"lb:passed:{number}", {"context": "x"})
    assert GONE in text(told)
    moderators: list[str] = [
        *("publish:{}", "discard:{}", "merge:{}:mine", "edit:{}:text", "undo:{}", "undo-all:{}", "older::{}"),
        *("miss:{}", "miss-turn:{}:next", "miss-ignore:{}", "miss-undo:{}", "miss-new:{}"),
        *("inbox-take:{}", "inbox-over:{}:1", "ask-back:{}"),
        *(f"miss-phrase:{{}}:{WHY}", f"miss-answered:{{}}:{WHY}"),
        *("proposal:{}", "proposal-draft:{}", "proposal-reopen:{}", f"proposal-add:{{}}:answer:{WHY}"),
    ]
    for pressed in moderators:
        told = await forged.press(world, world.max, "lb:" + pressed.format(number))
        assert text(told), pressed
    for chosen in (str(number), "١", "one", "-1"):
        told = await forged.choose(world, world.max, "lb:revision:", chosen)
        assert "This change no longer exists" in text(told)
    for box in (f"lb:draft:{number}:text", f"lb:miss-find:{number}", f"lb:proposal-declined:{number}"):
        assert text(await forged.submit(world, world.max, box, {"wanted": "venv"})), box


def test_a_digit_is_one_of_ten():
    """In Python, `\\d` is every digit of every script: `int("١")` is 1, and another custom_id for the same row."""
    every = [each.__discord_ui_compiled_template__ for room in parts.ROOMS for each in room.COMPONENTS]
    assert len(every) > 50
    for pattern in (*(each.pattern for each in every), *(form.template for form in parts.FORMS)):
        assert not re.search(r"\\[dwsDWS]", pattern), pattern
    assert all(form.match(f"lb:{form.kind}:1:١") is None for form in parts.FORMS)
