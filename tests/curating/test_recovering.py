"""If the bot is killed while it publishes several files, the next start completes the publish."""

from __future__ import annotations

import asyncio
import os
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.curating.curating import Curating
from bot.curating.reconciling import finish_interrupted
from bot.lessons import archive
from bot.lessons.library import Library
from bot.tutor import Tutor
from tests.curating.conftest import SMALL, ticking
from tests.support.folders import on_disk
from tests.support.kills import Killed
from tests.support.moderators import WHO, undo

# The dog moves from the first file to the third, which is new; the second is related to it all the time.
MOVED = {
    "animals.yaml": SMALL["animals.yaml"]
    .split("  - id: wash-a-dog")[0]
    .replace("    related: [wash-a-dog]\n", ""),
    "plants.yaml": SMALL["plants.yaml"].replace("Once a month", "Twice a month"),
    "zoo.yaml": "lesson: Zoo\nentries:\n  - {id: wash-a-dog, question: How do I wash a dog?, answer: Wet.}\n",
}


async def kill(library, publishing, folder, written):
    """Let the process die after so many files of this publish were written."""

    def killed(changes):
        for file, (_, text) in list(changes.items())[:written]:
            if text is None:
                (folder / file).unlink()
            else:
                (folder / file).write_text(text)
        raise Killed

    library.publish_all = killed
    with pytest.raises(Killed):
        await publishing()


async def start(folder, memory):
    """As `lessonbot run` does: what was pending is settled before the lessons are read."""
    await finish_interrupted(memory, folder)
    curator = Curating(Tutor(library := Library.open(folder)), library, memory, ticking())
    assert await curator.reconcile() == []
    assert await memory.revisions.pending() == []
    return curator


def importing(curator, library):
    plan = archive.plan(library, {file: text.encode() for file, text in MOVED.items()})
    return lambda: curator.publish_import(plan.changes, lambda: library.publish_all(plan.changes), **WHO)


@pytest.mark.parametrize("written", [0, 1, 2, 3])
async def test_an_import_that_was_killed_is_there_whole_or_not_at_all(curator, library, folder, memory, written):
    """Even if the files written so far are no valid lessons, because a related entry is missing."""
    await kill(library, importing(curator, library), folder, written)
    curator = await start(folder, memory)
    assert on_disk(folder) == (MOVED if written else SMALL)
    assert [each.kind for each in await curator.history()] == ["import"] * (3 if written else 0)


@pytest.mark.parametrize("written", [0, 1, 2, 3])
async def test_an_undo_that_was_killed_deletes_its_file_or_leaves_all(curator, library, folder, memory, written):
    """Deleted files are completed like written ones."""
    done = await importing(curator, library)()

    async def undoing():
        await undo(curator, done[0], together=True)

    await kill(library, undoing, folder, written)
    curator = await start(folder, memory)
    assert on_disk(folder) == (SMALL if written else MOVED)
    assert len(await curator.history()) == (6 if written else 3)


async def test_what_was_edited_by_hand_after_the_kill_is_left_alone(curator, library, folder, memory):
    """The other files are completed; the history records the edit of this one."""
    await kill(library, importing(curator, library), folder, 1)
    by_hand = SMALL["plants.yaml"].replace("Once a month", "Never")
    (folder / "plants.yaml").write_text(by_hand)
    await finish_interrupted(memory, folder)
    curator = Curating(Tutor(library := Library.open(folder)), library, memory, ticking())
    (seen,) = await curator.reconcile()
    assert (seen.file, seen.kind, seen.before, seen.after) == (
        "plants.yaml",
        "outside",
        SMALL["plants.yaml"],
        by_hand,
    )
    assert on_disk(folder) == {**MOVED, "plants.yaml": by_hand}
    assert {(each.file, each.kind) for each in await curator.history()} == {
        ("animals.yaml", "import"),
        ("plants.yaml", "outside"),
        ("zoo.yaml", "import"),
    }


async def test_nothing_is_finished_that_would_break_the_lessons(curator, library, folder, memory, caplog):
    """If somebody fixed the lessons in another way since, the publish is not completed, and the history agrees."""
    await kill(library, importing(curator, library), folder, 1)
    (folder / "dogs.yaml").write_text(MOVED["zoo.yaml"])
    there = on_disk(folder)
    curator = await start(folder, memory)
    assert on_disk(folder) == there
    assert [(each.file, each.kind) for each in await curator.history()] == [("animals.yaml", "import")]
    assert "could not be finished" in caplog.text


async def test_a_disk_that_is_full_at_the_start_leaves_what_there_is(
    curator, library, folder, memory, monkeypatch
):
    """The bot still starts, if the lessons are valid."""
    plan = archive.plan(
        library,
        {"animals.yaml": SMALL["animals.yaml"].replace("fish", "meat").encode(), "zoo.yaml": b"lesson: Zoo\n"},
    )

    def full(*_):
        raise OSError(28, "No space left on device")

    async def publishing():
        await curator.publish_import(plan.changes, lambda: library.publish_all(plan.changes), **WHO)

    await kill(library, publishing, folder, 1)
    with monkeypatch.context() as patched:
        patched.setattr("bot.lessons.atomic_writing.os.fsync", full)
        curator = await start(folder, memory)
    assert "zoo.yaml" not in on_disk(folder)
    assert [each.file for each in await curator.history()] == ["animals.yaml"]


async def test_a_file_that_was_put_back_since_stays_as_it_is(curator, library, folder, memory):
    """A file that was restored with git or from a backup is not overwritten."""
    await kill(library, importing(curator, library), folder, 1)
    later = datetime.now(UTC) + timedelta(days=1)
    for file in ("plants.yaml", "zoo.yaml"):
        if (folder / file).exists():
            os.utime(folder / file, (later.timestamp(), later.timestamp()))
    await finish_interrupted(memory, folder)
    assert on_disk(folder)["plants.yaml"] == SMALL["plants.yaml"]
    assert await memory.revisions.pending() == []


async def test_the_next_connection_waits_for_what_the_last_one_writes(tutor, library, folder, memory):
    """A publish goes on when the connection is lost, and the next connection does not take it for a kill."""
    curating = Curating(tutor, library, memory, ticking())
    await curating.reconcile()
    slow, began, goes_on = library.publish_all, threading.Event(), threading.Event()

    def slowly(changes):
        began.set()
        goes_on.wait(5)
        return slow(changes)

    library.publish_all = slowly
    publishing = asyncio.create_task(importing(curating, library)())
    await asyncio.to_thread(began.wait, 5)
    recovering = asyncio.create_task(curating.reconcile())
    await asyncio.sleep(0.05)
    assert not recovering.done()
    goes_on.set()
    assert len(await publishing) == 3
    assert await recovering == []
    assert "zoo.yaml" in on_disk(folder)
