"""How moderators edit lessons in Discord, and undo edits."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from simcord import InteractionResult, SetupError

from tests.support import forged
from tests.support.editing import ENTRY, NEW, QUESTION, draft, lesson, open_edit, press, texts, undo, undo_latest
from tests.support.forms import filled
from tests.support.pictures import png
from tests.support.world import (
    World,
    buttons,
    components,
    message,
    said,
    second_moderator,
    shown,
    text,
    with_button,
)


def publish_id(proposed: InteractionResult) -> str:
    """The custom_id of a draft's Publish."""
    parts = (part for each in shown(proposed) for part in components(each))
    return str(next(part["custom_id"] for part in parts if part.get("label") == "Publish"))


async def test_an_edit_is_shown_with_its_effect_published_and_undone(world: World, lessons: Path):
    """Form, preview, difference, impact, and publish. Undo shows the same for the way back, and asks."""
    before = lesson(lessons)
    box = await open_edit(world)
    assert filled(box)["question"] == QUESTION
    assert "isolated Python environment" in filled(box)["answer"]
    proposed = await world.max.submit_modal(box, texts())
    for expected in (
        NEW,
        "Preview of what members see",
        "Changes",
        "Effect on answers",
        "Tested with",
        "```diff",
    ):
        assert expected in said(proposed)
    assert all(each.ephemeral for each in shown(proposed))
    assert lesson(lessons) == before, "nothing is published yet"

    await press(world, proposed, "Publish")
    assert NEW in lesson(lessons)
    assert NEW in text(await world.ask("what is a virtual environment?"))
    assert "# Words that mean the same" in lesson(lessons), "comments stay"
    published = with_button(proposed, "Undo")
    assert "Published" in text(published)
    asked = await world.max.click(published, label="Undo")
    for expected in (f"Undo a change: {QUESTION}", "```diff", "Effect on answers"):
        assert expected in said(asked), expected
    assert NEW in lesson(lessons), "nothing is undone before somebody says so"
    await press(world, asked, "Discard draft")
    assert NEW in lesson(lessons)
    await undo(world, published)
    assert lesson(lessons) == before
    assert "isolated Python environment" in text(await world.ask("what is a virtual environment?"))


async def test_a_large_change_can_be_read_whole(world: World):
    """A card shows the beginning, and a file all of it, before publishing and in the history."""
    proposed = await draft(world, answer="\n".join(f"This is line {n} of it." for n in range(100)))
    assert "more lines" in said(proposed)
    await press(world, proposed, "Publish")
    listed = await world.max.slash(world.channel, "lessons history", what=ENTRY)
    menu = next(part for part in components(message(listed)) if "options" in part)
    one = await world.max.select(message(listed), [menu["options"][0]["value"]])
    for result in (proposed, one):
        (file,) = (each for found in shown(result) for each in found.attachments)
        assert file.filename == "changes.diff"
        assert b"+      This is line 99 of it." in await file.read()


async def test_the_history_says_who_when_and_why_and_undoes(world: World, lessons: Path):
    """Moderators can look at every revision, before and after, and undo it."""
    before = lesson(lessons)
    await press(world, await draft(world), "Publish")
    listed = await world.max.slash(world.channel, "lessons history", what=ENTRY)
    assert f"Edited: {QUESTION}** by max" in said(listed)
    assert f"History of *{QUESTION}*" in said(listed)
    assert ENTRY not in str(next(components(message(listed))))
    menu = next(part for part in components(message(listed)) if "options" in part)
    one = await world.max.select(message(listed), [menu["options"][0]["value"]])
    assert any(line.startswith("+") and NEW in line for line in said(one).splitlines())
    assert not any(each.attachments for each in shown(one)), "all of it is on the card"
    undone = await undo(world, one, "Undo this change")
    assert lesson(lessons) == before
    for label, then, expected in (("Redo", "Redone", NEW), ("Undo", "Undone", "isolated Python environment")):
        undone = await undo(world, undone, label)
        assert expected in lesson(lessons), "an undo can be undone"
        assert then in said(undone)
    assert "already been undone" in said(await press(world, one, "Undo this change")), "twice is once"


