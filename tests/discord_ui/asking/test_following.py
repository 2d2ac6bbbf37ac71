"""An answer follows what becomes of its question, and goes with one press."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.discord_ui.asking import earlier_answers
from bot.discord_ui.kit.locale import LanguagesOfMembers
from bot.store.servers import Choices
from tests.support.asking import BREAD, last, logged, moderate, pass_on
from tests.support.editing import ENTRY, press
from tests.support.forms import LESSON, filled, lessons_in
from tests.support.pictures import png
from tests.support.posts import open_post, rename
from tests.support.world import World, buttons, direct_messages, message, noah_in, text, with_button

pytestmark = pytest.mark.reads_messages
TWO_THINGS = "what is a virtual environment? and how do i create a virtual environment?"


def answers(world: World, channel: Any = None) -> list[discord.Message]:
    return [each for each in (channel or world.channel).history(viewer=world.mia) if each.components]


async def reply_as_helper(world: World, channel: Any, asked: discord.Message) -> None:
    """Max has the bot answer this message, by its menu."""
    seen = await world.max.context_menu(channel, "Answer this", asked)
    if "Reply to this message" not in buttons(seen):
        await world.max.click(message(seen), label="Show 1")
    await world.max.click(message(seen), label="Reply to this message")


def looks(world: World) -> int:
    """How often the bot read what is in a channel."""
    return sum(
        each.method == "GET" and each.path.partition("?")[0].endswith("/messages")
        for each in world.env.http_requests
    )


async def test_an_edited_question_gets_another_answer_in_its_place(world: World):
    """This works for ten minutes. If the new answer would be the same, the message is not edited."""
    asked = await world.mia.send(world.channel, f"{world.mention} how do i bake bread")
    (unknown,) = answers(world)
    assert "No lesson answers that yet" in text(unknown)
    await world.mia.edit(asked, f"{world.mention} what is a venv")
    (answer,) = answers(world)
    assert answer.id == unknown.id
    assert "isolated Python environment" in text(answer)
    edited_at = answer.edited_at
    await world.mia.edit(asked, f"{world.mention} what is a venv?")
    assert answers(world)[0].edited_at == edited_at
    await world.env.advance_time(601)
    await world.mia.edit(asked, f"{world.mention} how do i bake bread")
    assert "isolated Python environment" in text(answers(world)[0])


async def test_a_mention_can_be_added_by_an_edit(world: World, new_bot: Any):
    """Whoever forgot to call the bot gets an answer, once; not if the bot may have answered before a restart."""
    asked = await world.mia.send(world.channel, "what is a venv")
    assert answers(world) == []
    for question in ("what is a venv", "what is a venv?"):
        await world.mia.edit(asked, f"{world.mention} {question}")
        (answer,) = answers(world)
        assert "isolated Python environment" in text(answer)
    asked = await world.mia.send(world.channel, "what is a venv")
    await world.env.advance_time(5)
    await world.env.restart_bot(new_bot())
    await world.mia.edit(asked, f"{world.mention} what is a venv")
    assert len(answers(world)) == 1
    late = await world.mia.send(world.channel, "what is a venv")
    await world.env.advance_time(601)
    await world.mia.edit(late, f"{world.mention} what is a venv")
    assert len(answers(world)) == 1


async def test_a_forgotten_mention_is_heard_where_the_bot_listens_too(world: World):
    """It left the question to people; once it is called, it says what it knows."""
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(world.channel.id,)))
    asked = await world.mia.send(world.channel, BREAD)
    assert answers(world) == []
    await world.mia.edit(asked, f"{world.mention} {BREAD}")
    (answer,) = answers(world)
    assert "No lesson answers that yet" in text(answer)
    await world.env.advance_time(60)  # Mia has asked much
    asked = await world.mia.send(world.channel, "what is a virtual environment?")
    await world.mia.edit(asked, f"{world.mention} what is a virtual environment?")
    assert len(answers(world)) == 2, "it has its answer already"


async def test_an_edited_question_reaches_the_moderators_in_its_new_words(world: World):
    """Also where it still gets no answer, or the same suggestions; and where a post got another title."""
    asked = await world.mia.send(world.channel, f"{world.mention} how do i bake it")
    unknown = answers(world)[0]
    await world.mia.edit(asked, f"{world.mention} How do I bake it?")
    assert answers(world)[0].edited_at is None, "it asks the same"
    await world.mia.edit(asked, f"{world.mention} how do i bake rye bread in a glass form")
    assert answers(world)[0].id == unknown.id
    await pass_on(world, answers(world)[0])
    assert (await last(world)).text == "how do i bake rye bread in a glass form"
    assert (await last(world)).passed

    asked = await world.mia.send(world.channel, f"{world.mention} can venv be renamed later on")
    offered = text(world.last)
    await world.mia.edit(asked, f"{world.mention} can my venv be renamed later on")
    (_unknown, same) = (each for each in answers(world) if not each.flags.ephemeral)
    assert text(same) == offered
    await pass_on(world, await world.mia.click(same, label="None of these"))
    assert (await last(world)).text == "can my venv be renamed later on"

    await world.env.advance_time(60)  # Mia has asked much
    forum = world.server.create_forum_channel("help")
    post = await open_post(world, forum, world.mia, "How do I bake it?", world.mention)
    await rename(world, post, "How do I bake spelt bread?")
    await pass_on(world, answers(world, post)[0])
    assert (await last(world)).text == "How do I bake spelt bread?"


async def test_a_corrected_question_is_logged_once(world: World):
    """Moderators see what was meant, and not each typo; what was passed on to them stays as it was."""
    asked = await world.mia.send(world.channel, f"{world.mention} how do i bake ry bread")
    await world.mia.edit(asked, f"{world.mention} how do i bake rye bread")
    assert await logged(world) == ["how do i bake rye bread"]
    await pass_on(world, answers(world)[0])
    await world.mia.edit(asked, f"{world.mention} how do i bake a rye cake")
    assert await logged(world) == ["how do i bake a rye cake", "how do i bake rye bread"]
    await world.mia.edit(asked, f"{world.mention} what is a venv")
    assert (await logged(world))[0] == "what is a venv", "another reply is another row"

    forum = world.server.create_forum_channel("help")
    post = await open_post(world, forum, world.mia, "How do I bake splt bread?", world.mention)
    await rename(world, post, "How do I bake spelt bread?")
    assert [each for each in await logged(world) if "sp" in each] == ["How do I bake spelt bread?"]


async def test_a_direct_message_is_followed_as_well(world: World):
    """Edited, it gets another answer in the member's language; deleted, its answer goes."""
    asked = await world.mia.send_dm("how do i bake bread")
    (_asked, unknown) = direct_messages(world.mia)
    assert "No lesson answers that yet" in text(unknown)
    world.bot.kept(LanguagesOfMembers).put(world.mia.id, "de")
    await world.mia.user.edit(asked, "what is a venv")
    (_asked, answer) = direct_messages(world.mia)
    assert answer.id == unknown.id
    assert "isolated Python environment" in text(answer)
    assert "Hat geholfen" in buttons(answer)
    assert not {"Dismiss", "Share in this channel"} & {*buttons(answer)}
    await world.mia.user.edit(asked, "wie backe ich brot")
    assert "isolated" not in text(direct_messages(world.mia)[-1])
    await world.mia.user.delete(asked)
    assert direct_messages(world.mia) == []


