"""Two moderators change the same lesson: nothing that one of them wrote is lost unseen."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curating.clash import clash_of_lesson, merge
from bot.curating.draft import packed
from bot.curating.errors import ChangedError, GoneError, UnseenError
from bot.curating.lesson_texts import lesson_texts
from bot.errors import ConflictError, EditError
from bot.lessons.lesson import Lesson
from tests.support.moderators import MIA, SERVER, TOM, WHO, edit, remove, undo

CAT = "feed-a-cat"


async def test_the_second_moderator_sees_the_first_ones_change(curator, library):
    """Fields that only one of them changed are merged; for a field that both changed, both versions are shown."""
    mine = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(mine.id, {"answer": "Toms answer.", "phrasings": "cat food"})
    first = await edit(curator, CAT, answer="Mias answer.", question="How do I feed cats?")
    with pytest.raises(ChangedError) as caught:
        await curator.publish(mine.id, **WHO)
    assert isinstance(caught.value, ConflictError)
    clash = caught.value.clash
    assert clash == (await curator.review(mine.id)).clash
    assert clash.words == (
        "the question: “How do I feed a cat?” → “How do I feed cats?”",
        "the answer: 1 line changed",
    )
    assert clash.both == {"answer": ("Toms answer.", "Mias answer.")}
    assert clash.by == first
    assert library.lessons.entries[CAT].answer == "Mias answer."

    merged = await curator.drafts.merge(mine.id)
    assert merged.fields["question"] == "How do I feed cats?"
    assert merged.fields["phrasings"] == "cat food"
    assert (await curator.review(mine.id)).clash is None
    await curator.publish(mine.id, author=TOM, author_name="Tom")
    now = library.lessons.entries[CAT]
    assert (now.question, now.phrasings, now.answer) == ("How do I feed cats?", ("cat food",), "Toms answer.")


async def test_whoever_changes_the_same_at_the_same_time_is_named(curator, library):
    """Another moderator with a draft of the same entry or lesson, unless they only opened its form."""
    mine = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(mine.id, {"answer": "Mias answer."})
    theirs = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    assert (await curator.review(mine.id)).beside == ()
    await curator.drafts.save(theirs.id, {"answer": "Toms answer."})
    assert (await curator.review(mine.id)).beside == (TOM,)
    assert (await curator.review(theirs.id)).beside == (MIA,)
    await curator.drafts.discard(theirs.id)
    assert (await curator.review(mine.id)).beside == ()
    await curator.drafts.begin("remove", TOM, SERVER, item_id=CAT)
    assert (await curator.review(mine.id)).beside == (TOM,)

    file = library.lessons.file_of(CAT)
    lesson = await curator.drafts.begin("lesson", MIA, SERVER, file=file)
    await curator.drafts.save(lesson.id, {"lesson": "Cats"})
    assert (await curator.review(lesson.id)).beside == (), "an entry of the lesson is something else"
    other = await curator.drafts.begin("lesson", TOM, SERVER, file=file)
    await curator.drafts.save(other.id, {"lesson": "Pets"})
    assert (await curator.review(lesson.id)).beside == (TOM,)


async def test_a_merge_whose_texts_are_there_already_still_removes_the_other_entry(curator, library):
    """Somebody gave the entry the same texts meanwhile; the second entry is still there."""
    draft = await curator.drafts.begin("merge", TOM, SERVER, item_id=CAT, other="wash-a-dog")
    await edit(curator, CAT, **draft.fields)
    shown = await curator.review(draft.id)
    assert shown.clash
    assert not shown.is_empty
    await curator.drafts.merge(draft.id)
    await curator.publish(draft.id, **WHO)
    assert "wash-a-dog" not in library.lessons.entries


async def test_merging_may_take_the_others_text(curator, library):
    """The moderator chooses field by field."""
    mine = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(mine.id, {"answer": "Toms answer.", "question": "What does a cat eat?"})
    await edit(curator, CAT, answer="Mias answer.", question="What do cats eat?")
    await curator.drafts.merge(mine.id, {"answer": "theirs"})
    await curator.publish(mine.id, **WHO)
    now = library.lessons.entries[CAT]
    assert (now.answer, now.question) == ("Mias answer.", "What does a cat eat?")


async def test_a_change_of_another_entry_is_no_obstacle(curator, library):
    """The draft continues from the current file, and its review says so."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Toms answer."})
    await edit(curator, "wash-a-dog", answer="Not at all.")
    shown = await curator.review(draft.id)
    assert (shown.clash, shown.rebased) == (None, True)
    await curator.publish(draft.id, **WHO)
    assert library.lessons.entries[CAT].answer == "Toms answer."
    assert library.lessons.entries["wash-a-dog"].answer == "Not at all."


