"""Every change can be undone at once, even if it changed several files."""

from __future__ import annotations

import pytest

from bot.curating.errors import ChangedError, GoneError, InvalidError
from bot.curating.import_again import compare, publish_again
from bot.curating.uploaded import PlannedImport, plan_import
from bot.lessons import archive
from bot.lessons.intake.importing import prepare
from bot.lessons.library import Library
from tests.support.folders import on_disk
from tests.support.moderators import MIA, SERVER, TOM, WHO, edit, move, remove, undo

CAT, DOG = "feed-a-cat", "wash-a-dog"
STONES = "lesson: Stones\nentries:\n  - {id: stone, question: What is a stone?, answer: Hard.}\n"
UPLOAD = {
    "animals.yaml": b"lesson: Beasts\nentries:\n"
    b"  - {id: feed-a-cat, question: How do I feed a cat?, answer: A}\n"
    b"  - {id: wash-a-dog, question: How do I wash a dog?, answer: B, related: [stone]}\n",
    "stones.yaml": STONES.encode(),
}


async def imported(curator, library, files=None):
    plan = archive.plan(library, files or UPLOAD)
    return await curator.publish_import(plan.changes, lambda: archive.write_import(library, plan), **WHO)


async def test_an_import_is_undone_whole_and_the_undo_too(curator, library, folder):
    """One press restores all its files and deletes new ones; another press redoes it. Both are in the history."""
    before = on_disk(folder)
    done = await imported(curator, library)
    after = on_disk(folder)
    draft = await curator.drafts.undo(done[-1].id, MIA, SERVER, together=True)
    shown = await curator.review(draft.id)
    assert shown.problems == ()
    assert shown.impact
    assert "deleted lesson: Stones (stones.yaml)" in shown.difference.words
    undone = await curator.publish(draft.id, **WHO)
    assert on_disk(folder) == before
    assert "stone" not in library.lessons.entries
    latest = await curator.history(limit=2)
    assert {(each.kind, each.file, each.undoes) for each in latest} == {
        ("undo", each.file, each.id) for each in done
    }
    with pytest.raises(GoneError):
        await curator.drafts.undo(done[0].id, MIA, SERVER, together=True)
    again = await undo(curator, undone, together=True)
    assert on_disk(folder) == after
    await undo(curator, again, together=True)
    assert on_disk(folder) == before
    assert await curator.reconcile() == []
    assert await curator.drafts.of(MIA) == []


FAQ = "# Garden\n\n## How do I water tulips?\n\nWith a can.\n\n## How do I plant roses?\n\nIn the sun.\n"
NEWER = FAQ.replace("a can", "a bucket").replace("plant roses?\n\nIn the sun", "cut a hedge?\n\nWith scissors")


def planned(library, text) -> PlannedImport:
    return plan_import(library, [("garden.md", text.encode())])


async def publish(curator, library, text):
    found = planned(library, text)
    return (await curator.publish_import(found.plan.changes, lambda: found.publish(library), **WHO))[-1]


async def test_an_undone_import_can_be_imported_again(curator, library, folder):
    """All of it is offered once more: the change, the new entry, and the one that is gone. A redo has it all."""
    first = await publish(curator, library, FAQ)
    done = await publish(curator, library, NEWER)
    undone = await undo(curator, done, together=True)
    (again,) = planned(library, NEWER).plan.lessons
    assert (again.added, again.changed, again.removed) == (
        ("how-do-i-cut-a-hedge",),
        ("how-do-i-water-tulips",),
        ("how-do-i-plant-roses",),
    )
    redone = await undo(curator, undone, together=True)
    assert planned(library, NEWER).is_empty
    await undo(curator, redone, together=True)
    await undo(curator, first, together=True)
    assert [*(folder / ".imported").iterdir()] == [], "the next import is a first one"
    assert {each.kind for each in await curator.history()} == {"import", "undo"}


