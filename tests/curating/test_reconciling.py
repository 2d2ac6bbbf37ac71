"""Every change is in the history exactly once, even if it was made outside the bot."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager

import pytest

from bot.curating.curating import Curating
from bot.curating.diff import difference
from bot.curating.errors import ChangedError
from bot.errors import EditError, StoreFailingError
from bot.lessons.library import Library
from bot.tutor import Tutor
from tests.curating.conftest import ticking
from tests.support.kills import Killed
from tests.support.moderators import MIA, SERVER, TOM, WHO, edit, undo

CAT = "feed-a-cat"


async def restarted(folder, memory):
    curator = Curating(Tutor(library := Library.open(folder)), library, memory, ticking())
    return curator, await curator.reconcile()


async def test_the_first_sight_of_a_file_is_no_edit(curator, folder):
    """Neither the first start, nor a second one, nor a new file makes an edit in the history."""
    (folder / "stones.yaml").write_text("lesson: Stones\n")
    assert await curator.reconcile() == []
    assert await curator.history() == []


async def test_a_file_edited_by_hand_is_a_revision_from_outside(curator, folder, library):
    """It records what changed and when the bot saw it, and only once."""
    path = folder / "animals.yaml"
    before = path.read_text()
    path.write_text(before.replace("With warm water.", "With love."))
    (seen,) = await curator.reconcile()
    assert (seen.kind, seen.item_id, seen.author, seen.author_name) == ("outside", "wash-a-dog", 0, "")
    assert (seen.before, seen.after) == (before, path.read_text())
    assert await curator.reconcile() == []
    assert (await curator.difference(seen)).words == ("the answer: 1 line changed",)
    await undo(curator, seen)
    assert path.read_text() == before


async def test_a_publish_is_done_although_its_lock_ends_with_a_connection(curator, memory, monkeypatch):
    """Files and history have it: whoever published reads nothing else."""

    @asynccontextmanager
    async def cut():
        yield
        raise StoreFailingError("the database does not answer")

    monkeypatch.setattr(memory, "publishing_alone", cut)
    published = await edit(curator, CAT, answer="Once.")
    assert [each.id for each in await curator.history()] == [published.id]


async def test_a_bot_that_ends_can_wait_until_all_is_published(curator, folder, memory, monkeypatch):
    """Nothing may write a lesson any more once a backup is restored over it."""
    draft = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT, fields={"answer": "Once."})
    begun, goes_on = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def slow():
        begun.set()
        await goes_on.wait()
        yield

    monkeypatch.setattr(memory, "publishing_alone", slow)
    publishing = asyncio.create_task(curator.publish(draft.id, **WHO))
    await begun.wait()
    publishing.cancel()  # whoever pressed waits no longer
    finishing = asyncio.create_task(curator.ledger.finish())
    await asyncio.sleep(0)
    assert not finishing.done()
    goes_on.set()
    await finishing
    assert "Once." in (folder / "animals.yaml").read_text()
    assert len(await curator.history()) == 1


async def test_what_changed_while_the_bot_was_down_is_seen_at_its_start(curator, folder, memory):
    """This includes files that were deleted or restored."""
    await edit(curator, CAT, answer="Once.")
    kept = (folder / "plants.yaml").read_text()
    (folder / "plants.yaml").unlink()
    path = folder / "animals.yaml"
    path.write_text(path.read_text().replace("Once.", "Twice.").replace("lesson: Animals", "lesson: Beasts"))
    curator, seen = await restarted(folder, memory)
    assert {(each.file, each.item_id, each.after is None) for each in seen} == {
        ("animals.yaml", "", False),
        ("plants.yaml", "", True),
    }
    changed = next(each for each in seen if each.after)
    assert (await curator.difference(changed)).words == (
        "the lesson's title: “Animals” → “Beasts”",
        "How do I feed a cat?: the answer: 1 line changed",
    )
    (folder / "plants.yaml").write_text(kept)
    (back,) = await curator.reconcile()
    assert (back.file, back.before) == ("plants.yaml", None)


async def test_the_history_of_an_entry_holds_what_changed_it_with_others(curator, folder):
    """An edit of several entries by hand is in the history of each of them, and of no other."""
    first = await edit(curator, CAT, answer="Once.")
    path = folder / "animals.yaml"
    path.write_text(path.read_text().replace("Once.", "Never.").replace("warm", "cold"))
    (by_hand,) = await curator.reconcile()
    last = await edit(curator, CAT, answer="Sometimes.")
    assert by_hand.item_id == ""
    assert await curator.history(CAT) == [last, by_hand, first]
    assert await curator.history("wash-a-dog") == [by_hand]
    assert await curator.history("water-a-cactus") == []
    assert await curator.history(limit=2) == [last, by_hand]
    assert await curator.history(limit=2, before_id=by_hand.id) == [first]
    assert await curator.revision(first.id) == first


async def test_a_change_of_several_entries_is_undone_where_nothing_is_newer(curator, folder, library):
    """All of it is undone at once; if an entry has newer changes, moderators see them and choose."""
    path = folder / "animals.yaml"
    before = library.lessons.entries
    path.write_text(path.read_text().replace("Twice", "Thrice").replace("warm", "cold"))
    (by_hand,) = await curator.reconcile()
    draft = await curator.drafts.begin(
        "add", TOM, SERVER, file="animals.yaml", fields={"question": "What is a bird?", "answer": "It flies."}
    )
    await curator.publish(draft.id, **WHO)
    newer = await edit(curator, CAT, answer="Newer.")
    draft = await curator.drafts.undo(by_hand.id, MIA, SERVER)
    clash = (await curator.review(draft.id)).clash
    assert (clash.words, clash.by) == (("“How do I feed a cat?” has newer changes",), newer)
    with pytest.raises(ChangedError):
        await curator.publish(draft.id, **WHO)
    await undo(curator, newer)
    await curator.publish(draft.id, **WHO)
    assert {id_: library.lessons.entries[id_] for id_ in before} == before
    assert "what-is-a-bird" in library.lessons.entries


async def test_a_lessons_title_is_put_back_with_all_that_was_changed_or_not_at_all(curator, folder):
    """An undo never restores half of a change without saying so. A newer change of another entry stays."""
    path = folder / "animals.yaml"
    path.write_text(path.read_text().replace("lesson: Animals", "lesson: Beasts").replace("warm", "cold"))
    (seen,) = await curator.reconcile()
    await edit(curator, CAT, answer="Newer.")
    titled = await curator.drafts.begin("lesson", TOM, SERVER, file="animals.yaml", fields={"lesson": "Zoo"})
    title = await curator.publish(titled.id, **WHO)
    draft = await curator.drafts.undo(seen.id, MIA, SERVER)
    assert (await curator.review(draft.id)).clash.words == ("animals.yaml has newer changes",)
    await undo(curator, title)
    await curator.publish(draft.id, **WHO)
    assert all(words in path.read_text() for words in ("lesson: Animals", "With warm water.", "Newer."))


@pytest.mark.parametrize("then_by_hand", ["", "wash-a-dog", CAT])
@pytest.mark.parametrize("has_written", [False, True])
async def test_a_start_settles_what_a_kill_left_open(curator, folder, memory, has_written, then_by_hand):
    """Whether the bot was killed before or after the write, and even if the file was edited by hand since."""
    library = curator._library
    publish_all, path = library.publish_all, folder / "animals.yaml"
    before = path.read_text()
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Mias."})

    def killed(changes):
        if has_written:
            publish_all(changes)
        raise Killed

    library.publish_all = killed
    with pytest.raises(Killed):
        await curator.publish(draft.id, **WHO)
    assert len(await memory.revisions.pending()) == 1
    if then_by_hand == CAT:
        path.write_text(path.read_text().replace("cats eat", "cats like"))
    elif then_by_hand:
        path.write_text(path.read_text().replace("warm", "cold"))

    curator, seen = await restarted(folder, memory)
    history = (await curator.history())[::-1]
    assert await memory.revisions.pending() == []
    assert [each.kind for each in seen] == ["outside"] * bool(then_by_hand)
    is_known = has_written and then_by_hand != CAT
    assert [each.kind for each in history] == ["edit"] * is_known + ["outside"] * bool(then_by_hand)
    texts = [before, *(each.after for each in history)]
    assert [each.before for each in history] == texts[:-1]
    assert texts[-1] == path.read_text()
    assert (await curator.drafts.find(draft.id) is None) == is_known


async def test_a_kill_between_two_files_is_made_good(curator, folder, memory):
    """A removal deletes the links first, so that the lessons stay valid; the next start does the rest."""
    library = curator._library
    draft = await curator.drafts.begin("remove", MIA, SERVER, item_id="wash-a-dog")

    def killed(changes):
        file, (_, text) = next(iter(changes.items()))
        (folder / file).write_text(text)
        raise Killed

    library.publish_all = killed
    with pytest.raises(Killed):
        await curator.publish(draft.id, **WHO)
    curator, seen = await restarted(folder, memory)
    assert seen == []
    changed = [(each.file, each.kind) for each in await curator.history()]
    assert changed == [("animals.yaml", "remove"), ("plants.yaml", "edit")]
    assert "wash-a-dog" not in curator._library.lessons.entries
    assert await curator.drafts.find(draft.id) is None
    assert await curator.reconcile() == []


async def test_a_history_that_cannot_be_written_stops_the_publish(curator, folder, memory, monkeypatch):
    """No file changes without a revision."""

    async def full(_):
        raise OSError("no room for the history")

    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Mias."})
    before = (folder / "animals.yaml").read_text()
    monkeypatch.setattr(memory.revisions, "add", full)
    with pytest.raises(OSError, match="no room"):
        await curator.publish(draft.id, **WHO)
    assert (folder / "animals.yaml").read_text() == before


async def test_an_edit_that_breaks_the_file_is_recorded_when_it_is_mended(curator, folder):
    """Until then, members get the last good version, and the history has no new revision."""
    path = folder / "animals.yaml"
    good = path.read_text()
    path.write_text(good + "nonsense: true\n")
    assert await curator.reconcile() == []
    path.write_text(good.replace("warm", "cold"))
    (seen,) = await curator.reconcile()
    assert seen.before == good
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    with pytest.raises(EditError):
        await curator.publish(draft.id, **WHO)


async def test_what_a_revision_changed_is_found_beside_the_conversations(curator, monkeypatch):
    """A large file takes a moment to read; members are answered meanwhile."""
    threads = []

    def slow(*words):
        threads.append(threading.current_thread())
        return difference(*words)

    monkeypatch.setattr("bot.curating.curating.difference", slow)
    await curator.difference(await edit(curator, CAT, answer="Once."))
    assert threads
    assert threading.main_thread() not in threads
