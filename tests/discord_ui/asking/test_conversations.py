"""What members type and what they see: the real bot, end to end, on a simulated Discord."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import ChannelHandle

from bot.discord_ui.asking.messages import headline
from bot.discord_ui.asking.reply_cards import CALL_ME
from tests.support.waiting import until
from tests.support.world import World, buttons, components, message, options, suggested, text


async def test_a_mention_with_a_question_is_answered_in_the_channel(world: World):
    """Members who mention the bot get the lesson's own words, and everybody can read them."""
    answer = await world.ask("y do i need venv")
    assert "Why do we need virtual environments?" in text(answer)
    assert "isolates the packages" in text(answer)
    assert "From *Virtual Environments* · Advanced Python" in text(answer)
    assert answer.reference is not None, "it hangs below the question"
    assert not message(answer).flags.ephemeral


async def test_ask_answers_in_private_and_shares_on_request(world: World):
    """Only the learner sees the answer, until they share it."""
    before = world.channel.history(viewer=world.max)
    asked = await world.mia.slash(world.channel, "ask", question="what is a venv")
    assert asked.ephemeral
    assert "isolated Python environment" in text(asked)
    assert world.channel.history(viewer=world.max) == before

    await world.mia.click(message(asked), label="Share in this channel")
    shared = world.channel.last_message
    assert shared is not None
    assert "isolated Python environment" in text(shared)
    assert f"Shared by {world.mia.mention}" in text(shared)
    assert "Share in this channel" not in buttons(shared)


async def test_a_shared_answer_cannot_be_shared_again(world: World):
    """Two quick presses do not post the answer twice."""
    asked = await world.mia.slash(world.channel, "ask", question="what is a venv")
    stored = world.env.backend.get_message(world.channel.id, message(asked).id)
    as_it_was = stored.components
    await world.mia.click(message(asked), label="Share in this channel")
    assert "Share in this channel" not in buttons(asked)
    stored.components = as_it_was
    pressed = await world.mia.click(message(asked), label="Share in this channel")
    assert "already been shared" in text(pressed)
    assert len(world.channel.history(viewer=world.max)) == 1


async def test_an_answer_that_could_not_be_shared_can_be_shared_once_more(world: World):
    """The card says "Shared", and loses its button, only once the answer is in the channel."""
    asked = await world.mia.slash(world.channel, "ask", question="what is a venv")
    world.env.inject_error("POST", "/webhooks/*", status=403, code=50013, times=1)
    await world.mia.click(message(asked), label="Share in this channel")
    assert world.channel.history(viewer=world.max) == []
    assert "Share in this channel" in buttons(asked)
    await world.mia.click(message(asked), label="Share in this channel")
    (shared,) = world.channel.history(viewer=world.max)
    assert f"Shared by {world.mia.mention}" in text(shared)
    assert "Shared" in text(asked)
    assert "Share in this channel" not in buttons(asked)


async def test_ask_in_public_is_seen_by_all(world: World):
    """With `private: False`, everybody sees the answer."""
    asked = await world.mia.slash(world.channel, "ask", question="what is a venv", private=False)
    assert not asked.ephemeral


async def test_autocomplete_offers_canonical_questions_best_first(world: World):
    """A few letters are enough to find the question, in the words of the lesson."""
    choices = await world.mia.autocomplete(world.channel, "ask", "question", "activ")
    names = [choice["name"] for choice in choices]
    assert 1 < len(names) <= 25
    assert all("activ" in name.lower() for name in names[:4])
    answered = await world.mia.slash(world.channel, "ask", question=choices[1]["value"])
    assert names[1] in text(answered)


async def test_autocomplete_forgives_typos_and_finds_inside_a_question(world: World):
    """Not only the first letters count, and not only the right ones."""
    choices = await world.mia.autocomplete(world.channel, "ask", "question", "requirments file")
    assert "requirements" in choices[0]["name"]


async def test_autocomplete_of_nothing_offers_something(world: World):
    """Before anything is typed, members see questions that they can ask."""
    assert len(await world.mia.autocomplete(world.channel, "ask", "question", "")) == 25