async def test_newer_changes_are_kept_where_an_undone_import_is_imported_again(curator, library):
    """What somebody wrote after the import is theirs: it is neither undone nor asked about."""
    await publish(curator, library, FAQ)
    done = await publish(curator, library, FAQ.replace("a can", "a bucket"))
    await edit(curator, "how-do-i-plant-roses", answer="In the shade.")
    await undo(curator, done, together=True)
    assert library.lessons.entries["how-do-i-water-tulips"].answer == "With a can."
    again = planned(library, FAQ.replace("a can", "a bucket"))
    assert (again.plan.lessons[0].changed, again.both) == (("how-do-i-water-tulips",), ())


async def test_one_entry_of_an_import_that_is_undone_stays_undone(curator, library):
    """If the rest of the import stays, that was a decision about this entry."""
    garden, more = FAQ, FAQ.replace("# Garden", "# Balcony").replace("tulips", "herbs").replace("roses", "basil")
    for some in ((garden, more), (garden.replace("can", "hose"), more.replace("can", "cup"))):
        found = plan_import(library, [(f"{n}.md", text.encode()) for n, text in zip("ab", some, strict=True)])
        done = await curator.publish_import(found.plan.changes, lambda: found.publish(library), **WHO)  # noqa: B023
    uploads = [(f"{n}.md", text.encode()) for n, text in zip("ab", some, strict=True)]
    await undo(curator, done[0])
    assert plan_import(library, uploads).is_empty


def import_at_terminal(folder, text) -> list[str]:
    """Import a file with this text; returns the titles of what changed."""
    source = folder.parent / "garden.md"
    source.write_text(text)
    opened, prepared = Library.open(folder), prepare([source], None, folder)
    again = compare(prepared, opened.lessons, folder)
    publish_again(opened, prepared, again)
    return [title for each in again.sources for title, _ in each.changed]


async def edit_by_hand(curator, file):
    file.write_text(file.read_text().replace("How do I", "How can I", 1))
    (seen,) = await curator.reconcile()
    return seen


async def test_an_import_at_a_terminal_is_undone_in_discord(curator, folder):
    """As `lessonbot import` says itself. The next import there offers the same again."""
    import_at_terminal(folder, FAQ)
    await curator.reconcile()
    import_at_terminal(folder, NEWER)
    (done,) = await curator.reconcile()
    await undo(curator, done, together=True)
    assert import_at_terminal(folder, NEWER) == ["How do I water tulips?"]


@pytest.mark.parametrize("edited", ["animals.yaml", "garden.yaml"])
async def test_an_edit_by_hand_is_undone_without_an_older_import(edited, curator, folder):
    """The first bot that records what the sources said meets imports that are far older than the edit."""
    import_at_terminal(folder, FAQ)
    kept = folder / ".imported" / "garden-md.yaml"
    known = kept.read_text()
    kept.unlink()
    await curator.reconcile()
    kept.write_text(known)
    await undo(curator, await edit_by_hand(curator, folder / edited))
    assert kept.read_text() == known


async def test_an_edit_by_hand_is_undone_without_an_import_at_the_same_time(curator, folder):
    """The bot sees both at once. The import changed nothing but what the source said last."""
    import_at_terminal(folder, FAQ)
    await curator.reconcile()
    await edit(curator, "how-do-i-water-tulips", answer="With a bucket.")
    import_at_terminal(folder, FAQ.replace("a can", "a bucket"))
    await undo(curator, await edit_by_hand(curator, folder / "animals.yaml"))
    assert "With a bucket" in (folder / ".imported" / "garden-md.yaml").read_text()


async def test_a_removal_is_undone_with_the_links_in_other_files(curator, library, folder):
    """One press brings the entry and all links to it back, exactly as they were."""
    before = on_disk(folder)
    draft = await curator.drafts.begin("remove", MIA, SERVER, item_id="wash-a-dog")
    revision = await curator.publish(draft.id, **WHO)
    assert on_disk(folder).keys() == before.keys()
    assert sum(before[name] != text for name, text in on_disk(folder).items()) == 2
    await undo(curator, revision, together=True)
    assert on_disk(folder) == before


async def test_a_removal_is_undone_and_redone_whole_where_only_its_entry_was_asked_for(curator, folder):
    """As `/lessons undo what:` does: the links in other files come back and go with the entry."""
    before = on_disk(folder)
    removed = await remove(curator, DOG)
    after = on_disk(folder)
    revision = removed
    for files in (before, after, before):
        revision = await undo(curator, revision)
        assert on_disk(folder) == files
    redone = await undo(curator, revision)
    latest = await curator.latest(DOG)
    assert latest
    assert redone in await curator.together(latest)
    assert await curator.drafts.of(MIA) == []


