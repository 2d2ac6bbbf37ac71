"""The preview shows what an author saves, whatever the folder holds."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.dialogue.reply import Answer
from bot.discord_ui.preview import Copying, _follow
from bot.lessons.library import Library
from bot.tutor import Tutor

LESSON = "lesson: L\nentries:\n  - {{id: a, question: What is a wheel?, answer: {answer}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lessons without a picture, and what else may lie about."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "a.yaml").write_text(LESSON.format(answer="Old."), encoding="utf-8")
    (folder / ".venv").mkdir()
    (folder / "broken-link").symlink_to("nowhere")
    return folder


async def test_a_saved_lesson_is_shown_at_once(folder: Path, tmp_path: Path):
    """Who writes a lesson sees it in the page, also where there is no folder of pictures."""
    copying = Copying(folder, tmp_path / "copy")
    copying()
    library = Library.open(tmp_path / "copy")
    tutor = Tutor(library)
    seen = asyncio.Event()

    async def then() -> None:
        seen.set()

    following = asyncio.create_task(_follow(folder, library, copying, then))
    await asyncio.sleep(0.5)
    (folder / "a.yaml").write_text(LESSON.format(answer="New."), encoding="utf-8")
    for _ in range(100):
        await asyncio.sleep(0.1)
        said = tutor.answer("what is a wheel")
        if isinstance(said, Answer) and said.text == "New.":
            break
    assert not following.done(), "it goes on following"
    following.cancel()
    assert isinstance(said, Answer)
    assert said.text == "New."
    assert seen.is_set(), "the history hears of it, too"


def test_the_copy_holds_what_the_folder_holds(folder: Path, tmp_path: Path):
    """Pictures too; no hidden file, and no lesson that was deleted."""
    copy = tmp_path / "copy"
    copying = Copying(folder, copy)
    copying()
    (folder / "b.yaml").write_text("lesson: B\n", encoding="utf-8")
    (folder / "images").mkdir()
    (folder / "images" / "p.png").write_bytes(b"p")
    (folder / "a.yaml").unlink()
    copying()
    assert sorted(path.name for path in copy.iterdir()) == ["b.yaml", "images"]
    assert (copy / "images" / "p.png").read_bytes() == b"p"


def test_what_is_edited_in_the_copy_stays_until_its_own_file_is_saved(folder: Path, tmp_path: Path):
    """A moderator's edit in the page is not lost because an author saved another lesson."""
    copy = tmp_path / "copy"
    copying = Copying(folder, copy)
    copying()
    (copy / "a.yaml").write_text(LESSON.format(answer="Edited in the page."), encoding="utf-8")
    (folder / "b.yaml").write_text("lesson: B\n", encoding="utf-8")
    copying()
    assert "Edited in the page." in (copy / "a.yaml").read_text(encoding="utf-8")
    (folder / "a.yaml").write_text(LESSON.format(answer="Saved by its author."), encoding="utf-8")
    copying()
    assert "Saved by its author." in (copy / "a.yaml").read_text(encoding="utf-8")