async def test_a_vague_question_gets_buttons_and_a_press_answers_in_place(world: World):
    """If the bot is not sure, the member chooses a suggestion, and its answer replaces the suggestions."""
    offered = await world.ask("django")
    assert "Which of these did you mean?" in text(offered)
    first, *_ = suggested(offered)
    assert "The plan" not in text(offered), "a preview begins with what the step says"
    await world.mia.click(offered, label="Show 1")
    answered = world.channel.history()[-1]
    assert answered.id == offered.id
    assert f"## {first}" in text(answered)


async def test_somebody_elses_suggestions_answer_in_private(world: World):
    """If somebody else presses a suggestion, the member who asked can still choose."""
    offered = await world.ask("django")
    pressed = await world.max.click(offered, label=buttons(offered)[0])
    assert pressed.ephemeral
    assert "Which of these" in text(world.channel.history()[-1])


async def test_an_unknown_question_is_admitted(world: World):
    """The bot says that it has no answer, and offers the lessons."""
    answer = await world.ask("how do i bake bread")
    assert "No lesson answers that yet" in text(answer)
    contents = await world.mia.click(answer, label="Browse the lessons")
    assert contents.ephemeral
    assert "Virtual Environments in Practice" in text(contents)


async def test_a_related_question_goes_on_in_private(world: World):
    """Members who open related entries do not flood the channel."""
    answer = await world.ask("what is a venv")
    related = await world.mia.click(answer, label="Why do we need virtual environments?")
    assert related.ephemeral
    assert "isolates the packages" in text(related)


async def test_a_solution_is_found_and_opens_its_step(world: World):
    """A question that a scenario answers leads into the walkthrough, at that step."""
    answer = await world.ask("what if he installs django 4.2.2 directly")
    assert "Install Django 4.2.2 directly" in text(answer)
    assert "Verdict: **fails**" in text(answer)
    opened = await world.mia.click(answer, label="Open walkthrough: Install Django 4.2.2 directly")
    assert opened.ephemeral
    assert "Solution 2" in text(opened)


async def test_buttons_and_menus_outlive_a_restart(world: World, new_bot: Any):
    """A panel that a member left open still works."""
    started = await world.mia.slash(world.channel, "walkthrough", scenario="two-django-versions")
    await world.mia.click(message(started), label="Next")
    offered = await world.ask("django")
    await world.env.restart_bot(new_bot())

    await world.mia.click(message(started), label="Skip")
    assert "Solution 1" in text(started)
    await world.mia.select(message(started), ["story"])
    assert "The story" in text(started)
    await world.mia.click(offered, label=buttons(offered)[0])
    assert "Which of these" not in text(world.channel.history()[-1])


async def test_a_restart_does_not_tell_discord_the_commands_again(world: World, new_bot: Any):
    """Discord takes 200 commands a day; unchanged ones are not sent."""
    puts = [each for each in world.env.http_requests if each.method == "PUT" and "commands" in each.path]
    assert len(puts) == 1
    await world.env.restart_bot(new_bot())
    puts = [each for each in world.env.http_requests if each.method == "PUT" and "commands" in each.path]
    assert len(puts) == 1


async def test_an_entry_that_is_gone_says_so(world: World, new_bot: Any, lessons: Path):
    """An old button never shows an answer that was removed, and never fails."""
    answer = await world.ask("what is a venv")
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("why-virtual-environments", "why-venvs"), encoding="utf-8")
    practice = lessons / "virtual-environments-in-practice.yaml"
    text_there = practice.read_text(encoding="utf-8")
    practice.write_text(text_there.replace("why-virtual-environments", "why-venvs"), encoding="utf-8")
    await world.env.restart_bot(new_bot())
    pressed = await world.mia.click(answer, label="Why do we need virtual environments?")
    assert "was removed from the lessons" in text(pressed)


async def test_answer_this_answers_somebody_elses_message(world: World):
    """A helper uses the menu on a question in the channel, reads the answer, and can reply with it."""
    question = await world.mia.send(world.channel, "What is a venv?")
    answered = await world.max.context_menu(world.channel, "Answer this", question)
    assert answered.ephemeral
    assert "isolated Python environment" in text(answered)
    assert "Reply to this message" in buttons(answered)


async def test_a_direct_message_is_answered(world: World):
    """In a direct message, members do not need to mention the bot."""
    await world.mia.send_dm("what is a venv")
    said = world.mia.user.dm_channel.last_message
    assert said is not None
    assert "isolated Python environment" in text(said)
    assert "Share in this channel" not in buttons(said), "there is nobody to share it with"