async def test_a_file_edited_by_hand_is_never_written_over(curator, library, folder):
    """Even before the watcher sees the edit: the same entry clashes, and edits of other entries are kept."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Toms answer."})
    path = folder / "animals.yaml"
    path.write_text(path.read_text().replace("warm water.", "cold water.").replace("Twice", "Thrice"))
    with pytest.raises(ChangedError) as caught:
        await curator.publish(draft.id, **WHO)
    assert caught.value.clash.both == {"answer": ("Toms answer.", "Thrice a day, with fish.")}
    assert caught.value.clash.by
    assert caught.value.clash.by.kind == "outside"
    await curator.drafts.merge(draft.id)
    await curator.publish(draft.id, **WHO)
    assert "cold water." in path.read_text()
    assert "Toms answer." in path.read_text()


async def test_a_file_edited_by_hand_in_the_very_moment_is_not_written_over(curator, library, folder, memory):
    """If the file changes between reading and writing, publishing is refused and not in the history."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Toms answer."})
    path, publish_all = folder / "animals.yaml", library.publish_all
    by_hand = path.read_text().replace("warm", "cold")

    def late(changes):
        path.write_text(by_hand)
        return publish_all(changes)

    library.publish_all = late
    with pytest.raises(ConflictError):
        await curator.publish(draft.id, **WHO)
    assert path.read_text() == by_hand
    assert [each.kind for each in await curator.history()] == []
    assert [each.kind for each in await curator.reconcile()] == ["outside"]
    assert await memory.revisions.pending() == []


async def test_a_file_broken_by_hand_is_mended_first(curator, folder):
    """The error names the line, and the text that a person wrote there is not lost."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Toms answer."})
    path = folder / "animals.yaml"
    broken = path.read_text().replace("question: How do I wash", "qestion: How do I wash")
    path.write_text(broken)
    with pytest.raises(EditError, match=r"ask the bot owner: animals\.yaml:12:"):
        await curator.publish(draft.id, **WHO)
    assert path.read_text() == broken


async def test_whoever_edits_what_was_removed_may_put_it_back(curator, library):
    """Publishing their text restores the entry. Removing an entry that is already gone is refused."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Toms answer."})
    too_late = await curator.drafts.begin("remove", TOM, SERVER, item_id=CAT)
    await remove(curator, CAT)
    with pytest.raises(ChangedError) as caught:
        await curator.publish(draft.id, **WHO)
    assert caught.value.clash.theirs is None
    await curator.drafts.merge(draft.id)
    with pytest.raises(EditError, match="this has already been removed"):
        await curator.publish(too_late.id, **WHO)
    await curator.publish(draft.id, **WHO)
    assert library.lessons.entries[CAT].answer == "Toms answer."


async def test_nobody_removes_what_they_have_not_seen(curator, library):
    """If an entry changed after the removal was begun, the moderator sees the change first."""
    draft = await curator.drafts.begin("remove", TOM, SERVER, item_id=CAT)
    await edit(curator, CAT, answer="Better.")
    with pytest.raises(ChangedError) as caught:
        await curator.publish(draft.id, **WHO)
    assert caught.value.clash.theirs
    assert caught.value.clash.theirs["answer"] == "Better."
    assert caught.value.clash.mine is None
    await curator.drafts.merge(draft.id)
    await curator.publish(draft.id, **WHO)
    assert CAT not in library.lessons.entries


async def test_twenty_publish_at_once_and_none_is_lost(curator, library):
    """In the same entry, one succeeds and the others see a clash; in different entries, all are published."""
    drafts = [await curator.drafts.begin("edit", TOM + n, SERVER, item_id=CAT) for n in range(10)]
    drafts += [
        await curator.drafts.begin(
            "add", MIA, SERVER, file="animals.yaml", fields={"question": f"What is bird {n}?", "answer": "It."}
        )
        for n in range(10)
    ]
    for n, each in enumerate(drafts[:10]):
        await curator.drafts.save(each.id, {"answer": f"Answer {n}."})
    done = await asyncio.gather(*(curator.publish(each.id, **WHO) for each in drafts), return_exceptions=True)
    assert sum(isinstance(each, ChangedError) for each in done) == 9
    assert not [each for each in done if isinstance(each, Exception) and not isinstance(each, ChangedError)]
    assert len(library.lessons.entries) == 13
    history = await curator.history(limit=25)
    assert len(history) == 11
    assert all(new.before == old.after for new, old in pairwise(history))


