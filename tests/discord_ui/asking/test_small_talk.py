"""Members greet, thank, or point at somebody else's question: what the bot replies, and what it logs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from simcord import ChannelHandle

from bot.discord_ui.kit.command_mentions import as_written
from tests.support.asking import BREAD, logged
from tests.support.world import World, buttons, noah_in, suggested, text

QUESTION = "what is a venv?"
HOW = "Apps → Answer this"


@pytest.mark.parametrize(
    "said",
    [
        "danke!",
        "vielen dank dir",
        "danke für deine Hilfe",
        "top, danke",
        "gracias",
        "gracias, me ha servido mucho",
        "thx that worked",
        "ok",
        "achso",
        "ya veo",
        "lol",
        "forget it",
        "me neither",
        "ich auch nicht",
        "yo tampoco",
        "will try that, thanks",
        "mach ich gleich",
        "good to know",
        "edit: found it, nvm",
        "👍",
    ],
)
async def test_thanks_in_public_need_no_answer_and_are_no_miss(world: World, said: str):
    """As a mention or as a reply, the bot says nothing, and moderators do not see it as a miss."""
    answer = await world.ask(QUESTION)
    before = len(world.channel.history())
    await world.mia.send(world.channel, f"{world.mention} {said}")
    await world.mia.send(world.channel, said, reply_to=answer)
    await world.mia.send(world.channel, f"{said} {world.mention}", reply_to=answer)
    assert len(world.channel.history()) == before + 3
    assert await logged(world) == [QUESTION]


@pytest.mark.parametrize(
    "said",
    [
        "hallo",
        "guten morgen",
        "kann mir jemand helfen?",
        "buenas",
        "¿me puedes ayudar?",
        "tengo una duda",
        "good morning, how are you?",
        "",
    ],
)
async def test_a_greeting_gets_the_short_welcome_and_is_no_miss(world: World, said: str):
    """It does not get a card that says that there is no answer."""
    assert "What would you like to know?" in text(await world.ask(said))
    assert await logged(world) == []


async def test_thanks_in_private_get_a_friendly_line(world: World):
    """By command and in a direct message; a remark gets no reply there, a greeting gets the welcome."""
    assert "You're welcome" in text(await world.mia.slash(world.channel, "ask", question="danke"))
    for said, expected in (("gracias!", "You're welcome"), ("hola", "What would you like to know?")):
        await world.mia.send_dm(said)
        last = world.mia.user.dm_channel.last_message
        assert last is not None
        assert expected in text(last)
    before = len(world.mia.user.dm_channel.history())
    await world.mia.send_dm("ok")
    assert len(world.mia.user.dm_channel.history()) == before + 1
    assert await logged(world) == []


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("forget", "/ask forget"),
        ("delete everything you know about me", "/ask forget"),
        ("was weißt du über mich?", "/ask my data"),
        ("how do i delete my data?", "/ask forget"),
        ("wie lösche ich meine Daten?", "/ask forget"),
        ("¿cómo borro mis datos?", "/ask forget"),
        ("stop sending me reminders", "/walkthrough forget"),
        ("bitte keine Erinnerungen mehr", "/walkthrough forget"),
        ("¿cómo empiezo un recorrido?", "/walkthrough"),
    ],
)
async def test_what_has_a_command_points_to_it_and_is_no_miss(world: World, said: str, command: str):
    """In a direct message, where no command is typed, as a mention, and by "Answer this"."""
    await world.mia.send_dm(said)
    told = [text(world.mia.user.dm_channel.history()[-1]), text(await world.ask(said))]
    asked = await world.mia.send(world.channel, said)
    told.append(text(await world.max.context_menu(world.channel, "Answer this", asked)))
    assert [command in as_written(each).replace("`", "") for each in told] == [True] * 3
    assert await logged(world) == []


@pytest.mark.parametrize("said", ["that's outdated", "das ist veraltet", "eso está desactualizado"])
async def test_whoever_says_that_an_answer_is_outdated_reads_how_to_correct_it(world: World, said: str):
    """As a reply to the answer. It is no miss."""
    answer = await world.ask(QUESTION)
    await world.mia.send(world.channel, said, reply_to=answer)
    assert "press *Something wrong here?* below it and propose a correction" in text(world.last)
    assert "Something wrong here?" in buttons(answer)
    assert await logged(world) == [QUESTION]


@pytest.mark.parametrize("said", ["are you an AI?", "wer bist du?", "¿eres una IA?"])
async def test_who_asks_what_the_bot_is_reads_it_above_the_lessons(world: World, said: str):
    """As a mention and in a direct message. It is no miss."""
    await world.mia.send_dm(said)
    for shown in (await world.ask(said), world.mia.user.dm_channel.history()[-1]):
        assert text(shown).startswith("I'm a bot. My answers come from lessons that people wrote.")
        assert "All lessons" in text(shown)
    assert await logged(world) == []


@pytest.mark.parametrize(
    "said", ["i want to talk to a human", "ich will mit einem Menschen reden", "quiero hablar con una persona"]
)
async def test_who_wants_a_person_can_write_to_the_moderators(world: World, said: str):
    """Of what is missing, they write in the form; moderators see what it followed, and the note."""
    answer = await world.ask(QUESTION)
    await world.mia.send(world.channel, said, reply_to=answer)
    assert text(world.last).startswith("You can send your question to the moderators.")
    box = await world.mia.click(world.last, label="Ask the moderators")
    sent = await world.mia.submit_modal(box, {"context": "It is for two versions."})
    assert "Sent to the moderators" in text(sent)


async def test_who_asks_for_the_topics_by_answer_this_sees_them(world: World):
    """As by every other way."""
    asked = await world.mia.send(world.channel, "which topics do you have?")
    assert "All lessons" in text(await world.max.context_menu(world.channel, "Answer this", asked))


async def test_without_walkthroughs_none_is_pointed_to(world: World, lessons: Path):
    """There is nothing to start then: it is a question like any other."""
    for each in world.bot.app.library.lessons.documents:
        file = lessons / each.file
        file.write_text(file.read_text(encoding="utf-8").partition("\nscenarios:")[0], encoding="utf-8")
    world.bot.app.library.reload()
    assert not world.bot.app.tutor.scenarios
    assert "/walkthrough" not in as_written(text(await world.ask("how do i start a walkthrough")))


@pytest.mark.parametrize("said", ["no entiendo", "no me ayudó, gracias", "ich verstehe nicht"])
async def test_who_does_not_understand_gets_a_reply(world: World, said: str):
    """In any language: what is near to the answer and a way to the moderators, or what one can do in private."""
    answer = await world.ask(QUESTION)
    await world.mia.send(world.channel, said, reply_to=answer)
    assert "None of these" in buttons(world.last)
    none = await world.mia.click(world.last, label="None of these")
    assert "Ask the moderators" in buttons(none)
    await world.mia.send_dm(said)
    assert "What would you like to know?" in text(world.mia.user.dm_channel.history()[-1])


@pytest.mark.parametrize("said", ["danke für deine Hilfe", "mega, danke dir!", "te lo agradezco"])
async def test_thanks_in_any_words_count_for_the_answer(world: World, said: str):
    """The bot reacts with 👍."""
    answer = await world.ask(QUESTION)
    await world.mia.send(world.channel, said, reply_to=answer)
    assert [str(each.emoji) for each in world.last.reactions] == ["👍"]


async def test_a_flood_of_thanks_is_not_told_to_slow_down(world: World):
    """Members who expect no reply are not asked to wait."""
    for _again in range(9):
        await world.mia.send(world.channel, f"{world.mention} danke")
    assert len(world.channel.history()) == 9


async def test_thanks_that_ask_are_a_question(world: World):
    """A message with "thanks" and a question is answered."""
    assert "isolated Python environment" in text(await world.ask("thanks! what is a venv"))


async def test_a_helper_who_points_gets_no_answer_without_the_text(world: World):
    """Without the message content intent, a reply has no text: the bot says once in a while what to do."""
    question = await world.mia.send(world.channel, QUESTION)
    await world.max.send(world.channel, world.mention, reply_to=question)
    assert HOW in text(world.last)
    backend = world.env.backend
    made = backend.create_thread(world.channel.id, "a thread", world.mia.id)
    thread = ChannelHandle(world.env, world.server, made)
    voice = world.server.create_voice_channel("voice")
    before = len(world.channel.history())
    for channel in (world.channel, thread, voice):
        there = await world.mia.send(channel, QUESTION)
        await world.max.send(channel, world.mention, reply_to=there)
    assert len(world.channel.history()) == before + 2, "not again"
    assert (len(thread.history()), len(voice.history())) == (2, 2), "nor elsewhere"
    await world.mia.send(world.channel, f"{world.mention} please", reply_to=question)
    assert HOW in text(world.last), "but to somebody else"
    await world.env.advance_time(3700)
    await world.max.send(world.channel, world.mention, reply_to=question)
    assert HOW in text(world.last), "and later on"
    hint = world.last
    assert "Only the person who asked" in text(await world.mia.click(hint, label="Dismiss"))
    await world.max.click(hint, label="Dismiss")
    assert not any(each.components for each in world.channel.history()), "the earlier ones went by themselves"


async def test_what_a_helper_is_told_does_not_stay(world: World, new_bot: Any, tmp_path: Path):
    """Everybody sees it: it goes with their message, or after ten minutes, also if the bot restarts in between."""
    question = await world.mia.send(world.channel, QUESTION)
    pointing = await world.max.send(world.channel, world.mention, reply_to=question)
    assert HOW in text(world.last)
    await world.max.delete(pointing)
    assert [each.id for each in world.channel.history()] == [question.id]
    pointing = await noah_in(world).send(world.channel, world.mention, reply_to=question)
    for _twice in range(2):
        await world.env.restart_bot(new_bot())
        await world.env.advance_time(290)
        assert HOW in text(world.last)
    await world.env.advance_time(30)
    assert world.last.id == pointing.id
    (tmp_path / "data" / "hints.json").write_text("[[1,", encoding="utf-8")
    await world.env.restart_bot(new_bot())
    await world.max.send(world.channel, world.mention, reply_to=question)
    assert HOW in text(world.last), "it works on with a broken file"


async def test_what_a_helper_was_told_is_deleted_by_a_later_start(
    world: World, new_bot: Any, caplog: pytest.LogCaptureFixture
):
    """Discord may fail to delete it. A bot that is closed waits for nothing more."""
    question = await world.mia.send(world.channel, QUESTION)
    pointing = await world.max.send(world.channel, world.mention, reply_to=question)
    await world.bot.remove_cog("Hearing")  # as when the bot is closed
    names = [str(getattr(each.get_coro(), "__qualname__", "")) for each in asyncio.all_tasks()]
    assert [each for each in names if each.endswith("delete")] == []
    await world.env.advance_time(660)
    for is_left in (True, False):
        if is_left:
            world.env.inject_error("DELETE", "/channels/*/messages/*", status=503)
        await world.env.restart_bot(new_bot())
        await world.env.advance_time(60)
        assert (world.last.id != pointing.id) == is_left
        assert ("503" in caplog.text) == is_left
        caplog.clear()


async def test_a_helper_who_says_more_is_answered(world: World):
    """If a reply to a member's message has a question itself, that question is answered."""
    other = await world.mia.send(world.channel, "how do i bake bread?")
    await world.max.send(world.channel, f"{world.mention} {QUESTION}", reply_to=other)
    assert "isolated Python environment" in text(world.last)