async def test_the_command_shows_what_it_undoes_and_never_redoes(world: World, lessons: Path):
    """The draft with its difference and effect; a second one goes further back, and then there is nothing."""
    first = lesson(lessons)
    await press(world, await draft(world), "Publish")
    second = lesson(lessons)
    await press(world, await draft(world, answer="Another answer."), "Publish")
    asked = await world.max.slash(world.channel, "lessons undo")
    for expected in (f"Undo a change: {QUESTION}", "```diff", "Effect on answers"):
        assert expected in said(asked), expected
    assert "Another answer." in lesson(lessons), "nothing is undone before somebody says so"
    await press(world, asked, "Publish")
    assert lesson(lessons) == second
    assert lesson(lessons) != first
    await world.env.advance_time(1)  # what is published at the same moment is undone together
    undone = await undo_latest(world)
    assert lesson(lessons) == first
    await undo(world, undone, "Redo")
    assert lesson(lessons) == second
    await undo_latest(world)
    assert lesson(lessons) == first, "what was done again is undone again"
    assert "no changes to undo" in said(await world.max.slash(world.channel, "lessons undo"))


async def test_a_removed_entry_comes_back_with_a_review_date_in_the_future(world: World, lessons: Path):
    """Whoever wrote the file mistyped it, or the clock is wrong: the undo had a problem that nobody could fix."""
    before = lesson(lessons)
    assert "reviewed: 2026-11-22" in before, "it is 2026-01-01 here"
    await press(world, await world.max.slash(world.channel, "lessons remove", entry=ENTRY), "Publish")
    assert ENTRY not in lesson(lessons)
    await undo_latest(world)
    assert lesson(lessons) == before


async def test_an_entry_is_added_and_removed(world: World, lessons: Path):
    """A question is answered once its entry is published, and no longer once it is removed."""
    box = await world.max.slash(world.channel, "lessons add", lesson="Virtual Environments")
    typed = {
        "question": "What is a wheel house?",
        "phrasings": "wheelhouse meaning",
        "answer": "A folder of wheels.",
    }
    proposed = await world.max.submit_modal(box, typed)
    await press(world, proposed, "Publish")
    assert "A folder of wheels." in text(await world.ask("what is a wheel house?"))
    gone = await world.max.slash(world.channel, "lessons remove", entry="what-is-a-wheel-house")
    assert "Members will no longer see this" in said(gone)
    assert "Preview of what members see" not in said(gone)
    await press(world, gone, "Publish")
    assert "A folder of wheels." not in text(await world.ask("what is a wheel house?"))
    listed = await world.max.slash(world.channel, "lessons history")
    assert "Removed: What is a wheel house?" in said(listed), "also what is no longer there"
    assert "1 × an entry that was removed" in said(await world.max.slash(world.channel, "lessons stats"))


async def test_a_form_finds_fault_only_with_what_was_typed(world: World):
    """An empty field in a new form is no error; the form's title says what is edited."""
    box = await world.max.slash(world.channel, "lessons add", lesson="Virtual Environments")
    assert "must not be empty" not in str(box.modal)
    assert box.modal
    assert box.modal["title"] == "Question and answer"
    empty = await world.max.submit_modal(box, {"question": "", "phrasings": "", "answer": "A file."})
    assert "## New entry: no question yet" in said(empty), "not the name of its lesson"
    box = await press(world, empty, "Edit: Question and answer")
    wrong = await world.max.submit_modal(box, {"question": "What is a wheel?", "phrasings": "", "answer": ""})
    again = await press(world, wrong, "Edit: Question and answer")
    assert "must not be empty" in str(again.modal)