@pytest.mark.parametrize("edited", [CAT, "water-a-cactus"])
async def test_a_removal_is_undone_with_newer_texts_around(edited, curator, library):
    """Entries that linked to the removed one link to it again, and keep what was written since."""
    removed = await remove(curator, DOG)
    await edit(curator, edited, answer="Newer.")
    await undo(curator, removed, together=True)
    entries = library.lessons.entries
    assert (entries[CAT].related, entries["water-a-cactus"].related) == ((DOG,), (DOG,))
    assert entries[edited].answer == "Newer."


async def test_a_removal_is_undone_without_a_link_that_was_chosen_anew(curator, library):
    """An entry of the same file linked to it, and got another link and other texts since: it keeps them."""
    await edit(curator, "water-a-cactus", related="")
    removed = await remove(curator, DOG)
    await edit(curator, CAT, related="water-a-cactus", answer="Newer.")
    newer = library.lessons.entries[CAT]
    await undo(curator, removed)
    assert library.lessons.entries.keys() == {CAT, DOG, "water-a-cactus"}
    assert library.lessons.entries[CAT] == newer


LOST_DOG = """\
lesson: Zoo
scenarios:
  - id: lost-dog
    title: A lost dog
    story: It ran away.
    related: [wash-a-dog]
    solutions:
      - {id: call, title: Call it, plan: Shout., outcome: Nothing., why: It is far., related: [wash-a-dog]}
      - {id: search, title: Search it, plan: Walk., outcome: Found., why: It was near., related: [feed-a-cat]}
"""


@pytest.mark.parametrize("field", ["story", "solutions.call.plan", "solutions.search.related"])
async def test_a_removal_is_undone_with_newer_texts_in_a_scenario_that_linked_to_it(
    field, curator, library, folder
):
    """The scenario and its solutions link to the entry again, and keep what was written since."""
    (folder / "zoo.yaml").write_text(LOST_DOG)
    await curator.reconcile()
    removed = await remove(curator, DOG)
    draft = await curator.drafts.begin("scenario", MIA, SERVER, item_id="lost-dog")
    await curator.drafts.save(draft.id, {field: "water-a-cactus" if "related" in field else "Newer."})
    await curator.publish(draft.id, **WHO)
    newer = library.lessons.scenarios["lost-dog"]
    assert DOG not in (*newer.related, *newer.solutions[0].related)
    await undo(curator, removed, together=True)
    call, search = newer.solutions
    assert library.lessons.scenarios["lost-dog"] == newer.model_copy(
        update={"related": (DOG,), "solutions": (call.model_copy(update={"related": (DOG,)}), search)}
    )


@pytest.mark.parametrize(("gone", "kept"), [(CAT, "water-a-cactus"), ("water-a-cactus", CAT)])
async def test_a_removal_is_undone_after_an_entry_that_linked_to_it_was_removed_too(gone, kept, curator, library):
    """That one stays removed: losing newer texts to undo the first removal is never asked for."""
    removed = await remove(curator, DOG)
    await remove(curator, gone)
    await edit(curator, kept, answer="Newer.")
    await undo(curator, removed)
    entries = library.lessons.entries
    assert entries.keys() == {DOG, kept}
    assert (entries[kept].answer, entries[kept].related) == ("Newer.", (DOG,))


async def test_a_removal_is_undone_after_a_file_that_linked_to_it_was_deleted(curator, library, folder):
    """The file stays deleted."""
    removed = await remove(curator, DOG)
    (folder / "plants.yaml").unlink()
    await curator.reconcile()
    await undo(curator, removed)
    assert library.lessons.entries.keys() == {CAT, DOG}
    assert library.lessons.entries[CAT].related == (DOG,)
    assert not (folder / "plants.yaml").exists()