async def test_a_question_that_mentions_the_bot_can_be_pointed_at(world: World):
    """Discord sends the text of messages that mention the bot, also with a reply to them."""
    question = await world.mia.send(world.channel, f"{world.mention} {QUESTION}")
    await world.max.send(world.channel, f"{world.mention} can you answer this?", reply_to=question)
    assert "isolated Python environment" in text(world.last)


async def test_answer_this_reads_what_was_forwarded(world: World):
    """A forwarded message has no text of its own; its original text is read."""
    question = await world.mia.send(world.channel, QUESTION)
    elsewhere = world.server.create_text_channel("elsewhere")
    forwarded = await world.mia.forward(question, elsewhere)
    answered = await world.max.context_menu(elsewhere, "Answer this", forwarded)
    assert "isolated Python environment" in text(answered)


@pytest.mark.reads_messages
class TestWhereMessagesMayBeRead:
    @pytest.mark.parametrize(
        "pointing",
        ["", "can you answer this?", "bot, can you check this", "was meinst du?", "¿qué opinas?", "bitte", "👆"],
    )
    async def test_the_question_is_answered_where_it_stands(self, world: World, pointing: str):
        """The answer is a reply to the question, not to the helper's mention."""
        question = await world.mia.send(world.channel, QUESTION)
        await world.max.send(world.channel, f"{world.mention} {pointing}", reply_to=question)
        assert "isolated Python environment" in text(world.last)
        assert world.last.reference is not None
        assert world.last.reference.message_id == question.id
        assert await logged(world) == [QUESTION]

    async def test_whoever_asked_chooses_among_suggestions(self, world: World):
        """The member who asked chooses, not the helper who mentioned the bot."""
        question = await world.mia.send(world.channel, "django")
        await world.max.send(world.channel, world.mention, reply_to=question)
        offered = world.last
        first = suggested(offered)[0]
        await world.mia.click(offered, label="Show 1")
        assert f"## {first}" in text(world.channel.history()[-1])

    async def test_a_forwarded_question_is_answered(self, world: World):
        """Its text is read from the snapshot."""
        question = await world.mia.send(world.server.create_text_channel("elsewhere"), QUESTION)
        forwarded = await world.mia.forward(question, world.channel)
        await world.max.send(world.channel, world.mention, reply_to=forwarded)
        assert "isolated Python environment" in text(world.last)

    async def test_where_nothing_was_asked_the_bot_asks_what(self, world: World):
        """If a helper points at a message without a question, the bot asks for one."""
        thanks = await world.mia.send(world.channel, "thanks all")
        await world.max.send(world.channel, world.mention, reply_to=thanks)
        assert "What would you like to know?" in text(world.last)

    async def test_helpers_who_point_at_one_message_are_one_miss(self, world: World):
        """Nor does the bot say a second time, below the same message, that no lesson answers it."""
        question = await world.mia.send(world.channel, f"{world.mention} {BREAD}")
        for helper in (world.max, noah_in(world)):
            await helper.send(world.channel, f"{world.mention} can you answer this?", reply_to=question)
        (unknown,) = (each for each in world.channel.history() if each.components)
        assert "No lesson answers that yet" in text(unknown)
        assert await logged(world) == [BREAD]


async def test_who_writes_what_a_button_says_reads_how_to_go_on_and_is_no_miss(world: World):
    """In bots without buttons, people type these words."""
    assert "/walkthrough" in as_written(text(await world.ask("next")))
    assert "All lessons" in text(await world.ask("menu"))
    assert await logged(world) == []
