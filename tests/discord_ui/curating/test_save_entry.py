"""From a person's answer in a channel to an entry that the next member finds."""

from __future__ import annotations

from typing import Any

import pytest
from simcord import ChannelHandle, InteractionResult, SetupError

from bot.store.servers import Choices
from tests.support import forged
from tests.support.asking import BREAD, logged, moderate, pass_on, slash
from tests.support.editing import ENTRY, NEW, QUESTION, press
from tests.support.forms import LESSON, filled, form, lessons_in
from tests.support.pictures import png
from tests.support.posts import open_post
from tests.support.world import World, buttons, components, message, said, shown, text, with_button

pytestmark = pytest.mark.reads_messages
SAVE = "Save as entry"


async def save(world: World, message: Any, channel: Any = None) -> InteractionResult:
    return await world.max.context_menu(channel or world.channel, SAVE, message)


async def test_an_answer_becomes_an_entry_in_three_presses(world: World):
    """Menu, send, publish. Question and answer are filled in, and the next member gets the answer."""
    asked = await world.mia.send(world.channel, "How do I bake a venv into a Docker image?")
    answer = "Hey <@{}>, use **one** of these:\n- `COPY . .`\n- a `.dockerignore` with `<@{}>`"
    answer += "\nAsk @mia, not @mia_2."
    answered = await world.max.send(world.channel, answer.format(world.mia.id, world.mia.id), reply_to=asked)
    box = await save(world, answered)
    typed = filled(box)
    assert typed["question"] == "How do I bake a venv into a Docker image?"
    code = f"- `COPY . .`\n- a `.dockerignore` with `<@{world.mia.id}>`"
    expected = f"use **one** of these:\n{code}\nAsk, not @mia_2."
    assert typed["answer"] == expected, "without whom it speaks of; code and longer names are not touched"
    chosen = [each["value"] for each in form(box)[LESSON]["options"] if each.get("default")]
    assert len(chosen) == 1, "the lesson that it belongs to is proposed"
    proposed = await world.max.submit_modal(box, {**typed, LESSON: chosen})
    assert "mia" not in said(proposed).replace("@mia_2", "")
    await press(world, proposed, "Publish")
    assert "use **one** of these" in text(await world.ask("how do i bake a venv into a docker image?"))
    (entry,) = (each for each in world.bot.app.library.lessons.entries.values() if "use **one** of" in each.answer)
    assert not {"mia", "max"} & set(entry.model_dump_json().split())


async def test_what_was_typed_for_a_message_is_shown_again(world: World):
    """The same menu shows the draft that was left; another message has its own. A closed form was no draft."""
    await world.mia.send(world.channel, BREAD)
    answered = await world.max.send(world.channel, "Bake it with yeast.")
    other = await world.max.send(world.channel, "Bake it without yeast.")
    box = [await save(world, answered) for _closed in range(2)][-1]
    typed = {**filled(box), "question": BREAD, "answer": "Typed.", LESSON: [next(iter(lessons_in(box).values()))]}
    await world.max.submit_modal(box, typed)
    left = await save(world, answered)
    assert "You left this draft" in said(left)
    assert "Typed." in said(left)
    assert filled(await save(world, other))["answer"] == "Bake it without yeast."
    await press(world, left, "Publish")
    assert filled(await save(world, answered))["answer"] == "Bake it with yeast."


async def test_the_asked_words_become_a_phrasing_where_the_question_is_reworded(world: World):
    """This resolves the miss and notifies its subscribers. If no lesson is likely, the moderator chooses one."""
    await pass_on(world, await slash(world, BREAD))
    answered = await world.max.send(world.channel, "For the bread: bake it with yeast.")
    box = await save(world, answered)
    typed = filled(box)
    assert typed["question"] == BREAD, "the nearest miss, where it replies to nothing"
    assert not any(each.get("default") for each in form(box)[LESSON]["options"]), "nobody knows which lesson"
    lesson = list(lessons_in(box).values())[-1]
    proposed = await world.max.submit_modal(box, {**typed, "question": "Which flour is best?", LESSON: [lesson]})
    (draft,) = await world.bot.app.curating.drafts.of(world.max.id)
    assert draft.fields["phrasings"] == BREAD
    assert draft.file != world.bot.app.library.lessons.documents[0].file
    assert f"-{BREAD}" not in said(proposed)
    await press(world, proposed, "Publish")
    assert "Which flour is best?" in text(await slash(world, BREAD))
    assert (await world.bot.app.asking.misses.find()).count == 0


