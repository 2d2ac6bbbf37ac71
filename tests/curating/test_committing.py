"""Each publish is one git commit under the moderator's name, with nothing else in it."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.curating.committing import Committing
from bot.curating.curating import Curating
from bot.curating.uploaded import plan_import
from bot.errors import StoreFailingError, UnrecordedError
from bot.lessons.library import Library
from bot.tutor import Tutor
from tests.support.git import git
from tests.support.moderators import SERVER, WHO, edit, remove, undo
from tests.support.pictures import png
from tests.support.zips import zipped

CAT, DOG = "feed-a-cat", "wash-a-dog"


@pytest.fixture
def repository(curator, library, folder):
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    committing = Committing(library)
    curator.ledger.publish_hook = committing.publish_hook
    return committing


async def publish(curator, item_id, author, name, reason):
    draft = await curator.drafts.begin("edit", author, SERVER, item_id=item_id)
    await curator.drafts.save(draft.id, {"answer": f"{name} says so."}, reason)
    return await curator.publish(draft.id, author=author, author_name=name)


async def import_file(curator, library, name, content):
    planned = plan_import(library, [(name, content)])
    publish = partial(planned.publish, library)
    await curator.publish_import(planned.plan.changes, publish, **WHO, pictures=planned.plan.pictures)
    return planned


async def test_two_who_publish_at_once_have_a_commit_each(curator, repository, folder):
    """Even in one file, each commit has the author, message and changes of one moderator."""
    edits = [(CAT, 1, "Mia", "cats first"), (DOG, 2, "Tom", "then dogs")]
    first, second = await asyncio.gather(*(publish(curator, *each) for each in edits))
    assert "Saved in Git (commit " in repository.said_of(first)
    assert "Saved in Git (commit " in repository.said_of(second)
    assert repository.said_of(second) == "", "it is said once"
    said = git(folder, "log", "--format=%an: %s", "-2").splitlines()
    assert sorted(said) == ["Mia: cats first", "Tom: then dogs"]
    for name, other in (("Mia", "Tom"), ("Tom", "Mia")):
        whose = git(folder, "log", "--author", name, "--format=%h")
        added = [line for line in git(folder, "show", whose).splitlines() if line.startswith("+ ")]
        assert any(f"{name} says so." in line for line in added)
        assert not any(f"{other} says so." in line for line in added)
    assert git(folder, "status", "--porcelain") == ""


async def test_what_somebody_edits_by_hand_is_theirs_to_commit(curator, repository, folder):
    """Unfinished work of an author is never committed under a moderator's name; the edit itself is published."""
    path = folder / "animals.yaml"
    path.write_text(path.read_text().replace("With warm water.", "With cold water."))
    revision = await publish(curator, CAT, 1, "Mia", "cats first")
    assert "Mia says so." in path.read_text()
    assert (
        "not saved in Git. Tell the bot owner: animals.yaml has other changes that are not saved in Git"
        in repository.said_of(revision)
    )
    assert git(folder, "log", "--format=%s") == "first"
    git(folder, "commit", "-q", "-a", "-m", "both")
    assert "Saved in Git (commit " in repository.said_of(await publish(curator, DOG, 1, "Mia", "dogs"))


async def test_all_files_of_one_press_are_one_commit(curator, repository, folder):
    """A removal and the links that it removes in other files are one commit; so is the undo of all of it."""
    removed = await remove(curator, DOG)
    assert len(git(folder, "show", "--format=", "--name-only", "HEAD").splitlines()) == 2
    await undo(curator, removed, together=True)
    assert git(folder, "log", "--format=%an").split() == ["Mia", "Mia", "Owner"]
    assert git(folder, "diff", "HEAD~2") == ""


async def test_what_an_imported_file_said_is_committed_with_its_lesson(curator, repository, folder, library):
    """Who clones the repository can import the file again; an undo takes both back."""
    planned = plan_import(library, [("garden.md", b"# Garden\n\n## How do I water tulips?\n\nWith a can.\n")])
    done = await curator.publish_import(planned.plan.changes, lambda: planned.publish(library), **WHO)
    assert git(folder, "show", "--format=", "--name-only", "HEAD").split() == [
        ".imported/garden-md.yaml",
        "garden.yaml",
    ]
    await undo(curator, done[-1], together=True)
    assert git(folder, "diff", "HEAD~2") == git(folder, "status", "--porcelain") == ""