async def test_a_scenario_is_edited_part_by_part(world: World, lessons: Path):
    """Every text of a walkthrough can be edited in Discord."""
    box = await world.max.slash(world.channel, "lessons edit", what="two-django-versions")
    typed = {"title": filled(box)["title"], "story": "Ishant has a new story."}
    proposed = await world.max.submit_modal(box, typed)
    last = shown(proposed)[-1]
    again = await world.max.select(last, ["texts.install-directly"])
    typed = {**filled(again), "solutions.install-directly.plan": "He just does it."}
    proposed = await world.max.submit_modal(again, typed)
    await press(world, proposed, "Publish")
    assert "Ishant has a new story." in lesson(lessons)
    assert "He just does it." in lesson(lessons)
    panel = await world.mia.slash(world.channel, "walkthrough", scenario="two-django-versions")
    assert "Ishant has a new story." in text(panel)


async def test_what_is_wrong_comes_back_filled_in_with_the_reason(world: World, lessons: Path):
    """No typed text is lost."""
    proposed = await draft(world, question="", answer="A long and careful answer.")
    assert "Fix before publishing" in said(proposed)
    assert not any("Publish" in buttons(each) for each in shown(proposed))
    again = await press(world, proposed, "Edit: Question and answer")
    assert filled(again)["answer"] == "A long and careful answer."
    assert "question" in str(again.modal)
    mended = await world.max.submit_modal(again, texts(answer="A long and careful answer."))
    await press(world, mended, "Publish")
    assert "A long and careful answer." in lesson(lessons)


async def test_a_draft_and_an_open_modal_survive_a_restart(world: World, new_bot: Any, lessons: Path):
    """The bot can be updated while a moderator is typing."""
    box = await open_edit(world)
    await world.env.restart_bot(new_bot())
    proposed = await world.max.submit_modal(box, texts())
    await world.env.restart_bot(new_bot())
    await press(world, proposed, "Publish")
    assert NEW in lesson(lessons)


async def test_a_draft_that_was_left_is_found_again(world: World, lessons: Path):
    """Moderators who were interrupted continue with the text that they typed."""
    await draft(world, answer="Half a thought.")
    again = await open_edit(world)
    assert "Half a thought." in said(again)
    assert "You left this draft <t:" in said(again), "it is no new one"
    await press(world, again, "Discard draft")
    fresh = await open_edit(world)
    assert fresh.modal, "what was thrown away does not come back"


async def test_a_left_draft_of_a_new_entry_is_found_again(world: World):
    """It can be continued although the entry has no title yet."""
    box = await world.max.slash(world.channel, "lessons add", lesson="Virtual Environments")
    await world.max.submit_modal(box, {"question": "What is a wheel house?", "phrasings": "", "answer": "Wheels."})
    again = await world.max.slash(world.channel, "lessons add", lesson="Virtual Environments")
    assert "What is a wheel house?" in said(again)


async def test_a_reason_goes_into_the_history(world: World):
    """Later, moderators can read why a lesson was changed."""
    proposed = await draft(world)
    box = await press(world, proposed, "Edit: Reason for the change")
    proposed = await world.max.submit_modal(box, {"reason": "It was too short."})
    assert "It was too short." in said(proposed)
    await press(world, proposed, "Publish")
    assert "It was too short." in said(await world.max.slash(world.channel, "lessons history"))


async def test_lessons_are_changed_from_home_only(world: World, lessons: Path):
    """All servers share the lessons, but only moderators of home servers change them."""
    before = lesson(lessons)
    proposed = await draft(world)
    publish = publish_id(proposed)
    world.bot.homes = frozenset({world.server.id})
    elsewhere = world.env.create_guild("Elsewhere")
    owner = elsewhere.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    there = elsewhere.create_text_channel("here")
    stranger = elsewhere.add_member(world.env.create_user("stranger"), roles=[owner])
    assert "can't be edited from this server" in said(await stranger.slash(there, "lessons remove", entry=ENTRY))
    refused = said(await stranger.slash(there, "lessons check"))
    assert "can't be edited from this server" in refused
    assert "What works here is </browse:" in refused
    assert "</lessons settings:" in refused
    assert "Bot settings" in said(await stranger.slash(there, "lessons settings")), "those are their own"
    max_there = elsewhere.add_member(world.max.user, roles=[owner])
    assert "can't be edited from this server" in said(await forged.press(world, max_there, publish, there))
    world.bot.homes = frozenset()
    assert "can't be edited from this server" in said(
        await stranger.slash(there, "lessons remove", entry=ENTRY)
    ), "which is home?"
    assert lesson(lessons) == before