async def test_an_edit_that_wants_a_command_or_the_topics_gets_it(world: World):
    """These replies follow an edit like any other."""
    asked = await world.mia.send(world.channel, f"{world.mention} how do i bake bread")
    await world.mia.edit(asked, f"{world.mention} delete my data")
    assert "forget" in text(answers(world)[0])
    await world.mia.edit(asked, f"{world.mention} which topics do you have?")
    assert "forget" not in text(answers(world)[0])
    assert "No lesson answers" not in text(answers(world)[0])
    await world.mia.edit(asked, f"{world.mention} how do i bake bread")
    assert "No lesson answers that yet" in text(answers(world)[0])


async def test_a_question_in_a_file_still_calls_the_bot_after_an_edit(world: World):
    """The mention stands in the message, and not in the file."""
    file = ("question.txt", b"how do i bake a bread with rye flour")
    asked = await world.mia.send(world.channel, world.mention, attachments=[file])
    assert "No lesson answers that yet" in text(answers(world)[0])
    await world.mia.edit(asked, f"{world.mention} <@{world.max.id}>")
    assert answers(world)


async def test_an_answer_needs_no_permission_for_its_picture(world: World):
    """Where the bot may not attach files, all that is missing is the picture: in a reply, and after an edit."""
    picture = {"entry": ENTRY, "picture": ("venv.png", png()), "alt": "A drawing"}
    await press(world, await world.max.slash(world.channel, "lessons picture", **picture), "Publish")
    assert (await world.ask("what is a virtual environment?")).attachments
    channel, role = world.bot.get_channel(world.channel.id), world.bot.get_guild(world.server.id).me.top_role
    await channel.set_permissions(role, overwrite=discord.PermissionOverwrite(attach_files=False))
    asked = await world.mia.send(world.channel, f"{world.mention} how do i bake bread")
    await world.mia.edit(asked, f"{world.mention} what is a virtual environment?")
    other = await world.mia.send(world.channel, "what is a virtual environment?")
    await reply_as_helper(world, world.channel, other)
    await world.env.advance_time(60)  # Mia has asked much
    await world.ask("what is a virtual environment?")
    _before, *without = answers(world)
    assert len(without) == 3
    for each in without:
        assert "isolated Python environment" in text(each)
        assert not each.attachments