async def test_one_file_of_an_import_is_undone_alone(curator, library, folder):
    """If the other files are valid without it; else the moderator reads why not, and nothing changes."""
    before = on_disk(folder)
    animals, stones = await imported(curator, library)
    after = on_disk(folder)
    draft = await curator.drafts.undo(stones.id, MIA, SERVER)
    problems = [each.what for each in (await curator.review(draft.id)).problems]
    assert "cannot be undone yet" in problems[0]
    assert "no entry has the ID 'stone'" in problems[1]
    with pytest.raises(InvalidError):
        await curator.publish(draft.id, **WHO)
    assert on_disk(folder) == after
    await undo(curator, animals)
    assert on_disk(folder) == {**after, "animals.yaml": before["animals.yaml"]}
    await curator.publish(draft.id, **WHO)
    assert on_disk(folder) == before


async def test_what_is_newer_is_lost_by_choice_only(curator, library, folder):
    """The undo of an import first shows newer changes and their authors, and asks again if there are more."""
    before = on_disk(folder)
    *_, last = await imported(curator, library)
    newer = await edit(curator, "stone", answer="Very hard.")
    draft = await curator.drafts.undo(last.id, TOM, SERVER, together=True)
    clash = (await curator.review(draft.id)).clash
    assert (clash.words, clash.by) == (("stones.yaml has newer changes",), newer)
    with pytest.raises(ChangedError):
        await curator.publish(draft.id, **WHO)
    await curator.drafts.merge(draft.id)
    shown = await curator.review(draft.id)
    assert (shown.clash, shown.problems) == (None, ())
    assert "Very hard." in shown.difference.yaml()
    await edit(curator, "stone", answer="Soft.")
    with pytest.raises(ChangedError):
        await curator.publish(draft.id, **WHO)
    await curator.drafts.merge(draft.id)
    undone = await curator.publish(draft.id, **WHO)
    assert on_disk(folder) == before
    await undo(curator, undone, together=True)
    assert library.lessons.entries["stone"].answer == "Soft.", "what was lost can be had back"


async def test_what_is_newer_in_other_parts_stays(curator, library):
    """The undo of an import of two entries keeps a later edit of a third entry."""
    files = {"animals.yaml": library.lessons.documents[0].text.replace("fish", "meat").replace("warm", "hot")}
    (revision,) = await imported(curator, library, {file: text.encode() for file, text in files.items()})
    fields = {"question": "What is a bird?", "answer": "It flies."}
    draft = await curator.drafts.begin("add", TOM, SERVER, file="animals.yaml", fields=fields)
    await curator.publish(draft.id, **WHO)
    await undo(curator, revision)
    entries = library.lessons.entries
    assert (entries[CAT].answer, entries["wash-a-dog"].answer) == ("Twice a day, with fish.", "With warm water.")
    assert "what-is-a-bird" in entries


async def test_a_file_that_was_made_or_deleted_by_hand_is_undone(curator, folder):
    """Changes made by hand in the lessons folder can be undone, and redone, too."""
    before = on_disk(folder)
    (folder / "stones.yaml").write_text(STONES)
    await curator.reconcile()  # the first sight of a file is no edit
    (folder / "stones.yaml").unlink()
    (deleted,) = await curator.reconcile()
    back = await undo(curator, deleted)
    assert on_disk(folder) == {**before, "stones.yaml": STONES}
    await undo(curator, back)
    assert on_disk(folder) == before
    (folder / "stones.yaml").write_text(STONES)
    (made,) = await curator.reconcile()
    await undo(curator, made)
    assert on_disk(folder) == before


async def test_an_entry_that_moved_between_files_by_hand_moves_back(curator, library, folder):
    """Changes seen together are undone together: one file alone would leave the entry twice, or nowhere."""
    before = on_disk(folder)
    animals, dog = before["animals.yaml"].split("\n  - id: wash-a-dog")
    (folder / "animals.yaml").write_text(animals)
    (folder / "dogs.yaml").write_text("lesson: Dogs\nentries:\n  - id: wash-a-dog" + dog)
    await curator.reconcile()
    text = (folder / "dogs.yaml").read_text()
    (folder / "dogs.yaml").unlink()
    (folder / "animals.yaml").write_text(before["animals.yaml"])
    moved = await curator.reconcile()
    assert {each.file for each in moved} == {"animals.yaml", "dogs.yaml"}
    draft = await curator.drafts.undo(moved[0].id, MIA, SERVER)
    assert (await curator.review(draft.id)).problems
    await undo(curator, moved[0], together=True)
    assert on_disk(folder) == {**before, "animals.yaml": animals, "dogs.yaml": text}
    assert len(library.lessons.entries) == 3