async def test_discarding_changes_nothing(world: World, lessons: Path):
    """The lessons stay as they are, and an old button cannot publish a discarded draft."""
    before = lesson(lessons)
    proposed = await draft(world)
    card = with_button(proposed, "Publish")
    stored = world.env.backend.get_message(world.channel.id, card.id)
    as_it_was = stored.components
    await world.max.click(card, label="Discard draft")
    stored.components = as_it_was
    refused = await world.max.click(card, label="Publish")
    assert "draft no longer exists" in said(refused)
    assert lesson(lessons) == before


async def test_a_context_menu_is_no_way_in(world: World, lessons: Path):
    """The menus for members change nothing, also on a moderator's own message; the last one is for moderators."""
    before = lesson(lessons)
    menus = [each for each in world.bot.tree.get_commands() if isinstance(each, app_commands.ContextMenu)]
    names = [each.name for each in menus]
    assert names == ["Answer this", "Suggest for the lessons", "This solved it", "Save as entry"]
    typed = await world.max.send(world.channel, "/lessons remove entry:what-is-a-virtual-environment")
    for name in names[:-1]:
        shown_to_her = await world.mia.context_menu(world.channel, name, typed)
        assert shown_to_her.modal or not {"Publish", "Discard draft", "Undo"} & set(buttons(shown_to_her))
    assert lesson(lessons) == before
    assert not await world.bot.app.curating.drafts.of(world.mia.id)


async def test_of_two_moderators_the_second_sees_what_the_first_changed(world: World, lessons: Path):
    """No edit is lost: both versions are shown, to merge or to discard."""
    ada = second_moderator(world)
    mine = await draft(world)
    assert "Another draft" not in said(mine)
    theirs = await draft(world, ada, answer="Ada's answer.", phrasings="venv by ada")
    assert f"There is another draft of this, by {world.max.user.mention}." in said(theirs)
    await press(world, mine, "Publish")
    clashed = await press(world, theirs, "Publish", ada)
    assert "max made newer changes" in said(clashed)
    assert NEW in said(clashed)
    merged = await press(world, clashed, "Keep both, use my text where they differ", ada)
    await press(world, merged, "Publish", ada)
    assert "Ada's answer." in lesson(lessons)
    assert "venv by ada" in lesson(lessons)


async def test_changes_that_do_not_touch_are_kept_both(world: World, lessons: Path):
    """Edits of different fields are merged without a question."""
    ada = second_moderator(world)
    old = world.bot.app.library.lessons.entries["what-is-a-virtual-environment"].answer
    mine, theirs = await draft(world), await draft(world, ada, answer=old, phrasings="venv by ada")
    await press(world, mine, "Publish")
    clashed = await press(world, theirs, "Publish", ada)
    merged = await press(world, clashed, "Keep both changes", ada)
    await press(world, merged, "Publish", ada)
    assert NEW in lesson(lessons)
    assert "venv by ada" in lesson(lessons)


async def test_an_edit_of_what_was_taken_out_is_a_choice(world: World):
    """The moderator restores the removed entry, or discards the edit."""
    ada = second_moderator(world)
    theirs = await draft(world, ada)
    removed = await world.max.slash(world.channel, "lessons remove", entry="what-is-a-virtual-environment")
    await press(world, removed, "Publish")
    clashed = await press(world, theirs, "Publish", ada)
    labels = [label for each in shown(clashed) for label in buttons(each)]
    assert not any(each.startswith("Keep both") for each in labels), "there is nothing of theirs to keep"
    assert "Add it again with my text" in labels