async def test_an_answer_comes_where_there_was_none(world: World):
    """Once it is published, in place of "No lesson answers that yet". What was put away does not come back."""
    for _twice in range(2):
        await world.mia.send(world.channel, f"{world.mention} {BREAD}")
    away, unknown = answers(world)
    await world.mia.click(away, label="Dismiss")
    asked = (await last(world)).id
    box = await world.max.click(message(await moderate(world)), label="Add as new entry")
    typed = {**filled(box), "answer": "Knead it, and wait.", LESSON: [next(iter(lessons_in(box).values()))]}
    await press(world, await world.max.submit_modal(box, typed), "Publish")
    await world.env.settle()
    (answer,) = answers(world)
    assert answer.id == unknown.id
    assert "Knead it, and wait." in text(answer)
    await world.mia.click(answer, label="That helped")
    assert (await last(world)).id == asked, "it was not asked once more"
    assert (await last(world)).outcome == "helped"


@pytest.mark.parametrize("by", ["its author", "a moderator"])
async def test_what_was_put_away_does_not_come_back_however_long(world: World, lessons: Path, by: str):
    """An answer of several messages is sent anew, and not below a question whose reply was taken away."""
    asked = await world.mia.send(world.channel, f"{world.mention} {BREAD}")
    (unknown,) = answers(world)
    if by == "a moderator":
        world.env.backend.delete_message(world.channel.id, unknown.id)
    else:
        await world.mia.click(unknown, label="Dismiss")
    entry = {"id": "bread", "question": "How do I bake bread?", "answer": "Knead it. " * 600}
    (lessons / "bread.yaml").write_text(json.dumps({"lesson": "Bread", "entries": [entry]}), encoding="utf-8")
    world.bot.app.library.reload()
    with world.env._bot_scope():
        await world.bot.lessons_read()
    await world.env.settle()
    assert answers(world) == []
    await world.mia.edit(asked, f"{world.mention} {BREAD}, please?")
    assert answers(world) == []


async def test_an_answer_goes_with_its_question(world: World):
    """If the question is deleted, or asks nothing any more, so is its answer, unless somebody replied to it."""
    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    await world.mia.edit(asked, f"{world.mention} hello")
    assert answers(world) == []
    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    await world.mia.delete(asked)
    assert answers(world) == []
    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    await world.max.send(world.channel, "thanks!", reply_to=answers(world)[0])
    await world.mia.edit(asked, f"{world.mention} hello")
    await world.mia.delete(asked)
    assert len(answers(world)) == 1