async def test_an_import_that_keeps_our_texts_is_committed_at_once(curator, repository, folder, library):
    """It changes only what the file said last; the next edit of a lesson is not committed with that."""
    page = "# Garden\n\n## How do I water tulips?\n\nWith a can.\n"
    await import_file(curator, library, "garden.md", page.encode())
    await edit(curator, "how-do-i-water-tulips", answer="With a hose.")
    planned = await import_file(curator, library, "garden.md", page.replace("a can", "a cup").encode())
    assert planned.both
    assert not planned.plan.changes
    assert git(folder, "show", "--format=%an: %s", "--name-only", "HEAD").split("\n\n") == [
        "Mia: Import .imported/garden-md.yaml",
        ".imported/garden-md.yaml",
    ]
    assert git(folder, "status", "--porcelain") == ""


async def test_a_missing_picture_that_is_imported_is_committed(curator, repository, folder, library):
    """Its lesson stays as it is, and names the picture already."""
    text = (folder / "animals.yaml").read_text()
    with_picture = text.replace("    answer:", "    image: images/cat.png\n    answer:", 1)
    files = {"animals.yaml": with_picture, "images/cat.png": png()}
    await import_file(curator, library, "lessons.zip", zipped(files))
    git(folder, "rm", "-q", "images/cat.png")
    git(folder, "commit", "-q", "-m", "lost")
    await import_file(curator, library, "lessons.zip", zipped(files))
    assert (folder / "images" / "cat.png").exists()
    assert git(folder, "show", "--format=", "--name-only", "HEAD").split() == ["images/cat.png"]
    assert git(folder, "status", "--porcelain") == ""


@pytest.mark.parametrize("pattern", [".imported/", ".*", "garden-md.yaml"])
async def test_what_git_ignores_of_imported_files_does_not_keep_their_lesson_from_git(
    curator, repository, folder, library, pattern
):
    """An owner can keep `.imported/` out of the repository: the lesson and its undo are committed without it."""
    (folder / ".gitignore").write_text(f"{pattern}\n")
    planned = plan_import(library, [("garden.md", b"# Garden\n\n## How do I water tulips?\n\nWith a can.\n")])
    done = await curator.publish_import(planned.plan.changes, lambda: planned.publish(library), **WHO)
    assert "Saved in Git (commit " in repository.said_of(done[-1])
    assert git(folder, "show", "--format=", "--name-only", "HEAD").split() == ["garden.yaml"]
    undone = await undo(curator, done[-1], together=True)
    assert "Saved in Git (commit " in repository.said_of(undone)
    assert git(folder, "ls-files").split() == ["animals.yaml", "plants.yaml"]


@pytest.mark.parametrize("named", ["../.env", "private.txt"])
async def test_a_file_that_a_lesson_only_calls_a_picture_is_not_committed(folder, memory, named):
    """A lesson can name a secret file as its picture: an edit of that lesson never commits the file."""
    around = folder.parent
    for secret in (around / ".env", folder / "private.txt"):
        secret.write_text("DISCORD_TOKEN=secret")
    path = folder / "animals.yaml"
    path.write_text(path.read_text().replace("    answer:", f"    image: {named}\n    answer:", 1))
    git(around, "init", "-q")
    git(around, "add", str(folder / "*.yaml"))
    git(around, "commit", "-q", "-m", "first")
    library = Library.open(folder)
    assert library.problems
    curator = Curating(Tutor(library), library, memory)
    committing = Committing(library)
    curator.ledger.publish_hook = committing.publish_hook
    assert "Saved in Git (commit " in committing.said_of(await publish(curator, DOG, 1, "Mia", "dogs"))
    assert git(around, "show", "--format=", "--name-only").split() == ["small/animals.yaml"]


async def test_what_cannot_be_written_is_not_committed(curator, repository, folder, library):
    """If a publish fails, there is no commit."""
    draft = await curator.drafts.begin("edit", 1, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Never."})
    library.publish_all = None  # as a disk that fails
    with pytest.raises(TypeError):
        await curator.publish(draft.id, **WHO)
    assert git(folder, "log", "--format=%s") == "first"


async def test_what_is_recorded_late_is_committed_at_once(curator, repository, folder, memory, monkeypatch):
    """The database failed after the files were written: left for later, they would keep later edits from Git."""

    async def fails(id_):
        raise StoreFailingError("the database does not answer")

    commit = memory.revisions.commit
    monkeypatch.setattr(memory.revisions, "commit", fails)
    with pytest.raises(UnrecordedError):
        await publish(curator, CAT, 1, "Mia", "cats first")
    assert git(folder, "log", "--format=%an: %s", "-1").strip() == "Mia: cats first"
    monkeypatch.setattr(memory.revisions, "commit", commit)
    await publish(curator, DOG, 2, "Tom", "then dogs")
    assert git(folder, "log", "--format=%an: %s", "-1").strip() == "Tom: then dogs"
    assert [each.reason for each in await curator.history()] == ["then dogs", "cats first"]