async def test_a_reply_to_the_bot_is_a_question_without_a_mention(world: World):
    """A reply to an answer is a question to the bot, with or without a ping; replies to others are not."""
    answer = await world.ask("what is a venv")
    asked = await world.mia.send(world.channel, "how do i delete a virtual environment", reply_to=answer)
    assert "delete a virtual environment" in text(world.channel.history()[-1])
    before = len(world.channel.history())
    # SimCord's members always ping; this is the same message from one who switched that off.
    asked.id += 1
    asked.mentions = []
    world.bot.dispatch("message", asked)
    # It is not SimCord that dispatched it, so it does not wait for it.
    await until(lambda: len(world.channel.history()) > before)
    assert len(world.channel.history()) == before + 1
    before += 1
    question = await world.mia.send(world.channel, "anybody here?")
    await world.max.send(world.channel, "what is a venv", reply_to=question)
    assert len(world.channel.history()) == before + 2


async def test_thanks_in_a_reply_need_no_answer(world: World):
    """The bot does not answer a polite "thanks"."""
    answer = await world.ask("what is a venv")
    before = len(world.channel.history())
    await world.mia.send(world.channel, "thank you!", reply_to=answer)
    assert len(world.channel.history()) == before + 1


async def test_a_reply_of_two_words_goes_on_from_the_answer(world: World):
    """'And on windows?' is understood from the answer that it replies to; alone, it is not."""
    answer = await world.ask("how do i activate a venv on mac")
    assert "macOS" in text(answer)
    await world.mia.send(world.channel, f"{world.mention} on windows?", reply_to=answer)
    assert "How do I activate a virtual environment on Windows?" in text(world.channel.history()[-1])
    alone = await world.ask("on windows?")
    assert "## How do I activate a virtual environment on Windows?" not in text(alone)


@pytest.mark.parametrize("mark", [" (1/", " (1 of "])
async def test_a_reply_to_the_first_of_several_cards_goes_on_from_them(world: World, lessons: Path, mark: str):
    """A long answer is one answer, also on cards of earlier versions that were numbered in words."""
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    assert "A virtual environment is a tool which" in whole
    file.write_text(
        whole.replace("A virtual environment is a tool which", "Much to say. " * 600 + "It"), encoding="utf-8"
    )
    world.bot.app.library.reload()
    answer = await world.ask("what is a venv")
    stored = world.env.backend.get_message(world.channel.id, answer.id)
    heading = stored.components[0]["components"][0]
    assert " (1/" in heading["content"]
    heading["content"] = heading["content"].replace(" (1/", mark)
    (again,) = [each for each in world.channel.history() if each.id == answer.id]
    assert mark in text(again)
    assert world.bot.app.tutor.find(headline(again)) == "what-is-a-virtual-environment"


async def test_a_sure_answer_does_not_depend_on_what_was_said_before(world: World):
    """A new question in a reply is answered as a new question."""
    answer = await world.ask("how do i activate a venv on mac")
    await world.mia.send(world.channel, f"{world.mention} what is pipx", reply_to=answer)
    assert "pipx" in text(world.channel.history()[-1])


async def test_a_mention_without_a_question_is_invited_to_ask(world: World):
    """'Hi' gets a way to begin, not "I have no answer"; in a channel, also how the bot hears what follows."""
    for greeting in ("", "hi", "👋", "\u200b"):
        assert "What would you like to know?" in text(await world.ask(greeting))
        await world.env.advance_time(30)
    for said in ("hi", "i get an error"):
        invited = await world.ask(said)
        assert CALL_ME in text(invited), said
        await world.mia.send(world.channel, "what is pipx", reply_to=invited)
        assert "## What is pipx" in text(world.last)
        await world.mia.send_dm(said)
        assert CALL_ME not in text(world.mia.user.dm_channel.history()[-1])
    by_command = await world.mia.slash(world.channel, "ask", question="hi", private=False)
    assert CALL_ME not in text(by_command), "Discord does not show the bot a reply to that"


async def test_bots_webhooks_and_echoes_get_no_reply(world: World):
    """Two bots never talk to each other endlessly, and a message sent twice is answered once."""
    robot = world.server.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{world.mention} what is a venv")
    webhook = world.server.create_webhook(world.channel)
    await webhook.send(f"{world.mention} what is a venv")
    assert len(world.channel.history()) == 2

    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    assert len(world.channel.history()) == 4
    world.bot.dispatch("message", asked)  # what a resumed connection does
    await world.env.settle()
    assert len(world.channel.history()) == 4