async def test_an_answer_that_went_comes_back_when_its_message_asks_again(world: World):
    """The bot took it away itself, as the message asked nothing; what somebody dismissed stays away."""
    forum, other = world.server.create_forum_channel("help"), world.server.create_text_channel("other")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(other.id, forum.id)))
    asked = await world.mia.send(world.channel, f"{world.mention} {BREAD}")
    await world.mia.edit(asked, BREAD)
    assert answers(world) == [], "it does not call the bot any more"
    for question, says in ((BREAD, "No lesson answers that yet"), ("what is a venv", "isolated Python")):
        await world.mia.edit(asked, f"{world.mention} {question}")
        (answer,) = answers(world)
        assert says in text(answer)
    await world.mia.edit(asked, f"{world.mention} hello")
    assert answers(world) == []
    await world.mia.edit(asked, f"{world.mention} what is a venv")
    (answer,) = answers(world)
    assert "isolated Python" in text(answer)
    await world.env.advance_time(60)  # Mia has asked much
    await world.mia.click(answer, label="Dismiss")
    for question in ("hello", "why do we need a venv"):
        await world.mia.edit(asked, f"{world.mention} {question}")
        assert answers(world) == [], question

    unasked = await world.mia.send(other, "what is a virtual environment?")
    await world.mia.edit(unasked, "never mind")
    assert answers(world, other) == []
    await world.mia.edit(unasked, "what is a virtual environment?")
    (answer,) = answers(world, other)
    await world.mia.delete(unasked)
    assert answers(world, other) == []

    await world.env.advance_time(60)
    post = await open_post(world, forum, world.mia, "What is a virtual environment?")
    await rename(world, post, BREAD)
    assert answers(world, post) == [], "nobody called for it"
    await rename(world, post, "What is a virtual environment?")
    assert len(answers(world, post)) == 1


async def test_an_answer_that_a_moderator_deleted_does_not_come_back(world: World):
    """Also where the question then asks nothing for a while."""
    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    (answer,) = answers(world)
    await world.bot.get_partial_messageable(world.channel.id).get_partial_message(answer.id).delete()
    for question in ("hello", "what is a venv"):
        await world.mia.edit(asked, f"{world.mention} {question}")
        assert answers(world) == [], question


async def test_an_answer_that_could_not_be_deleted_is_changed(world: World):
    """No second answer appears beside it."""
    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    world.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=50013)
    await world.mia.edit(asked, f"{world.mention} hello")
    await world.mia.edit(asked, f"{world.mention} why do we need a venv")
    (answer,) = answers(world)
    assert "Why do we need" in text(answer)


async def test_answers_that_nobody_called_for_follow_too(world: World):
    """In a channel, the answer is deleted if the bot is no longer sure; in a post, it follows the new title."""
    forum = world.server.create_forum_channel("help")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(world.channel.id, forum.id)))
    asked = await world.mia.send(world.channel, "what is a virtual environment?")
    await world.mia.edit(asked, "why do we need virtual environments?")
    assert "isolates the packages" in text(answers(world)[0])
    await world.mia.edit(asked, "never mind")
    assert answers(world) == []

    post = await open_post(world, forum, world.mia, "What is a virtual environment?")
    await rename(world, post, "Why do we need virtual environments?")
    (answer,) = answers(world, post)
    assert "isolates the packages" in text(answer)
    post = await open_post(world, forum, world.mia, "help pls", "What is a virtual environment?")
    await reply_as_helper(world, post, post.history()[0])
    await world.env.advance_time(60)  # Mia has asked much
    await rename(world, post, "help please")
    assert len(answers(world, post)) == 2, "its first message still asks"


async def test_whoever_marks_what_they_asked_as_solved_keeps_what_solved_it(world: World):
    """Below the question, in the title of a post, or instead of that. It is not asked once more."""
    forum = world.server.create_forum_channel("help")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(world.channel.id, forum.id)))
    asked = await world.mia.send(world.channel, "what is a virtual environment?")
    for more in ("EDIT: solved, thanks!", "```\nvenv : not found\n```"):
        await world.mia.edit(asked, f"what is a virtual environment?\n{more}")
        assert len(answers(world)) == 1, more
    await world.mia.edit(asked, "why do we need virtual environments?\nEDIT: my password is swordfish")
    assert "isolates the packages" in text(answers(world)[0])

    title = "can venv be renamed later on"
    for name in (f"[Gelöst] {title}", f"✅ {title}", f"{title} - SOLVED", "SOLVED", "solved, thanks!"):
        await world.env.advance_time(60)  # Mia has asked much
        post = await open_post(world, forum, world.mia, title)
        await world.mia.click(answers(world, post)[0], label="Show 1")
        chosen = text(answers(world, post)[0])
        await rename(world, post, name)
        assert [text(each) for each in answers(world, post)] == [chosen], name
    assert (await logged(world))[:6] == [*[title] * 5, "why do we need virtual environments?"]