async def test_the_last_lesson_is_not_undone_away(curator, library, folder):
    """The bot could not start without lessons."""
    (folder / "stones.yaml").write_text(STONES)
    await curator.reconcile()
    (folder / "stones.yaml").unlink()
    (deleted,) = await curator.reconcile()
    back = await undo(curator, deleted)
    for each in ("plants.yaml", "animals.yaml"):
        (folder / each).unlink()
    await curator.reconcile()
    draft = await curator.drafts.undo(back.id, MIA, SERVER)
    assert [each.what for each in (await curator.review(draft.id)).problems] == [
        "this would remove the last lesson"
    ]
    with pytest.raises(InvalidError, match="this would remove the last lesson"):
        await curator.publish(draft.id, **WHO)
    assert on_disk(folder) == {"stones.yaml": STONES}


async def test_a_file_that_somebody_made_meanwhile_is_not_written_over(curator, folder):
    """If a file appears between the preview and the press, nothing changes."""
    (folder / "plants.yaml").unlink()
    (deleted,) = await curator.reconcile()
    draft = await curator.drafts.undo(deleted.id, MIA, SERVER)
    assert (await curator.review(draft.id)).problems == ()
    (folder / "plants.yaml").write_text("lesson: Mine\n")
    with pytest.raises(ChangedError):
        await curator.publish(draft.id, **WHO)
    (folder / "plants.yaml").write_text("half: of it\n")
    with pytest.raises(ChangedError):
        await curator.publish(draft.id, **WHO)
    assert (folder / "plants.yaml").read_text() == "half: of it\n"


async def test_a_file_whose_comments_alone_were_changed_is_not_passed_over(curator, library, folder):
    """If a change cannot be undone item by item, moderators read that instead of "undone"."""
    text = (folder / "plants.yaml").read_text()
    plan = archive.plan(library, {"plants.yaml": ("# Theirs.\n" + text).encode(), "stones.yaml": STONES.encode()})
    done = await curator.publish_import(plan.changes, lambda: archive.write_import(library, plan), **WHO)
    (folder / "plants.yaml").write_text("# Mine.\n" + (folder / "plants.yaml").read_text())
    draft = await curator.drafts.undo(done[-1].id, MIA, SERVER, together=True)
    clash = (await curator.review(draft.id)).clash
    assert clash
    assert clash.words == ("plants.yaml has newer changes",)


@pytest.mark.parametrize("edited", [(CAT,), ("water-a-cactus",), (CAT, "water-a-cactus")])
async def test_a_move_is_undone_with_newer_changes_around(edited, curator, library):
    """The entry is where it was, with all links to it, whichever of its neighbors was edited since."""
    moved = await move(curator, DOG, "plants.yaml")
    for each in edited:
        await edit(curator, each, answer="Newer.")
    await undo(curator, moved)
    lessons = library.lessons
    assert [[item.id for item in each.lesson.entries] for each in lessons.documents] == [
        [CAT, DOG],
        ["water-a-cactus"],
    ]
    for each in (CAT, "water-a-cactus"):
        assert lessons.entries[each].related == (DOG,)
        assert (lessons.entries[each].answer == "Newer.") == (each in edited)


async def test_an_entry_that_was_removed_after_its_move_does_not_come_back_unasked(curator):
    """Undoing the move would undo the removal, too."""
    moved = await move(curator, DOG, "plants.yaml")
    await remove(curator, DOG)
    draft = await curator.drafts.undo(moved.id, MIA, SERVER)
    clash = (await curator.review(draft.id)).clash
    assert clash
    assert clash.words == ("“How do I wash a dog?” has newer changes",)


