"""The history of the lessons in Discord: how moderators find a change, and read what it did."""

from __future__ import annotations

from pathlib import Path

from tests.support.editing import ENTRY, QUESTION, draft, lesson, press, undo, undo_latest
from tests.support.world import World, components, message, said

KITE = "What is a kite?"


async def remove(world: World, entry: str) -> None:
    await press(world, await world.max.slash(world.channel, "lessons remove", entry=entry), "Publish")


async def add(world: World, question: str) -> None:
    box = await world.max.slash(world.channel, "lessons add", lesson="Virtual Environments")
    typed = {"question": question, "phrasings": "", "answer": "Like this."}
    await press(world, await world.max.submit_modal(box, typed), "Publish")


async def offered(world: World, command: str, typed: str) -> dict[str, str]:
    """What is offered as Max types, by name."""
    choices = await world.max.autocomplete(world.channel, command, "what", typed)
    return {each["name"]: each["value"] for each in choices}


async def test_a_removed_entry_is_found_by_its_name(world: World, lessons: Path):
    """Its id, which is not shown to moderators, finds it, too; and so does a part of its name."""
    await add(world, KITE)
    before = lesson(lessons)
    await world.env.advance_time(1)  # what is published at the same moment is undone together
    await remove(world, "what-is-a-kite")
    for what in (KITE, KITE.lower(), "a kite", "what-is-a-kite"):
        listed = said(await world.max.slash(world.channel, "lessons history", what=what))
        assert f"History of *{KITE}*" in listed, what
        assert f"Removed: {KITE}" in listed, what
    await undo_latest(world, what=KITE)
    assert lesson(lessons) == before


async def test_a_removed_entry_is_offered_as_a_moderator_types(world: World, lessons: Path):
    """Discord sends the value of the choice, or its name. Elsewhere, the reply says how to bring it back."""
    await add(world, KITE)
    before = lesson(lessons)
    await world.env.advance_time(1)  # what is published at the same moment is undone together
    for command in ("lessons undo", "lessons history"):
        names = await offered(world, command, "kite")
        assert KITE in names
        assert f"{KITE} (removed)" not in names
    await remove(world, "what-is-a-kite")
    for typed in ("", "kite", "what is a k"):
        for command in ("lessons undo", "lessons history"):
            assert f"{KITE} (removed)" in await offered(world, command, typed), typed
    chosen = f"{KITE} (removed)"  # what stands in the field then, and what is left of it as somebody goes on
    for typed in (chosen, chosen.lower(), chosen[:-4], "kite? (rem"):
        assert chosen in await offered(world, "lessons undo", typed), typed
    assert KITE not in str(await offered(world, "lessons edit", "kite"))
    name = f"{KITE} (removed)"
    assert "brings back a removed one" in said(await world.max.slash(world.channel, "lessons edit", what=KITE))
    for what in (name, (await offered(world, "lessons undo", "kite"))[name]):
        assert "Removed" in said(await world.max.slash(world.channel, "lessons history", what=what))
    await undo_latest(world, what=name)
    assert lesson(lessons) == before
    assert "(removed)" not in str(await offered(world, "lessons undo", "kite"))


async def test_a_part_of_a_name_is_not_only_that_of_a_removed_entry(world: World):
    """Nobody who names an entry that is there undoes the removal of another one."""
    await add(world, KITE)
    await add(world, "What is a kite made of?")
    await remove(world, "what-is-a-kite-made-of")
    for command in ("lessons history", "lessons undo"):
        which = said(await world.max.slash(world.channel, command, what="is a kite"))
        assert "More than one has that name" in which
        assert f"`what-is-a-kite`: {KITE}" in which, which
        assert "`what-is-a-kite-made-of`: What is a kite made of?" in which