@pytest.mark.parametrize(
    "name", ["closed", "[closed]", "Resolved!", "answered ✅", "behoben", "geschlossen", "arreglado"]
)
async def test_a_title_that_only_says_solved_leaves_the_answer(world: World, name: str):
    """In each word by which the title of a post is known as marked."""
    forum = world.server.create_forum_channel("help")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(forum.id,)))
    post = await open_post(world, forum, world.mia, "What is a virtual environment?", "I am on Windows.")
    answer = text(answers(world, post)[0])
    await rename(world, post, name)
    assert [text(each) for each in answers(world, post)] == [answer]


async def test_whoever_asked_puts_any_public_answer_away(world: World):
    """Only the member who asked and moderators can dismiss an answer, however it was asked for."""
    noah = noah_in(world)
    await world.mia.slash(world.channel, "ask", question="what is a venv", private=False)
    shared = await world.mia.slash(world.channel, "ask", question="what is a venv")
    await world.mia.click(message(shared), label="Share in this channel")
    await world.ask("how do i bake bread")
    offered = await world.ask("django")
    assert buttons(offered)[-1] == "Dismiss"
    await world.mia.click(offered, label=buttons(offered)[0])
    for each in [each for each in answers(world) if not each.flags.ephemeral]:
        assert "Only the person who asked" in text(await noah.click(each, label="Dismiss"))
        await world.mia.click(each, label="Dismiss")
    assert [each for each in answers(world) if not each.flags.ephemeral] == []


async def test_moderators_put_any_public_answer_away(world: World):
    """Also those who may only delete messages here, and so could delete it by hand."""
    keeper = world.server.create_role("Keepers", permissions=discord.Permissions(manage_messages=True))
    ada = world.server.add_member(world.env.create_user("ada"), roles=[keeper])
    for moderator in (world.max, ada):
        await moderator.click(await world.ask("what is a venv"), label="Dismiss")
        assert answers(world) == []


async def test_a_long_answer_goes_as_a_whole(world: World, lessons: Path):
    """All messages of a long answer are dismissed, deleted or replaced together."""
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(
        whole.replace("A virtual environment is a tool which", "Much to say. " * 600 + "It"), encoding="utf-8"
    )
    world.bot.app.library.reload()
    await world.ask("what is a venv")
    assert len(answers(world)) == 3
    await world.mia.click(answers(world)[0], label="Dismiss")
    assert answers(world) == []
    await world.mia.slash(world.channel, "ask", question="what is a venv", private=False)
    assert len(answers(world)) == 3
    world.env.backend.messages[world.channel.id].pop(answers(world)[0].id)  # a moderator deleted it
    await world.mia.click(answers(world)[0], label="Dismiss")
    assert answers(world) == []
    private = await world.mia.slash(world.channel, "ask", question="what is a venv")
    share = with_button(private, "Share in this channel")
    await world.mia.click(share, label="Share in this channel")
    shared = [each for each in answers(world) if not each.flags.ephemeral]
    assert len(shared) == 3
    await world.mia.click(shared[2], label="Dismiss")
    assert [each for each in answers(world) if not each.flags.ephemeral] == []
    world.env.backend.messages[world.channel.id].clear()
    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    await world.mia.edit(asked, f"{world.mention} how do i bake bread")
    (unknown,) = answers(world)
    assert "No lesson answers that yet" in text(unknown)
    await world.mia.edit(asked, f"{world.mention} what is a venv")
    assert len(answers(world)) == 3
    await world.mia.delete(asked)
    assert answers(world) == []