async def test_an_undo_that_takes_a_link_along_takes_it_for_no_newer_change(curator, library):
    """An import in two files, each edited since: its new entry goes with the import's link to it."""
    animals, plants = (each.text for each in library.lessons.documents)
    bone = "\n  - {id: a-bone, question: What is a bone?, answer: Hard.}\n"
    uploaded = {"animals.yaml": animals + bone, "plants.yaml": plants.replace("[wash-a-dog]", "[a-bone]")}
    *_, done = await imported(curator, library, {file: text.encode() for file, text in uploaded.items()})
    await edit(curator, CAT, answer="Newer.")
    added = {"question": "What is chalk?", "answer": "White."}
    draft = await curator.drafts.begin("add", TOM, SERVER, file="plants.yaml", fields=added)
    chalk = await curator.publish(draft.id, **WHO)
    await undo(curator, done, together=True)
    entries = library.lessons.entries
    assert "a-bone" not in entries
    assert entries["water-a-cactus"].related == (DOG,)
    assert (entries[CAT].answer, entries[chalk.item_id].answer) == ("Newer.", "White.")


async def test_an_addition_is_undone_after_the_entry_moved(curator, library):
    """The entry is removed from where it is now."""
    added = {"question": "What is a bird?", "answer": "It flies."}
    draft = await curator.drafts.begin("add", MIA, SERVER, file="animals.yaml", fields=added)
    new = await curator.publish(draft.id, **WHO)
    await move(curator, new.item_id, "plants.yaml")
    await undo(curator, new)
    assert new.item_id not in library.lessons.entries
    assert len(library.lessons.entries) == 3


async def test_an_import_is_undone_after_its_entry_moved(curator, library, folder):
    """As above, also where the file that it came from is as it was before."""
    before = on_disk(folder)
    text = before["animals.yaml"] + "\n  - {id: a-bone, question: What is a bone?, answer: Hard.}\n"
    *_, done = await imported(curator, library, {"animals.yaml": text.encode(), "stones.yaml": STONES.encode()})
    await move(curator, "a-bone", "plants.yaml")
    (folder / "animals.yaml").write_text(before["animals.yaml"])
    await curator.reconcile()
    await undo(curator, done, together=True)
    assert "a-bone" not in library.lessons.entries
    assert on_disk(folder).keys() == before.keys()


async def test_a_title_is_undone_and_newer_changes_of_entries_stay(curator, library):
    """Only if the title was changed again, a moderator chooses."""
    fields = {"lesson": "Beasts", "aliases": "cat: kitty"}
    draft = await curator.drafts.begin("lesson", MIA, SERVER, file="animals.yaml", fields=fields)
    done = await curator.publish(draft.id, **WHO)
    await edit(curator, CAT, answer="Newer.")
    undone = await undo(curator, done)
    lesson = library.lessons.documents[0].lesson
    assert (lesson.lesson, lesson.aliases, library.lessons.entries[CAT].answer) == ("Animals", {}, "Newer.")
    await undo(curator, undone)
    assert library.lessons.documents[0].lesson.lesson == "Beasts"
    draft = await curator.drafts.begin("lesson", MIA, SERVER, file="animals.yaml", fields={"lesson": "Zoo"})
    await curator.publish(draft.id, **WHO)
    await edit(curator, CAT, answer="Again.")
    draft = await curator.drafts.undo(done.id, MIA, SERVER)
    clash = (await curator.review(draft.id)).clash
    assert clash
    assert clash.words == ("animals.yaml has newer changes",)


async def test_an_undo_takes_a_link_along_and_its_redo_brings_it_back(curator, library, folder):
    """If an undo removes an entry, links to it in other files are removed, too; the redo restores both."""
    added = {"question": "What is a tree?", "answer": "Tall."}
    draft = await curator.drafts.begin("add", MIA, SERVER, file="plants.yaml", fields=added)
    new = await curator.publish(draft.id, **WHO)
    await edit(curator, CAT, related=f"wash-a-dog {new.item_id}")
    await edit(curator, "water-a-cactus", answer="Twice a month.")
    before = on_disk(folder)
    undone = await undo(curator, new)
    assert new.item_id not in library.lessons.entries[CAT].related
    assert len(await curator.history(limit=2)) == 2
    assert {each.kind for each in await curator.history(limit=2)} == {"undo"}
    await undo(curator, undone, together=True)
    assert on_disk(folder) == before