async def test_of_removed_entries_with_one_name_the_moderator_chooses(world: World):
    """As of entries that are there: by the id, which the reply lists."""
    for entry in ("what-is-a-kite", "what-is-a-kite-2"):
        await add(world, KITE)
        await remove(world, entry)
    which = said(await world.max.slash(world.channel, "lessons history", what=KITE))
    assert "More than one has that name" in which
    assert f"`what-is-a-kite-2`: {KITE}" in which
    chosen = await world.max.slash(world.channel, "lessons history", what="what-is-a-kite-2")
    assert f"Removed: {KITE}" in said(chosen)


async def test_what_has_no_such_name_is_not_taken_for_unchanged(world: World):
    """After a typing mistake, nobody reads that there are no changes: that is for an entry without any."""
    await remove(world, ENTRY)
    for command in ("lessons history", "lessons undo"):
        assert "No entry or scenario has that name now" in said(
            await world.max.slash(world.channel, command, what="What is a vritual environment?")
        )
    unchanged = await world.max.slash(world.channel, "lessons history", what="deactivate-a-venv")
    assert "There are no changes yet" in said(unchanged)


async def test_what_is_done_again_is_not_called_an_undo(world: World):
    """Neither before it is published, nor in the history: there, one can read whether the change is in force."""
    published = await draft(world)
    await press(world, published, "Publish")
    last = await undo(world, published)
    for label, title in (("Redo", "Redo a change"), ("Undo", "Undo a change")):
        await world.env.advance_time(1)  # what is published at the same moment is undone together
        last = await press(world, last, label)
        assert f"{title}: {QUESTION}" in said(last)
        await press(world, last, "Publish")
    listed = said(await world.max.slash(world.channel, "lessons history"))
    did = [line.partition("**")[2].partition(":")[0] for line in listed.splitlines() if QUESTION in line]
    assert did == ["Change undone", "Change redone", "Change undone", "Edited"]


async def test_the_card_of_what_was_published_names_it(world: World):
    """In a channel with several such cards, one can tell them apart. Of an undo, it says what came back."""
    box = await world.max.slash(world.channel, "lessons add", lesson="Virtual Environments")
    published = await world.max.submit_modal(box, {"question": KITE, "phrasings": "", "answer": "It flies."})
    await press(world, published, "Publish")
    assert f"## Published: {KITE}\n- new entry: {KITE}" in said(published)
    gone = await undo(world, published)
    assert f"## Undone: {KITE}\nThis changed in the lessons:\n- removed entry: {KITE}" in said(gone)


async def test_a_lesson_is_named_by_its_title(world: World):
    """Also one that is gone by now: moderators in Discord do not know the names of files."""
    box = await world.max.slash(world.channel, "lessons new")
    proposed = await world.max.submit_modal(box, {"lesson": "All about kites", "course": ""})
    await press(world, proposed, "Publish")
    await world.env.advance_time(1)  # what is published at the same moment is undone together
    await undo_latest(world)
    listed = said(await world.max.slash(world.channel, "lessons history"))
    assert "Added: All about kites" in listed
    assert "Change undone: All about kites" in listed


async def test_undoing_an_older_change_names_both_texts_by_their_time(world: World):
    """Whoever undoes it wrote both, or neither: none is theirs."""
    for answer in ("First.", "Second.", "Third."):
        await world.env.advance_time(1)  # what is published at the same moment is undone together
        await press(world, await draft(world, answer=answer), "Publish")
    shown = await world.max.slash(world.channel, "lessons history")
    menu = next(part for part in components(shown) if "options" in part)
    older = await world.max.select(message(shown), [menu["options"][1]["value"]], custom_id=menu["custom_id"])
    asked = await press(world, older, "Undo this change")
    for expected in (
        "You made newer changes",
        "**the answer** before that change:\n> First.",
        "**the answer** now:\n> Third.",
    ):
        assert expected in said(asked)
    merged = await press(world, asked, "Keep both, use the older text where they differ")
    await press(world, merged, "Publish")
    assert world.bot.app.library.lessons.entries[ENTRY].answer.strip() == "First."
