"""Notes on disk -> a lesson file beside the others, its pictures with it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import NotesError
from bot.lessons.files import read_file, read_named
from bot.lessons.lesson import Lesson
from bot.lessons.loading import QUESTIONS, ids_in
from bot.lessons.nodes import MAX_BYTES, UnreadableError, decode
from bot.lessons.notes import Unplaced, read_notes
from bot.lessons.validation import MAX_PICTURE_BYTES, wrong_with_picture
from bot.lessons.writing import create_file
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
        entries, scenarios = len(self.lesson.entries), len(self.lesson.scenarios)
        return f"{entries} {'entry' if entries == 1 else 'entries'}, {scenarios} scenario{'s' * (scenarios != 1)}"


def import_file(notes: Path, to: Path | None, lessons_dir: Path) -> Imported:
    """Write the lesson that these notes hold; by default beside the other lessons, under its title.

    `to` is the file to write, `-` writes none. Its ids are others than those of the lessons beside it. Raises
    `NotesError` for notes without a lesson, and where a file would be overwritten: nothing is written then.
    """
    try:
        text = decode(read_named(notes, MAX_BYTES))
    except UnreadableError as error:
        raise NotesError(f"{notes}:{error.line}: {error.what}") from error
    except OSError as error:
        raise NotesError(f"{notes} cannot be read: {error.strerror}") from error
    is_printed = to == Path("-")
    target = lessons_dir / f"{notes.stem}.yaml" if to is None or is_printed else to
    found = read_notes(
        text,
        has_picture=lambda path: wrong_with_picture(notes.parent, path) is None,
        taken=_ids_beside(target),
    )
    lesson_text = to_yaml(found.lesson)
    if is_printed:
        return Imported(lesson_text, found.lesson, found.unplaced, None)
    if target.name == QUESTIONS:
        raise NotesError(f"{target} is reserved for test questions; choose another file name with --to")
    copies = {path: target.parent / "images" / Path(path).name for path in found.pictures}
    try:
        _write_all(target, lesson_text, notes.parent, copies)
    except FileExistsError as error:
        raise NotesError(
            f"{error.filename} already exists; choose another file name with --to, or delete it first"
        ) from error
    except OSError as error:
        raise NotesError(f"{target} cannot be saved: {error.strerror}; nothing was imported") from error
    return Imported(lesson_text, found.lesson, found.unplaced, target)


def _ids_beside(target: Path) -> set[str]:
    """Ids that the lesson may not have, as no two may be equal in a library."""
    try:
        return ids_in(target.parent)
    except OSError as error:
        raise NotesError(f"{target.parent} cannot be read: {error.strerror}; nothing was imported") from error


def _write_all(target: Path, text: str, folder: Path, copies: Mapping[str, Path]) -> None:
    """The pictures of the folder, then the lesson that needs them; what was made goes again if anything fails."""
    made: list[Path] = []
    try:
        for original, copy in copies.items():
            content = read_file(folder, original, MAX_PICTURE_BYTES)
            # Two lessons may show the same picture.
            if not (_size(copy) == len(content) and read_named(copy, len(content)) == content):
                _make_folder(copy.parent, made)
                create_file(copy, content)
                made.append(copy)
        _make_folder(target.parent, made)
        create_file(target, text.encode())
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):  # such as a folder that somebody put a file into meanwhile
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        made.append(each)
