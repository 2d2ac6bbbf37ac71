"""Two machines without a common folder serve the same lessons: what one publishes comes to the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import App
from bot.curating.mirror import Mirror
from bot.curating.uploaded import plan_import
from bot.lessons.library import Library
from bot.store.revisions import Revision
from bot.store.store import Store
from bot.store.tables import revisions
from tests.curating.conftest import ticking
from tests.support.moments import NOW

PNG = b"\x89PNG\r\n\x1a\n"
LESSON = "lesson: {title}\nentries:\n  - id: {id}\n    question: What is {id}?\n    answer: {answer}\n"


def lesson(id_: str, answer: str = "A thing.") -> str:
    return LESSON.format(title=id_.title(), id=id_, answer=answer)


@dataclass
class Machine:
    """A folder, and the app that serves it."""

    folder: Path
    app: App
    noted: Path | None

    @classmethod
    async def start(cls, folder: Path, store: Store, noted: Path | None) -> Machine:
        mirror = Mirror(folder, store, noted)
        await mirror.catch_up()
        app = App.build(Library.open(folder), store, clock=ticking())
        app.curating.ledger.mirror = mirror
        await app.curating.reconcile()
        return cls(folder, app, noted)

    async def publish(self, file: str, text: str | None) -> None:
        library = self.app.library
        before = next((each for each in library.lessons.documents if each.file == file), None)
        changes = {file: (before, text)}

        async def prepare():
            who = (1, "Mod", "")
            revisions = await self.app.curating.ledger.pending_revisions(changes, "import", who)
            return revisions, lambda: library.publish_all(changes)

        await self.app.curating.ledger.publish(prepare, "Mod")

    def answer(self, id_: str) -> str:
        return self.app.library.lessons.entries[id_].answer.strip()

    async def follow(self) -> list[str]:
        """Get what the other machine published; returns the files that were edited here by hand."""
        assert await self.app.is_behind()
        found = await self.app.curating.reconcile()
        assert not await self.app.is_behind()
        return [each.file for each in found]


@pytest.fixture
async def truth(tmp_path: Path, memory: Store) -> Machine:
    """The machine with the repository."""
    folder = tmp_path / "truth"
    folder.mkdir()
    (folder / "venv.yaml").write_text(lesson("venv"))
    (folder / "pip.yaml").write_text(lesson("pip"))
    return await Machine.start(folder, memory, tmp_path / "history.json")


@pytest.fixture
async def copy(truth: Machine, tmp_path: Path) -> AsyncIterator[Machine]:
    """A machine that has its lessons from the same database, through a connection of its own."""
    store = await Store.open(f"sqlite:///{tmp_path / 'lessonbot.sqlite3'}")
    folder = tmp_path / "copy"
    folder.mkdir()
    yield await Machine.start(folder, store, None)
    await store.close()


async def test_what_either_machine_publishes_is_served_by_both(truth: Machine, copy: Machine):
    """Edits in Discord and edits by hand in the folder, new lessons and deleted ones."""
    assert sorted(copy.app.library.lessons.entries) == ["pip", "venv"]
    await copy.publish("venv.yaml", lesson("venv", "From the copy."))
    assert await truth.follow() == [], "it is no edit by hand"
    assert truth.answer("venv") == "From the copy."
    assert "From the copy." in (truth.folder / "venv.yaml").read_text()

    (truth.folder / "venv.yaml").write_text(lesson("venv", "By hand."))
    assert [each.kind for each in await truth.app.curating.reconcile()] == ["outside"]
    await copy.follow()
    assert copy.answer("venv") == "By hand."

    await copy.publish("git/new.yaml", lesson("new"))
    await copy.publish("pip.yaml", None)
    await truth.follow()
    assert sorted(truth.app.library.lessons.entries) == ["new", "venv"]
    assert not (truth.folder / "pip.yaml").exists()


async def test_pictures_come_with_their_lessons(truth: Machine, copy: Machine, memory: Store):
    """A picture is there before the lesson that shows it, and an exchanged one is exchanged everywhere."""
    with_picture = lesson("venv") + "    image: {file: images/a.png, alt: A}\n"
    for content in (PNG + b"first", PNG + b"second"):
        (truth.folder / "images").mkdir(exist_ok=True)
        (truth.folder / "images" / "a.png").write_bytes(content)
        (truth.folder / "venv.yaml").write_text(with_picture.replace("A thing.", content[8:].decode()))
        await truth.app.curating.reconcile()
        await copy.follow()
        assert copy.app.library.problems == ()
        assert (copy.folder / "images" / "a.png").read_bytes() == content
    (truth.folder / "images" / "a.png").unlink()
    (truth.folder / "venv.yaml").write_text(lesson("venv"))
    await truth.app.curating.reconcile()
    await copy.publish("pip.yaml", lesson("pip", "New."))
    again = await Machine.start(truth.folder, memory, truth.noted)
    assert again.answer("pip") == "New."
    assert not (truth.folder / "images" / "a.png").exists(), "its author deleted it"


async def test_what_an_imported_file_said_comes_with_its_lesson(truth: Machine, copy: Machine):
    """Whichever machine imports the file again compares with the last import; undone on one, it is on both."""
    page = "# Garden\n\n## How do I water tulips?\n\nWith a {}.\n"
    for word in ("can", "bucket"):
        planned = plan_import(copy.app.library, [("garden.md", page.format(word).encode())])
        (done,) = await copy.app.curating.publish_import(
            planned.plan.changes,
            lambda: planned.publish(copy.app.library),  # noqa: B023 -- called before the next turn
            author=1,
            author_name="Mod",
        )
        await truth.follow()
        assert word in (truth.folder / ".imported" / "garden-md.yaml").read_text()
    draft = await truth.app.curating.drafts.undo(done.id, 1, 1, together=True)
    await truth.app.curating.publish(draft.id, author=1, author_name="Mod")
    await copy.follow()
    for each in (truth, copy):
        assert "With a can" in (each.folder / ".imported" / "garden-md.yaml").read_text()


async def test_a_machine_of_an_earlier_version_is_told_of_no_imported_file(truth: Machine, memory: Store):
    """A deploy updates one process after the other, and the earlier version reads all these rows as lessons."""
    planned = plan_import(truth.app.library, [("garden.md", b"# Garden\n\n## What is a weed?\n\nA plant.\n")])
    await truth.app.curating.publish_import(
        planned.plan.changes, lambda: planned.publish(truth.app.library), author=1, author_name="Mod"
    )
    (truth.folder / ".imported" / "by-hand-md.yaml").write_text(lesson("spade"))
    (truth.folder / "venv.yaml").write_text(lesson("venv", "By hand."))
    await truth.app.curating.reconcile()
    assert len(await memory.revisions.newest(sources=True)) == 2
    read = select(revisions.c.file).where(revisions.c.state.in_(("published", "pending")))
    async with memory._database.reading.connect() as connection:
        assert set(await connection.scalars(read)) == {"venv.yaml", "pip.yaml", "garden.yaml"}


async def test_a_machine_that_was_away_catches_up_and_keeps_its_own_edits(
    truth: Machine, copy: Machine, memory: Store
):
    """What was published meanwhile is there at the start. What was edited by hand meanwhile is published."""
    await copy.publish("venv.yaml", lesson("venv", "Meanwhile."))
    await copy.publish("pip.yaml", lesson("pip", "Also."))
    (truth.folder / "pip.yaml").write_text(lesson("pip", "By hand."))
    again = await Machine.start(truth.folder, memory, truth.noted)
    assert (again.answer("venv"), again.answer("pip")) == ("Meanwhile.", "By hand.")
    await copy.follow()
    assert copy.answer("pip") == "By hand."
    history = await memory.revisions.published(files=["pip.yaml"])
    assert [each.kind for each in history] == ["outside", "import"], "nothing is lost"


async def test_an_edit_back_to_an_earlier_text_is_an_edit(truth: Machine, copy: Machine):
    """An author who takes a change back with git means it."""
    first = (truth.folder / "venv.yaml").read_text()
    await truth.publish("venv.yaml", lesson("venv", "Second."))
    (truth.folder / "venv.yaml").write_text(first)
    await truth.app.curating.reconcile()
    await copy.follow()
    assert truth.answer("venv") == copy.answer("venv") == "A thing."


async def test_a_copy_that_was_changed_by_hand_is_put_right(truth: Machine, copy: Machine):
    """Nobody looks for the truth there."""
    (copy.folder / "venv.yaml").write_text(lesson("venv", "Lost."))
    (copy.folder / "other.yaml").write_text(lesson("other"))
    await copy.app.curating.reconcile()
    assert copy.answer("venv") == "A thing."
    assert "other" not in copy.app.library.lessons.entries
    assert not await truth.app.is_behind()


async def test_a_lesson_that_a_copy_cannot_read_is_not_taken_back(truth: Machine, copy: Machine, memory: Store):
    """A newer version on another machine may know more: the copy serves the last text that it can read."""
    newer = lesson("venv", "New.") + "    sparkles: true\n"
    before = (truth.folder / "venv.yaml").read_text()
    published = [("venv.yaml", before, newer), ("pip.yaml", lesson("pip"), lesson("pip", "Other."))]
    await memory.revisions.add([Revision(file, "edit", old, new, NOW) for file, old, new in published])
    assert await copy.follow() == []
    assert (copy.answer("venv"), copy.answer("pip")) == ("A thing.", "Other.")
    assert (await memory.revisions.newest())["venv.yaml"] == newer