async def test_two_long_texts_are_shown_where_they_differ(world: World):
    """Both begin with the same lines: the card shows the part in which they differ."""
    ada = second_moderator(world)
    long = "The same words, over and over. " * 30
    mine, theirs = await draft(world, answer=f"{long}Max."), await draft(world, ada, answer=f"{long}Ada.")
    await press(world, mine, "Publish")
    clashed = said(await press(world, theirs, "Publish", ada))
    assert "over and over. Max." in clashed
    assert "over and over. Ada." in clashed


async def test_what_was_not_seen_is_not_published(world: World, lessons: Path):
    """If somebody else published meanwhile, the new review is shown first, and then published."""
    ada = second_moderator(world)
    mine = await draft(world)
    box = await ada.slash(world.channel, "lessons edit", what="deactivate-a-venv")
    typed = {"question": "How do I deactivate a virtual environment?", "phrasings": "", "answer": "Close it."}
    await press(world, await ada.submit_modal(box, typed), "Publish", ada)
    again = await press(world, mine, "Publish")
    assert "Not published: the draft or the lessons have changed" in said(again)
    assert "Effect on answers" in said(again)
    assert NEW not in lesson(lessons)
    await press(world, again, "Publish")
    assert NEW in lesson(lessons)
    assert world.bot.app.library.lessons.entries["deactivate-a-venv"].answer == "Close it."


async def test_a_file_edited_by_hand_meanwhile_is_not_overwritten(world: World, lessons: Path):
    """Edits in a text editor and in Discord never overwrite each other."""
    proposed = await draft(world)
    by_hand = lesson(lessons).replace("**isolated Python environment**", "place of its own")
    (lessons / "virtual-environments.yaml").write_text(by_hand, encoding="utf-8")
    clashed = await press(world, proposed, "Publish")
    assert "Someone made newer changes" in said(clashed) or "someone else changed" in said(clashed)
    assert "place of its own" in lesson(lessons)


# A way in


async def test_members_have_no_way_in(world: World, lessons: Path):
    """Not by the command, a moderator's old button, or a forged one."""
    with pytest.raises(SetupError):
        await world.mia.slash(world.channel, "lessons edit", what=ENTRY)
    before = lesson(lessons)
    proposed = await draft(world)
    publish = publish_id(proposed)
    for custom_id in (
        publish,
        "lb:publish:1",
        "lb:undo:1",
        "lb:undo-all:1",
        "lb:merge:1:mine",
        "lb:discard:1",
        "lb:edit:1:text",
        "lb:import:0123456789ab",
        "lb:discard-import",
        "lb:set-feedback:off",
        "lb:advice:0",
    ):
        assert "moderator" in said(await forged.press(world, world.mia, custom_id)), custom_id
    assert lesson(lessons) == before


async def test_a_draft_belongs_to_whoever_began_it(world: World, lessons: Path):
    """Another moderator's press is refused: they have not seen what they would publish."""
    before = lesson(lessons)
    proposed = await draft(world)
    publish = publish_id(proposed)
    ada = second_moderator(world)
    assert "Only the moderator who started this draft" in said(await forged.press(world, ada, publish))
    assert lesson(lessons) == before


async def test_who_lost_the_role_in_between_is_refused(world: World, lessons: Path):
    """Permissions are checked at every press."""
    before = lesson(lessons)
    proposed = await draft(world)
    world.env.backend.guilds[world.server.id].members[world.max.id].role_ids.clear()
    refused = await press(world, proposed, "Publish")
    assert "moderator" in said(refused)
    assert lesson(lessons) == before


async def test_a_published_answer_pings_nobody_and_stays_text(world: World, lessons: Path):
    """Text that a moderator typed never becomes a mention, YAML structure or broken Markdown."""
    hostile = "@everyone <@&1>\n- id: evil\n  answer: x\nquestion: [a, b]\n# no comment\n```\nleft open"
    proposed = await draft(world, answer=hostile, phrasings="ok: yes\n- dash\n{a: b}")
    await press(world, proposed, "Publish")
    entry = world.bot.app.library.lessons.entries[ENTRY]
    assert entry.answer == hostile
    assert entry.phrasings == ("ok: yes", "- dash", "{a: b}")
    assert "evil" not in world.bot.app.library.lessons.entries
    await world.ask("what is a virtual environment?")
    sent = [each for each in world.env.http_requests if each.method == "POST" and each.path.endswith("/messages")]
    assert sent[-1].json is not None
    assert sent[-1].json["allowed_mentions"]["parse"] == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