async def test_messages_that_are_not_for_the_bot_get_no_reply(world: World):
    """The bot stays silent unless it is addressed."""
    await world.mia.send(world.channel, "what is a venv")
    await world.mia.send(world.channel, f"{world.max.mention} what is a venv")
    await world.mia.send(world.channel, "@everyone what is a venv")
    assert len(world.channel.history()) == 3


@pytest.mark.parametrize(
    "hostile",
    [
        "@everyone @here what is a venv",
        "[what is a venv](https://evil.example/)",
        "what is a venv <@&1> <#2> <t:0:R> </ask:3>",
        "```py\nwhat is a venv\n```",
        "**what** ||is|| a ~~venv~~ `?`",
        "what\u200bis\u202ea\u2066 venv\u2069?",
        "ما هي البيئة الافتراضية؟",
        "venv " * 380,
        "🐍" * 900,
        "\n\n\n",
        "<@!>",
    ],
)
async def test_hostile_questions_get_a_reply_without_an_echo(world: World, hostile: str):
    """Whatever members ask, the bot answers in its own words, pings nobody, and does not fail."""
    answer = await world.ask(hostile)
    said = text(answer)
    for foreign in ("@everyone", "@here", "evil.example", "||is||", "<@&1>", "🐍", "البيئة"):
        assert foreign not in said
    assert not answer.mention_everyone
    assert not answer.mentions
    assert not answer.role_mentions
    asked = await world.mia.slash(world.channel, "ask", question=hostile.strip() or "?")
    assert asked.ephemeral
    assert text(asked)


async def test_every_message_is_sent_without_pings(world: World):
    """Nothing that the bot sends can notify anybody."""
    await world.ask("what is a venv")
    asked = await world.mia.slash(world.channel, "ask", question="what is a venv")
    await world.mia.click(message(asked), label="Share in this channel")
    bodies = [
        each.json.get("data", each.json)
        for each in world.env.http_requests
        if each.method == "POST" and isinstance(each.json, dict)
    ]
    sent = [body for body in bodies if "components" in body]
    assert len(sent) >= 3
    for body in sent:
        assert body["allowed_mentions"]["parse"] == []


async def test_a_flood_of_questions_is_slowed_down_kindly(world: World):
    """Members who ask too fast are asked once to wait, and are answered again afterwards."""
    for _ in range(10):
        await world.mia.send(world.channel, f"{world.mention} what is a venv")
    said = [text(each) for each in world.channel.history() if each.author == world.bot.user]
    assert sum("You're going too fast" in each for each in said) == 1
    assert sum("isolated Python environment" in each for each in said) == 6
    asked = await world.mia.slash(world.channel, "ask", question="what is a venv")
    assert "going too fast" in text(asked)
    other = await world.max.slash(world.channel, "ask", question="what is a venv")
    assert "isolated Python environment" in text(other), "another member does not wait"
    await world.env.advance_time(30)
    assert "isolated Python environment" in text(await world.ask("what is a venv"))