async def test_an_answer_from_before_a_restart_follows_its_question(world: World, new_bot: Any):
    """For ten minutes: edited, in place; deleted, gone, if nobody replied. In posts, and unasked, too."""
    forum, other = world.server.create_forum_channel("help"), world.server.create_text_channel("other")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(other.id, forum.id)))
    called, kept, hidden, late = [
        await world.mia.send(world.channel, f"{world.mention} {question}")
        for question in ("what is a venv", "why do we need a venv", "how do i bake bread", "what is a venv?")
    ]
    unasked = await world.mia.send(other, "what is a virtual environment?")
    post = await open_post(world, forum, world.mia, "What is a virtual environment?")
    await world.max.send(world.channel, "thanks!", reply_to=answers(world)[1])
    await world.env.advance_time(300)
    await world.env.restart_bot(new_bot())
    ids = [each.id for each in answers(world)]

    await world.mia.edit(called, f"{world.mention} what is a venv???")
    assert [each.edited_at for each in answers(world)] == [None] * 4, "the same answer"
    for question in ("how do i bake bread", "why do we need virtual environments?"):
        await world.mia.edit(called, f"{world.mention} {question}")
    assert "isolates the packages" in text(answers(world)[0])
    await world.mia.edit(hidden, f"{world.mention} what is a venv")
    assert "isolated Python environment" in text(answers(world)[2])
    assert [each.id for each in answers(world)] == ids, "in their places"
    for each in (called, kept, hidden):
        await world.mia.delete(each)
    assert [each.id for each in answers(world)] == [ids[1], ids[3]], (
        "one was replied to, one is of another question"
    )
    await world.mia.edit(unasked, "never mind")
    assert answers(world, other) == []
    await rename(world, post, "Why do we need virtual environments?")
    (answer,) = answers(world, post)
    assert "isolates the packages" in text(answer)
    await world.env.advance_time(60)  # Mia has asked much
    await rename(world, post, "How do I bake bread?")
    assert answers(world, post) == [], "nobody called for it"
    await world.env.advance_time(241)
    await world.mia.edit(late, f"{world.mention} how do i bake bread")
    await world.mia.delete(late)
    assert answers(world)[-1].id == ids[3], "too late"


async def test_whoever_takes_the_mention_out_no_longer_asks(world: World, new_bot: Any):
    """The answer goes, unless the text still asks what it answers; the same after a restart."""
    await world.env.restart_bot(new_bot())
    for restarts in (False, True):
        kept, changed, gone = [
            await world.mia.send(world.channel, f"{world.mention} {question}")
            for question in ("what is a venv", "why do we need a venv", "what is a venv?")
        ]
        await world.env.advance_time(60)  # Mia has asked much
        if restarts:
            await world.env.restart_bot(new_bot())
        await world.mia.edit(kept, "what is a venv")
        await world.mia.edit(changed, "what is a virtual environment?")
        await world.mia.edit(gone, "I asked Max how to bake bread")
        left = answers(world)
        assert len(left) == 2
        assert all("isolated Python environment" in text(each) for each in left)
        for each in (kept, changed):
            await world.mia.delete(each)
        assert answers(world) == []


async def test_what_did_not_ask_the_bot_is_not_looked_for(world: World, new_bot: Any):
    """Edits and deletions are in every channel: nothing is read for them but where a question was asked."""
    chatter = [await world.mia.send(world.channel, f"so it goes {n}") for n in range(3)]
    await world.env.advance_time(120)
    asked = await world.mia.send(world.channel, f"{world.mention} what is a venv")
    beside = await world.max.send(world.channel, "never heard of it")
    await world.env.advance_time(5)
    await world.env.restart_bot(new_bot())
    before = looks(world)
    for each in chatter:
        await world.mia.edit(each, "and so on")
    for each in chatter[:2]:
        await world.mia.delete(each)
    assert looks(world) == before
    await world.max.edit(beside, "and so on")
    assert looks(world) == before + 1, "it may have been a question"
    await world.max.delete(beside)
    assert looks(world) == before + 1, "once"
    world.env.inject_error("GET", "/channels/*/messages", status=403, code=50001)
    for question in ("how do i bake bread", "why do we need a venv", "how do i bake bread"):
        await world.mia.edit(asked, f"{world.mention} {question}")
        assert looks(world) == before + 2, "not again where it may not be read"
    (answer,) = answers(world)
    assert "isolated Python environment" in text(answer)