async def test_whoever_goes_away_does_not_stop_a_publish_halfway(curator, library, memory):
    """If the connection breaks and the task is cancelled, file and history still agree."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Toms answer."})
    task = asyncio.create_task(curator.publish(draft.id, **WHO))
    publish_all = library.publish_all

    def cancelled(changes):
        loop.call_soon_threadsafe(task.cancel)
        return publish_all(changes)

    loop = asyncio.get_running_loop()
    library.publish_all = cancelled
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await curator.reconcile() == []
    assert [each.after for each in await curator.history()] == [library.lessons.documents[0].text]
    assert await memory.revisions.pending() == []


texts = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "1", "2", "3"]), min_size=1)


@given(begun=texts, mine=texts, theirs=texts)
def test_a_merge_invents_nothing_and_loses_nothing(begun, mine, theirs):
    """Each field has the text of one side; a field that only one side changed has that change."""
    merged = merge(begun, mine, theirs, {})
    for field in {**mine, **theirs}:
        was, my, their = (texts.get(field, "") for texts in (begun, mine, theirs))
        assert merged[field] == (my if my != was else their)
    taken = merge(begun, mine, theirs, dict.fromkeys("abcd", "theirs"))
    for field in {**mine, **theirs}:
        was, my, their = (texts.get(field, "") for texts in (begun, mine, theirs))
        assert taken[field] == (their if their != was else my)


async def test_undo_restores_one_entry_and_leaves_the_later_edits_of_others(curator, library, folder):
    """Only the parts of the file that the revision changed go back."""
    before = library.lessons.entries[CAT]
    revision = await edit(curator, CAT, answer="Wrong.", related="")
    await edit(curator, "wash-a-dog", answer="Later.")
    draft = await curator.drafts.undo(revision.id, TOM, SERVER)
    shown = await curator.review(draft.id)
    assert shown.difference.words == ("the answer: 1 line changed", "related entries: + “How do I wash a dog?”")
    assert shown.impact
    undone = await curator.publish(draft.id, **WHO)
    assert (undone.kind, undone.undoes, undone.item_id) == ("undo", revision.id, CAT)
    assert library.lessons.entries[CAT] == before
    assert library.lessons.entries["wash-a-dog"].answer == "Later."
    assert "# asked a lot" in (folder / "animals.yaml").read_text()


async def test_undo_at_once_restores_the_file_byte_for_byte(curator, folder):
    """This includes comments and order, for every kind of change; and the undo can be undone."""
    before = (folder / "animals.yaml").read_bytes()
    draft = await curator.drafts.begin(
        "add", MIA, SERVER, file="animals.yaml", fields={"question": "Q?", "answer": "A."}
    )
    for change in (
        edit(curator, CAT, answer="W.", phrasings=""),
        remove(curator, CAT),
        curator.publish(draft.id, **WHO),
    ):
        revision = await change
        undone = await undo(curator, revision)
        assert (folder / "animals.yaml").read_bytes() == before
        again = await undo(curator, undone)
        assert again.after == revision.after
        await undo(curator, again)
        assert (folder / "animals.yaml").read_bytes() == before


async def test_an_undo_under_a_newer_edit_shows_both_and_asks(curator, library):
    """If the entry has newer edits, a person decides which version to keep."""
    revision = await edit(curator, CAT, answer="Second.", question="How do I feed two cats?")
    newer = await edit(curator, CAT, answer="Third.")
    draft = await curator.drafts.undo(revision.id, TOM, SERVER)
    clash = (await curator.review(draft.id)).clash
    assert clash.by == newer
    assert clash.both == {"answer": ("Twice a day, with fish.", "Third.")}
    assert clash.merged["question"] == "How do I feed a cat?"
    with pytest.raises(ChangedError):
        await curator.publish(draft.id, **WHO)
    await curator.drafts.merge(draft.id, {"answer": "theirs"})
    await curator.publish(draft.id, **WHO)
    now = library.lessons.entries[CAT]
    assert (now.question, now.answer) == ("How do I feed a cat?", "Third.")


async def test_undoing_a_removal_later_brings_the_links_back_too(curator, library):
    """The links in its own file return; if the file changed since, the entry becomes the last one."""
    before = library.lessons.entries["wash-a-dog"]
    revision = await remove(curator, "wash-a-dog")
    await edit(curator, "feed-a-cat", answer="Later.", phrasings="kitty food")
    draft = await curator.drafts.undo(revision.id, TOM, SERVER)
    shown = await curator.review(draft.id)
    assert shown.problems == ()
    await curator.publish(draft.id, **WHO)
    assert library.lessons.entries["wash-a-dog"] == before
    assert library.lessons.entries["feed-a-cat"].answer == "Later."


async def test_an_undone_undo_is_no_loop_and_an_undone_add_is_a_removal(curator, library):
    """If an added entry was edited since, undoing the addition asks first."""
    draft = await curator.drafts.begin(
        "add", MIA, SERVER, file="plants.yaml", fields={"question": "Q?", "answer": "A."}
    )
    revision = await curator.publish(draft.id, **WHO)
    await edit(curator, "q", answer="B.")
    back = await curator.drafts.undo(revision.id, TOM, SERVER)
    assert back.removes
    assert (await curator.review(back.id)).clash.theirs["answer"] == "B."
    await curator.drafts.merge(back.id)
    await curator.publish(back.id, **WHO)
    assert "q" not in library.lessons.entries
    with pytest.raises(GoneError):
        await curator.drafts.begin("edit", MIA, SERVER, item_id="q")


async def test_phrasings_that_two_added_are_both_kept(curator, library):
    """If two moderators add phrasings to one entry, both are kept; phrasings that either removed are gone."""
    mine = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    before = mine.fields["phrasings"].splitlines()
    await curator.drafts.save(mine.id, {"phrasings": "\n".join([*before, "cat food"])})
    await edit(curator, CAT, phrasings="\n".join([*before[1:], "feline food"]))
    clash = (await curator.review(mine.id)).clash
    assert clash
    assert clash.both == {}, "there is nothing to choose"
    await curator.drafts.merge(mine.id)
    await curator.publish(mine.id, **WHO)
    assert library.lessons.entries[CAT].phrasings == (*before[1:], "feline food", "cat food")


async def test_only_what_was_seen_is_published(curator, library):
    """Publish does exactly what the review showed; if the draft or the lessons changed since, it asks again."""
    mine = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT)
    await curator.drafts.save(mine.id, {"answer": "First."})
    seen = (await curator.review(mine.id)).state
    await curator.drafts.save(mine.id, {"answer": "Second."})
    with pytest.raises(UnseenError):
        await curator.publish(mine.id, **WHO, seen=seen)
    seen = (await curator.review(mine.id)).state
    await edit(curator, "wash-a-dog", answer="Not at all.")
    with pytest.raises(UnseenError):
        await curator.publish(mine.id, **WHO, seen=seen)
    await curator.publish(mine.id, **WHO, seen=(await curator.review(mine.id)).state)
    assert library.lessons.entries[CAT].answer == "Second."


@pytest.mark.parametrize("kind", ["edit", "lesson", "undo an edit", "undo a removal", "remove", "undo an import"])
async def test_who_was_as_fast_has_nothing_left_to_publish(curator, library, kind):
    """Two moderators do the same: that is no conflict."""
    undone = None
    if kind == "undo an edit":
        undone = await edit(curator, CAT, answer="Mias answer.")
    elif kind == "undo a removal":
        undone = await remove(curator, CAT)
    elif kind == "undo an import":
        added = {f"{name}.yaml": (None, f"lesson: {name}\n") for name in ("snakes", "stones")}
        undone = (await curator.publish_import(added, lambda: library.publish_all(added), **WHO))[-1]

    async def begin(who):
        if undone:
            return await curator.drafts.undo(undone.id, who, SERVER, together=True)
        if kind == "lesson":
            draft = await curator.drafts.begin("lesson", who, SERVER, file="animals.yaml")
            return await curator.drafts.save(draft.id, {"lesson": "All animals"})
        draft = await curator.drafts.begin(kind, who, SERVER, item_id=CAT)
        return await curator.drafts.save(draft.id, {"answer": "The same."}) if kind == "edit" else draft

    first, second = await begin(MIA), await begin(TOM)
    assert not (await curator.review(second.id)).is_empty
    await curator.publish(first.id, **WHO)
    assert (await curator.review(second.id)).is_empty
    with pytest.raises(EditError):
        await curator.publish(second.id, **WHO)


async def test_a_draft_of_an_earlier_version_is_no_conflict(curator, library):
    """Entries have got fields since it was begun, which are empty in its entry."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT, fields={"answer": "Toms answer."})
    kept = await curator.drafts.kept(draft.id)
    old = {field: text for field, text in draft.begun.items() if field != "by"}
    await curator.drafts.keep(replace(kept, begun=packed(old)))
    assert (await curator.review(draft.id)).clash is None
    await curator.publish(draft.id, **WHO)
    assert library.lessons.entries[CAT].answer == "Toms answer."


def test_an_alias_with_a_comma_is_no_newer_change_of_a_lesson():
    """What somebody else changed is named, and nothing beside it."""
    begun = Lesson(lesson="Birds", aliases={"parrot: wild": ("macaw, blue", "polly")})
    now = begun.model_copy(update={"lesson": "All birds"})
    mine = {**lesson_texts(begun), "course": "Zoo"}
    clash = clash_of_lesson(lesson_texts(begun), mine, now)
    assert clash is not None
    assert clash.words == ("the lesson's title: “Birds” → “All birds”",)