async def test_who_may_not_write_cannot_make_the_bot_write(world: World):
    """In a read-only channel, answers are private and cannot be shared."""
    rules = world.server.create_text_channel(
        "rules", overwrites={world.server.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    asked = await world.mia.slash(rules, "ask", question="what is a venv", private=False)
    assert asked.ephemeral
    refused = await world.mia.click(message(asked), label="Share in this channel")
    assert "can't send messages in this channel" in text(refused)
    assert not rules.history(viewer=world.max)


@pytest.mark.parametrize("in_threads", [True, False], ids=["in threads alone", "in channels alone"])
async def test_in_a_thread_counts_who_may_write_in_threads(world: World, in_threads: bool):
    """Discord has a permission of its own for them: many channels of news let members write only in threads."""
    allowed = discord.PermissionOverwrite(send_messages=not in_threads, send_messages_in_threads=in_threads)
    news = world.server.create_text_channel("news", overwrites={world.server.default_role: allowed})
    thread = world.env.backend.create_thread(news.id, "about the news", world.max.id)
    here = ChannelHandle(world.env, world.server, thread)
    asked = await world.mia.slash(here, "ask", question="what is a venv", private=False)
    assert asked.ephemeral is not in_threads
    in_private = await world.mia.slash(here, "ask", question="what is a venv")
    pressed = await world.mia.click(message(in_private), label="Share in this channel")
    assert ("can't send messages in this channel" in text(pressed)) is not in_threads


async def test_a_bot_that_may_not_write_stays_silent(world: World):
    """A missing permission causes no traceback."""
    assert world.server.me is not None
    locked = world.server.create_text_channel(
        "locked", overwrites={world.server.me: discord.PermissionOverwrite(send_messages=False)}
    )
    await world.mia.send(locked, f"{world.mention} what is a venv")
    assert len(locked.history()) == 1


@pytest.mark.parametrize(("status", "code"), [(404, 10008), (404, 10062), (403, 50013), (400, 50083)])
async def test_an_answer_nobody_can_get_ends_quietly(world: World, status: int, code: int):
    """If the message or channel was deleted, or it is too late, there is no error in the log."""
    world.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    await world.mia.send(world.channel, f"{world.mention} what is a venv")
    assert len(world.channel.history()) == 1


async def test_a_failure_is_said_to_the_member_and_logged(world: World, caplog: pytest.LogCaptureFixture):
    """If the bot fails, the member reads that, and the log has the error."""
    answer = await world.ask("what is a venv")
    world.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035)
    pressed = await world.mia.click(answer, label="Why do we need virtual environments?")
    assert "Something went wrong" in text(pressed)
    assert "a reply failed" in caplog.text
    caplog.clear()


async def test_a_long_answer_is_laid_out_over_cards(world: World, new_bot: Any, lessons: Path):
    """No part of a teacher's text is cut."""
    words = " ".join(f"word{n}" for n in range(1100))
    (lessons / "long.yaml").write_text(
        "lesson: Long\nentries:\n  - id: long-one\n    question: What is the longest?\n"
        f"    answer: |\n      {words}\n",
        encoding="utf-8",
    )
    await world.env.restart_bot(new_bot())
    await world.mia.send(world.channel, f"{world.mention} what is the longest")
    cards = [each for each in world.channel.history() if each.author.id == world.bot.user.id]
    assert len(cards) == 3
    assert "What is the longest? (2/3)" in text(cards[1])
    together = " ".join(text(card) for card in cards)
    assert all(f"word{n}" in together.split() for n in range(1100))

    asked = await world.mia.slash(world.channel, "ask", question="what is the longest")
    assert len(asked.followups) == 2
    last = asked.followups[-1]
    await world.mia.click(last, label="Share in this channel")
    public = [each for each in world.channel.history(viewer=world.max) if each.author.id == world.bot.user.id]
    assert len(public) == 6


async def test_browse_leads_from_the_lessons_to_an_answer(world: World):
    """Members who do not know what to ask can look through the lessons."""
    opened = await world.mia.slash(world.channel, "browse")
    assert opened.ephemeral
    assert options(opened) == ["Virtual Environments", "Virtual Environments in Practice"]
    practice = next(part["options"][1]["value"] for part in components(opened) if "options" in part)
    await world.mia.select(message(opened), [practice])
    assert len(options(opened)) == 25
    assert "Page 1 of 2" in text(opened)
    await world.mia.click(message(opened), label="Next")
    assert "Page 2 of 2" in text(opened)
    entry = next(part["options"][0] for part in components(opened) if "options" in part)
    answered = await world.mia.select(message(opened), [entry["value"]])
    assert answered.ephemeral
    assert entry["label"] in text(answered)
    assert "Page 2 of 2" in text(opened), "the list stays"
    await world.mia.click(message(opened), label="All lessons")
    assert "## All lessons" in text(opened)


async def test_a_forged_button_breaks_nothing(world: World):
    """Ids that do not exist get a short message, not an error."""
    answer = await world.ask("what is a venv")
    stored = world.env.backend.get_message(world.channel.id, answer.id)
    for forged in ("lb:show:no-such-entry", "lb:walk:no-such:story:next", "lb:open:two-django-versions:no-such"):
        row = next(part for part in stored.components if part["type"] == 1)
        row["components"][0]["custom_id"] = forged
        pressed = await world.mia.click(answer, custom_id=forged)
        assert text(pressed)