async def test_a_link_that_is_not_one_is_refused(world: World, link: str):
    """Only links to web pages are accepted."""
    proposed = await draft(world, answer=f"See [here]({link}).")
    assert "Fix before publishing" in said(proposed)


# Pictures, files


async def test_a_picture_is_taken_by_what_it_holds(world: World, lessons: Path):
    """The file's name does not matter; a file that is no picture is refused, and nothing changes."""
    refused = await world.max.slash(
        world.channel, "lessons picture", entry=ENTRY, picture=("venv.png", b"<svg/>"), alt="A drawing"
    )
    assert "Nothing was changed" in said(refused)
    proposed = await world.max.slash(
        world.channel, "lessons picture", entry=ENTRY, picture=("../../venv.exe", png()), alt="A drawing"
    )
    await press(world, proposed, "Publish")
    picture = world.bot.app.library.lessons.entries[ENTRY].image
    assert picture.alt == "A drawing"
    assert (lessons / picture.file).is_file()
    assert picture.file.startswith(f"images/{ENTRY[:20]}")
    assert message(await world.ask("what is a virtual environment?")).attachments


async def test_lessons_go_out_as_a_zip_and_come_in_again(world: World, lessons: Path):
    """An export that was changed elsewhere is reviewed first, and then published completely."""
    out = await world.max.slash(world.channel, "lessons export")
    archive = next(each for sent in shown(out) for each in sent.attachments)
    content = await archive.read()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"virtual-environments.yaml", "images/two-django-versions.png"} <= set(names)
    changed = lesson(lessons).replace("**isolated Python environment**", "place of its own")
    proposed = await world.max.slash(
        world.channel, "lessons import", file=("virtual-environments.yaml", changed.encode())
    )
    assert "1 entry or scenario changed" in said(proposed)
    assert "Effect on answers" in said(proposed)
    assert lesson(lessons) != changed
    await press(world, proposed, "Publish")
    assert lesson(lessons) == changed
    assert "place of its own" in text(await world.ask("what is a virtual environment?"))
    listed = await world.max.slash(world.channel, "lessons history")
    assert "**Imported: What is a virtual environment?** by max" in said(listed)


async def test_an_import_does_not_overwrite_what_was_published_since(world: World, lessons: Path):
    """Moderators publish only what the review showed."""
    changed = lesson(lessons).replace("**isolated Python environment**", "place of its own")
    proposed = await world.max.slash(
        world.channel, "lessons import", file=("virtual-environments.yaml", changed.encode())
    )
    await press(world, await draft(world), "Publish")
    again = await press(world, proposed, "Publish")
    assert "have changed since this preview" in said(again)
    assert NEW in lesson(lessons)
    await press(world, again, "Publish")
    assert lesson(lessons) == changed


async def test_long_texts_fit_every_card(world: World, lessons: Path):
    """A clash of the longest allowed texts, with Markdown that doubles when it is escaped."""
    ada = second_moderator(world)
    many = "\n".join(f"`__a__` *b* _{n}_ " + "x*" * 60 for n in range(28))
    mine = await draft(world, answer="_*`a`*_ " * 480, phrasings=many)
    theirs = await draft(world, ada, answer="`*b*` " * 600, phrasings=many.replace("b", "c"))
    box = await press(world, theirs, "Edit: Reason for the change", ada)
    theirs = await ada.submit_modal(box, {"reason": "*_`" * 150})
    await press(world, mine, "Publish")
    clashed = await press(world, theirs, "Publish", ada)
    assert "made newer changes" in said(clashed)
    merged = await press(world, clashed, "Keep both, use my text where they differ", ada)
    assert "Changes" in said(merged)
    assert sum("Preview of what members see" in text(each) for each in shown(merged)) == 1, "to its last card"


