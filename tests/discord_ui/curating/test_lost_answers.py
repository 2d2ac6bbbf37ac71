"""Where the answer of a question leaves the lessons, the question is open again; nobody asks into nothing."""

from __future__ import annotations

from pathlib import Path

from tests.support.asking import BREAD, WANT, direct, moderate, pass_on, slash
from tests.support.editing import press, undo, undo_latest
from tests.support.inbox import begin_entry, have_an_inbox, later, look, only, write_entry
from tests.support.world import (
    World,
    buttons,
    close_direct_messages,
    message,
    noah_in,
    said,
    second_moderator,
    text,
)

ENTRY, WHY, DAY = "how-do-i-bake-bread", "why-virtual-environments", 24 * 3600


async def test_a_removed_entry_leaves_its_question_open(world: World):
    """Undone, the entry answers it again, and whoever asked meanwhile to be notified is."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await write_entry(world, only(inbox))
    removed = await world.max.slash(world.channel, "lessons remove", entry=ENTRY)
    await press(world, removed, "Publish")
    await world.env.settle()
    assert "I'll take this" in buttons(only(inbox))
    assert BREAD in text(await moderate(world))
    await world.mia.click(message(asked), label=WANT)
    assert "I'll notify you" in text(asked)
    await undo(world, removed)
    await world.env.settle()
    assert f"Answered by <@{world.max.id}>: **{BREAD}**" in text(only(inbox))
    assert len(direct(world)) == 1


async def test_whoever_removed_an_entry_is_not_named_as_who_answered(world: World):
    """Ada removes it, and Max brings it back."""
    inbox = await have_an_inbox(world)
    await pass_on(world, await slash(world, BREAD))
    await write_entry(world, only(inbox))
    ada = second_moderator(world)
    removed = await ada.slash(world.channel, "lessons remove", entry=ENTRY)
    await press(world, removed, "Publish", ada)
    await undo_latest(world)
    await world.env.settle()
    assert f"Answered by <@{world.max.id}>: **{BREAD}**" in text(only(inbox))


async def test_an_entry_that_takes_in_another_one_answers_its_questions(world: World):
    """Who could not be notified before the merge is notified by the entry that is kept."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    close_direct_messages(world, times=1)
    await write_entry(world, only(inbox))
    assert not direct(world)
    merged = await world.max.slash(world.channel, "lessons edit", what=ENTRY, merge_into=WHY)
    await press(world, merged, "Publish")
    await world.env.settle()
    await later(world, DAY)
    assert "**Why do we need virtual environments?**" in text(only(inbox))
    assert len(direct(world)) == 1
    await undo(world, merged)
    await world.env.settle()
    assert f"The lessons answer this by now: **{BREAD}**" in text(only(inbox)), "moderators look at it once more"


async def test_an_answer_counts_more_than_that_its_question_was_ignored_meanwhile(world: World):
    """Ada ignores it while Max writes the answer: Mia gets what she was promised."""
    inbox = await have_an_inbox(world)
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    drafted = await begin_entry(world, only(inbox))
    await look(world)
    await second_moderator(world).click(only(inbox), label="Ignore")
    await press(world, drafted, "Publish")
    await world.env.settle()
    assert f"Answered by <@{world.max.id}>: **{BREAD}**" in text(only(inbox))
    assert len(direct(world)) == 1


async def test_a_question_passed_on_after_its_answer_left_the_files_is_open(world: World, lessons: Path):
    """Noah has a card from before the answer; a file without it was saved since."""
    inbox = await have_an_inbox(world)
    file = lessons / "virtual-environments.yaml"
    before = file.read_text(encoding="utf-8")
    noah = noah_in(world)
    asked = await noah.slash(world.channel, "ask", question=BREAD)
    await pass_on(world, await slash(world, BREAD))
    await write_entry(world, only(inbox))
    file.write_text(before, encoding="utf-8")
    world.bot.app.library.reload()
    await look(world)
    box = await noah.click(message(asked), label="Ask the moderators")
    sent = await noah.submit_modal(box, {"context": "please"})
    await world.env.settle()
    assert "Sent to the moderators" in said(sent)
    assert "please" in text(only(inbox))
