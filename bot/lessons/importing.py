"""Notes on disk -> a lesson file beside the others, its pictures with it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.errors import NotesError
from bot.lessons.checks import wrong_with_picture
from bot.lessons.lesson import Lesson
from bot.lessons.nodes import UnreadableError, decode
from bot.lessons.notes import Unplaced, read_notes
from bot.lessons.yaml_text import to_yaml


@dataclass(frozen=True)
class Imported:
    """What an import made; `file` is None where nothing was written."""

    text: str
    lesson: Lesson
    unplaced: tuple[Unplaced, ...]
    file: Path | None

    @property
    def summary(self) -> str:
        return f"{len(self.lesson.entries)} entries, {len(self.lesson.scenarios)} scenarios"


def import_file(notes: Path, to: Path | None, lessons_dir: Path) -> Imported:
    """Write the lesson that these notes hold; by default beside the other lessons, under its title.

    `to` is the file to write, `-` writes none. Raises `NotesError` for notes without a lesson, and
    where a file would be overwritten: nothing is written then.
    """
    try:
        text = decode(notes.read_bytes())
    except UnreadableError as error:
        raise NotesError(f"{notes}: {error.what}") from error
    except OSError as error:
        raise NotesError(f"{notes} cannot be read: {error.strerror}") from error
    found = read_notes(text, has_picture=lambda path: wrong_with_picture(notes.parent, path) is None)
    lesson_text = to_yaml(found.lesson)
    if to == Path("-"):
        return Imported(lesson_text, found.lesson, found.unplaced, None)
    target = to or lessons_dir / f"{notes.stem}.yaml"
    copies = {notes.parent / path: target.parent / "images" / Path(path).name for path in found.pictures}
    for file in (target, *copies.values()):
        if file.exists():
            raise NotesError(f"{file} is there already; choose another with --to, or delete it first")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for original, copy in copies.items():
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(original, copy)
        target.write_text(lesson_text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise NotesError(f"{target} cannot be written: {error.strerror}") from error
    return Imported(lesson_text, found.lesson, found.unplaced, target)