async def test_an_entry_that_its_question_does_not_find_is_not_published(world: World):
    """A red frame says so and offers the phrasing; or the moderator says that it answers another question."""
    await pass_on(world, await slash(world, BREAD))
    box = await world.max.click(message(await moderate(world)), label="Add as new entry")
    lesson = next(iter(lessons_in(box).values()))
    typed = {**filled(box), "question": "Which flour is best?", "answer": "Any will do.", LESSON: [lesson]}
    proposed = await world.max.submit_modal(box, typed)
    box = await press(world, proposed, "Edit: Question and answer")
    shown_again = await world.max.submit_modal(box, {**filled(box), "phrasings": "", LESSON: [lesson]})
    card = with_button(shown_again, "Discard draft")
    assert "the question that led to this draft still does not find the entry" in text(card)
    assert "Publish" not in buttons(card)
    assert any(part.get("accent_color") == 0xDA373C for part in components(card))
    late = await world.max.click(with_button(proposed, "Publish"), label="Publish")
    assert "Publish" not in buttons(shown(late)[-1]), "nor by the card of before"
    added = await press(world, shown_again, f"Add as a phrasing: {BREAD}")
    assert "Publish" in buttons(shown(added)[-1])
    other = await world.max.click(card, label="It answers another question")
    assert "Publish" in buttons(shown(other)[-1])
    await world.max.click(shown(other)[-1], label="Discard draft")
    assert (await world.bot.app.asking.misses.find()).count == 1


async def test_a_duplicate_is_seen_before_it_is_made(world: World):
    """If an entry has the answer already, one press adds the question as its phrasing and ends the draft."""
    asked = await world.mia.send(world.channel, "how can i delete a venv")
    box = await save(world, await world.max.send(world.channel, "Just delete the folder.", reply_to=asked))
    lesson = next(iter(lessons_in(box).values()))
    proposed = await world.max.submit_modal(box, {**filled(box), LESSON: [lesson]})
    card = with_button(proposed, "Discard draft")
    assert "A similar entry: **How do I delete a virtual environment?**\n" in text(card)
    assert "Add to that answer" in buttons(card)
    instead = await world.max.click(card, label="Make it a phrasing of: How do I delete a virtual environment?")
    (draft,) = await world.bot.app.curating.drafts.of(world.max.id)
    assert (draft.kind, draft.item_id) == ("edit", "delete-a-venv")
    old = world.env.backend.get_message(world.channel.id, card.id)
    assert "lb:publish:" not in str(old.components), "the card of before has no buttons any more"
    assert "a change to the similar entry" in str(old.components)
    await world.max.click(shown(instead)[-1], label="Publish")
    assert "how can i delete a venv" in world.bot.app.library.lessons.entries["delete-a-venv"].phrasings


@pytest.mark.parametrize("asked", ["what is a venv", "What is a Virtual environment?"])
async def test_a_question_that_an_entry_has_already_is_not_added_to_it(world: World, asked: str):
    """As its phrasing or its own question. What the moderator typed is kept."""
    box = await world.max.slash(world.channel, "lessons add")
    lesson = next(iter(lessons_in(box).values()))
    typed = {"question": asked, "phrasings": "", "answer": NEW, LESSON: [lesson]}
    card = with_button(await world.max.submit_modal(box, typed), "Discard draft")
    refused = await world.max.click(card, label=f"Make it a phrasing of: {QUESTION}")
    assert f"**{QUESTION}** already has this question. Add your text to its answer" in said(refused)
    (draft,) = await world.bot.app.curating.drafts.of(world.max.id)
    assert draft.fields["answer"] == NEW
    await press(world, await world.max.click(card, label="Add to that answer"), "Publish")
    entry = world.bot.app.library.lessons.entries[ENTRY]
    assert entry.answer.endswith(NEW)
    assert [each.casefold() for each in (entry.question, *entry.phrasings)].count(asked.casefold()) == 1
    box = await world.max.slash(world.channel, "lessons add")
    card = with_button(await world.max.submit_modal(box, typed), "Discard draft")
    refused = await world.max.click(card, label="Add to that answer")
    assert "already has this question and this text. You can discard this draft." in said(refused)


