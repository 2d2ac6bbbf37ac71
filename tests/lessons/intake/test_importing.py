"""Notes become a lesson file with its pictures, or nothing is written at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import NotesError
from bot.lessons.intake.importing import import_files
from bot.lessons.intake.report import summary
from bot.lessons.library import Library

PNG = b"\x89PNG\r\n\x1a\n..."
NOTES = "# Venvs\n\n**Question**: Why a venv?\n\n**Answer**: It isolates packages.\n\n![A box](pictures/box.png)\n"


@pytest.fixture
def notes(tmp_path):
    (tmp_path / "notes" / "pictures").mkdir(parents=True)
    (tmp_path / "notes" / "pictures" / "box.png").write_bytes(PNG)
    file = tmp_path / "notes" / "venvs.md"
    file.write_text(NOTES)
    return file


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_notes_become_a_lesson_with_its_pictures(notes, tmp_path):
    """What was imported is served as it is."""
    imported = import_files([notes], None, tmp_path / "lessons")
    [made] = imported.made
    assert made.file == tmp_path / "lessons" / "venvs.yaml"
    assert (tmp_path / "lessons" / "venvs.yaml").read_text() == made.text
    assert files(tmp_path / "lessons") == ["images", "images/box.png", "venvs.yaml"]
    assert (tmp_path / "lessons" / "images" / "box.png").read_bytes() == PNG
    assert Library.open(tmp_path / "lessons").lessons.documents[0].lesson == made.lesson
    assert summary(imported.made, imported.pictures) == "1 entry, 1 picture"


def test_a_dash_writes_nothing(notes, tmp_path):
    """An author looks first."""
    imported = import_files([notes], Path("-"), tmp_path / "lessons")
    assert imported.made[0].file is None
    assert "It isolates packages." in imported.made[0].text
    assert not (tmp_path / "lessons").exists()


@pytest.mark.parametrize("taken", ["lesson.yaml", "images/box.png"])
def test_nothing_is_overwritten(taken, notes, tmp_path):
    """A lesson that was improved by hand is not lost to a second import."""
    there = tmp_path / "lessons" / taken
    there.parent.mkdir(parents=True)
    there.write_text("mine")
    before = files(tmp_path / "lessons")
    with pytest.raises(NotesError, match=rf"{there} is there already; choose another"):
        import_files([notes], tmp_path / "lessons" / "lesson.yaml", tmp_path / "lessons")
    assert there.read_text() == "mine"
    assert files(tmp_path / "lessons") == before


def test_no_lesson_takes_the_name_of_the_questions(notes, tmp_path):
    """The bot would never read it."""
    with pytest.raises(NotesError, match=r"questions\.yaml is for questions on the lessons; name another file"):
        import_files([notes], tmp_path / "lessons" / "questions.yaml", tmp_path / "lessons")
    assert not (tmp_path / "lessons" / "questions.yaml").exists()


def test_two_lessons_may_show_the_same_picture(notes, tmp_path):
    """The same picture needs no second copy."""
    import_files([notes], tmp_path / "lessons" / "a.yaml", tmp_path / "lessons")
    import_files([notes], tmp_path / "lessons" / "b.yaml", tmp_path / "lessons")
    assert files(tmp_path / "lessons") == ["a.yaml", "b.yaml", "images", "images/box.png"]


def test_notes_that_are_no_text_are_refused(notes, tmp_path):
    """Whoever took the wrong file reads why."""
    notes.write_bytes(PNG + bytes(range(256)) * 4)
    with pytest.raises(NotesError, match=r"venvs\.md: is not a text file"):
        import_files([notes], None, tmp_path / "lessons")
    with pytest.raises(NotesError, match="cannot be read: No such file"):
        import_files([notes.with_name("gone.md")], None, tmp_path / "lessons")
    assert not (tmp_path / "lessons").exists()


def test_a_picture_from_elsewhere_on_the_disk_is_not_copied(notes, tmp_path):
    """Notes from a stranger cannot publish somebody's files."""
    (tmp_path / "secret.png").write_bytes(PNG)
    notes.write_text(NOTES.replace("pictures/box.png", "../secret.png"))
    imported = import_files([notes], None, tmp_path / "lessons")
    assert files(tmp_path / "lessons") == ["venvs.yaml"]
    assert [each.line for lost in imported.lost for each in lost.unplaced] == [7]


def test_a_folder_that_is_a_file_is_named(notes, tmp_path):
    """A slip in a path is told from a full disk."""
    (tmp_path / "lessons").write_text("a file")
    with pytest.raises(NotesError, match="cannot be written: Not a directory"):
        import_files([notes], None, tmp_path / "lessons")
    assert (tmp_path / "lessons").read_text() == "a file"


def test_a_full_disk_leaves_nothing_half_written(notes, tmp_path):
    """The picture still fits, the lesson does not: both are gone again, and the folders with them."""
    notes.write_text(NOTES + "More words.\n" * 400)
    code = (
        "import resource, sys; from pathlib import Path; from bot.errors import NotesError\n"
        "from bot.lessons.intake.importing import import_files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: import_files([Path(sys.argv[1])], None, Path(sys.argv[2]))\n"
        "except NotesError as error: print(error)\n"
    )
    command = [sys.executable, "-B", "-c", code, str(notes), str(tmp_path / "deep" / "lessons")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert "cannot be written: File too large; nothing was imported" in run.stdout
    assert not (tmp_path / "deep").exists()