@pytest.mark.parametrize(
    "long",
    [
        "x" * 3990 + "\n" + "y" * 9 + "\n\nThe second paragraph.\n\n- one\n- two",
        "\n\n".join(f"{n}. " + "word " * 60 + "end." for n in range(20)),
        "```py\n" + "if x:\n    go()\n\n" * 400 + "```",
    ],
)
async def test_a_long_answer_that_nobody_touched_stays_as_it_is(world: World, lessons: Path, long: str):
    """It is shown in several inputs, and Discord may trim each of them."""
    file = lessons / "virtual-environments.yaml"
    answer = "".join(f"      {line}\n" if line else "\n" for line in long.split("\n"))
    entry = f"entries:\n  - id: a-long-one\n    question: Why so long?\n    answer: |\n{answer}"
    file.write_text(lesson(lessons).replace("entries:\n", entry, 1), encoding="utf-8")
    world.bot.app.library.reload()
    before = world.bot.app.library.lessons.entries["a-long-one"]
    assert before.answer == long
    box = await world.max.slash(world.channel, "lessons edit", what="a-long-one")
    typed = {name: each.strip() for name, each in filled(box).items()}
    assert len(typed) > 3
    proposed = await world.max.submit_modal(box, {**typed, "phrasings": "why is it long"})
    await press(world, proposed, "Publish")
    after = world.bot.app.library.lessons.entries["a-long-one"]
    assert after == before.model_copy(update={"phrasings": ("why is it long",)})


async def test_a_text_that_no_box_holds_leaves_the_rest_to_be_edited(world: World, lessons: Path):
    """A line too long for a form is edited in the file; other fields can still be edited in Discord."""
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(
        whole.replace("A virtual environment is a tool which", "long " * 900 + "It is what"), encoding="utf-8"
    )
    world.bot.app.library.reload()
    opened = await open_edit(world)
    assert "too long to edit in Discord" in said(opened)
    assert (await press(world, opened, "Edit: Related entries, review date, author")).modal


async def test_a_broken_import_changes_nothing(world: World, lessons: Path):
    """All errors are named with their lines."""
    before = lesson(lessons)
    refused = await world.max.slash(
        world.channel, "lessons import", file=("virtual-environments.yaml", b"lesson: A\nx: 1\n")
    )
    assert "This file can't be imported" in said(refused)
    assert "virtual-environments.yaml:2" in said(refused).replace("\\", "")
    assert lesson(lessons) == before


# The server's choices


async def test_a_role_can_moderate_and_a_mistake_is_told_once(world: World, lessons: Path):
    """Members with the chosen role moderate; a broken file is reported once."""
    helpers = world.server.create_role("Helpers")
    card = await world.max.slash(world.channel, "lessons settings")
    await world.max.select(message(card), [helpers], custom_id="lb:set-role")
    await world.max.select(message(card), [world.channel], custom_id="lb:set-notices")
    assert helpers.mention in text(card)
    hana = world.server.add_member(world.env.create_user("hana"), roles=[helpers])
    proposed = await draft(world)
    assert "moderator" not in said(await forged.press(world, hana, "lb:advice:0"))
    assert proposed

    (lessons / "virtual-environments.yaml").write_text("lesson: [", encoding="utf-8")
    for _ in range(2):
        world.bot.app.library.reload()
        await world.bot.lessons_read()
    told = [each for each in world.channel.history() if "Errors in the lesson files" in text(each)]
    assert len(told) == 1
    assert "virtual-environments.yaml:" in text(told[0])
    assert "isolated Python environment" in text(await world.ask("what is a venv")), "the last good version serves"


async def test_check_shows_what_is_worth_a_look(world: World):
    """In Discord as in the terminal; the lessons that ship have no problems."""
    assert "No problems found" in said(await world.max.slash(world.channel, "lessons check"))