async def test_its_picture_is_offered(world: World):
    """The form offers the pictures of the message. The entry gets a copy, as Discord's own is deleted some day."""
    asked = await world.mia.send(world.channel, "How does a tiny venv look?")
    files = [("venv.png", png()), ("notes.txt", b"no picture")]
    answered = await world.max.send(world.channel, "Like this:", reply_to=asked, attachments=files)
    box = await save(world, answered)
    assert [each["label"] for each in form(box)["picture-of-message"]["options"]] == ["venv.png"]
    chosen = {"picture-of-message": ["0"], "alt": "A folder", LESSON: [next(iter(lessons_in(box).values()))]}
    proposed = await world.max.submit_modal(box, {**filled(box), **chosen})
    await press(world, proposed, "Publish")
    (entry,) = (each for each in world.bot.app.library.lessons.entries.values() if each.answer == "Like this:")
    assert entry.image is not None
    assert entry.image.alt == "A folder"


async def test_a_post_s_title_is_the_question(world: World):
    """In a forum post, the title is the question if the answer is not a reply to a message."""
    forum = world.server.create_forum_channel("help")
    made = world.env.backend.create_thread(forum.id, "Where is my wheel cache kept?", world.mia.id)
    post = ChannelHandle(world.env, world.server, made)
    answered = await world.max.send(post, "`pip cache dir` shows it.")
    box = await save(world, answered, post)
    assert filled(box)["question"] == "Where is my wheel cache kept?"


async def test_where_the_title_asks_nothing_the_question_is_in_the_first_message(world: World):
    """The form offers the question of the body, also where the answer replies to "please help"."""
    forum = world.server.create_forum_channel("help")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(forum.id,)))
    post = await open_post(world, forum, world.mia, "help pls", "I have flour and water. How do I bake bread?")
    assert await logged(world) == ["How do I bake bread?"], "the miss is what was asked"
    bump = await world.mia.send(post, "please help")
    answered = await world.max.send(post, "Knead it, and wait.", reply_to=bump)
    box = await save(world, answered, post)
    assert filled(box)["question"] == "How do I bake bread?"
    lesson = next(iter(lessons_in(box).values()))
    await press(world, await world.max.submit_modal(box, {**filled(box), LESSON: [lesson]}), "Publish")
    assert "Knead it, and wait." in text(await slash(world, BREAD))
    assert (await world.bot.app.asking.misses.find()).count == 0


async def test_only_moderators_save_and_only_what_people_wrote(world: World):
    """Members are refused even if a server shows them the menu. The bot's own cards cannot be saved."""
    said_ = await world.mia.send(world.channel, "Use venv.")
    with pytest.raises(SetupError, match="not visible to this user"):
        await world.mia.context_menu(world.channel, SAVE, said_)
    (command,) = (each for each in await world.bot.tree.fetch_commands() if each.name == SAVE)
    world.server.set_command_permissions(command, {world.mia: True})
    assert "Only moderators can do this" in said(await world.mia.context_menu(world.channel, SAVE, said_))
    own = await world.ask("what is a venv")
    assert "a person wrote" in said(await save(world, own))
    box = await save(world, said_)
    assert not filled(box)["question"], "nothing is known of it"


async def test_a_new_entry_chooses_its_lesson_and_no_date_of_the_future(world: World):
    """`/lessons add` works without a lesson, and a review date in the future is refused."""
    box = await world.max.slash(world.channel, "lessons add")
    assert not any(each.get("default") for each in form(box)[LESSON]["options"])
    title, value = list(lessons_in(box).items())[1]
    typed = {"question": "What is a wheel house?", "answer": "A folder of wheels.", LESSON: [value]}
    proposed = await world.max.submit_modal(box, typed)
    assert f"From *{title}*" in said(proposed)
    assert "A similar entry" not in said(proposed), "nothing is like it"
    (draft,) = await world.bot.app.curating.drafts.of(world.max.id)
    # As in a form of an earlier version, where it was typed.
    wrong = await forged.submit(world, world.max, f"lb:draft:{draft.id}:details", {"reviewed": "2999-01-01"})
    assert "is in the future" in said(wrong)
    assert all("Publish" not in buttons(each) for each in shown(wrong))