async def test_what_others_called_for_stays_after_a_restart(
    world: World, new_bot: Any, monkeypatch: pytest.MonkeyPatch
):
    """So does a suggestion that was chosen: an edit changes only what the edited message itself called for."""
    forum, other = world.server.create_forum_channel("help"), world.server.create_text_channel("other")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(other.id, forum.id)))
    post = await open_post(world, forum, world.mia, "What is a virtual environment?", "what is a venv?")
    await world.max.send(post, world.mention, reply_to=post.history()[0])
    posted = await world.mia.send(other, "django")
    await reply_as_helper(world, other, posted)
    called = await world.mia.send(other, "venv, and django")
    await world.max.send(other, world.mention, reply_to=called)
    twice, again, chosen, both, late = [
        await world.mia.send(world.channel, f"{world.mention} {question}")
        for question in ("what is a venv", "what is a venv?", "django", TWO_THINGS, "what is a venv")
    ]
    for each in (twice, again):
        await reply_as_helper(world, world.channel, each)
    public = answers(world)
    await world.mia.click(public[2], label="Show 1")
    await world.env.advance_time(5)
    await world.env.restart_bot(new_bot())

    for asked in (posted, called):
        await world.mia.edit(asked, "never mind")
    assert [each.edited_at for each in answers(world, other)] == [None, None]
    await rename(world, post, "Why do we need virtual environments?")
    own, called_for = answers(world, post)
    assert own.edited_at is not None
    assert called_for.edited_at is None
    await world.mia.click(public[0], label="Dismiss")
    assert [each.id for each in answers(world)] == [each.id for each in public[1:]], "not the helper's"
    await world.mia.edit(again, f"{world.mention} why do we need a venv")
    await world.mia.edit(both, f"{world.mention} {TWO_THINGS}!")
    first, pick, two, last_answer, *helpers = answers(world)
    assert "isolates the packages" in text(first)
    assert two.edited_at is None, "the same two things"
    assert all("isolated Python environment" in text(each) for each in helpers)
    shown = text(pick)
    await world.mia.edit(chosen, f"{world.mention} django!")
    assert text(answers(world)[1]) == shown
    await world.mia.delete(chosen)
    assert pick not in answers(world), "it goes with its question all the same"
    monkeypatch.setattr(earlier_answers, "LOOKED_AT", 3)
    await world.mia.delete(late)
    assert last_answer in answers(world), "further down, somebody may have replied to it"


async def test_a_long_answer_from_before_a_restart_goes_as_a_whole(world: World, lessons: Path, new_bot: Any):
    """Whichever of its messages is dismissed. If the others cannot be looked for, that one goes all the same.

    The same holds for one that was given in public by `/ask`, or shared.
    """
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    long = whole.replace("A virtual environment is a tool which", "Much to say. " * 600 + "It")
    file.write_text(long, encoding="utf-8")
    world.bot.app.library.reload()
    for _twice in range(2):
        await world.ask("what is a venv")
    assert len(answers(world)) == 6
    await world.env.restart_bot(new_bot())
    await world.mia.click(answers(world)[1], label="Dismiss")
    assert len(answers(world)) == 3
    world.env.inject_error("GET", "/channels/*/messages", status=500, times=5)
    told = await world.mia.click(answers(world)[1], label="Dismiss")
    assert (len(answers(world)), told.followups) == (2, [])
    for each in answers(world):
        await world.mia.click(each, label="Dismiss")
    await world.env.advance_time(60)  # Mia has asked much
    for _twice in range(2):
        await world.mia.slash(world.channel, "ask", question="what is a venv", private=False)
    private = await world.mia.slash(world.channel, "ask", question="what is a venv")
    share = with_button(private, "Share in this channel")
    await world.mia.click(share, label="Share in this channel")
    await world.env.restart_bot(new_bot())
    public = [each for each in answers(world) if not each.flags.ephemeral]
    assert len(public) == 9
    # Discord may say of further messages that they reply to the first one; SimCord does not.
    kept = world.env.backend.messages[world.channel.id]
    for n, each in enumerate(public):
        if n % 3:
            kept[each.id].reference = {"channel_id": str(each.channel.id), "message_id": str(public[n - n % 3].id)}
    for gone in (public[1], public[8]):
        await world.mia.click(gone, label="Dismiss")
    left = [each.id for each in answers(world) if not each.flags.ephemeral]
    assert left == [each.id for each in public[3:6]], "of one command and of one press"
