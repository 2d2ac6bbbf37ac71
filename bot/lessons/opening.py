"""Opens the lessons folder for the command line; the problems that are reported have full paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile

from bot.errors import LessonError, Problem, UserError
from bot.installation import typed_command
from bot.language.numbers import count
from bot.lessons.document import Document
from bot.lessons.library import Library, lesson_files
from bot.lessons.loading import unread_files

NAMED = 5  # at most so many files are named that may be meant as lessons


def open_library(
    folder: Path, last_good: Mapping[str, str | None] | None = None, *, subfolders: bool = True
) -> Library:
    """The library in this folder, as `Library.open` reads it. Raises `UserError` if nothing can be served."""
    require_lessons(folder, subfolders=subfolders)
    try:
        return Library.open(folder, last_good, subfolders=subfolders)
    except LessonError as error:
        raise LessonError(with_folder(folder, error.problems)) from None


def open_valid_library(folder: Path) -> Library:
    """The library in this folder, which must be free of errors. Raises `UserError`."""
    library = open_library(folder)
    if library.problems:
        raise LessonError(with_folder(folder, library.problems))
    return library


def require_lessons(folder: Path, *, subfolders: bool = True) -> None:
    """Raises `UserError` if the folder is missing, cannot be read, or contains no lesson files."""
    try:
        if folder.exists() and not folder.is_dir():
            raise UserError(f"LESSONS_DIR: {folder} is not a folder; name the folder of the lesson files")
        if not folder.is_dir():
            raise UserError(
                f"LESSONS_DIR: the folder {folder} does not exist (looked in {Path.cwd()}); go to the bot's "
                f"folder, or make one: {typed_command()} new FOLDER"
            )
        files = lesson_files(folder, subfolders=subfolders)
    except OSError as error:
        raise UserError(f"LESSONS_DIR {folder} cannot be read: {error.strerror}") from error
    if not files:
        unread = unread_files(folder, subfolders=subfolders)[:NAMED]
        near = ", ".join(each.relative_to(folder).as_posix() for each in unread)
        raise UserError(
            f"{folder} contains no lesson files (.yaml)" + (f"; these are not read: {near}" if near else "")
        )


def counted(documents: Sequence[Document]) -> str:
    """What these lesson files contain: `1 lesson, 2 entries, 0 scenarios`."""
    entries = sum(len(each.lesson.entries) for each in documents)
    scenarios = sum(len(each.lesson.scenarios) for each in documents)
    counts = (count(len(documents), "lesson"), count(entries, "entry", "entries"), count(scenarios, "scenario"))
    return ", ".join(counts)


def unwritable(folder: Path) -> str:
    """Why no file can be written in this folder; '' if one can."""
    try:
        with TemporaryFile(dir=folder, prefix=".lessonbot-", buffering=0) as file:
            file.write(bytes(4096))  # on a full disk, an empty file can still be created
            return ""
    except OSError as error:
        return error.strerror or str(error)


def with_folder(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """The problems with full paths, which terminals turn into links and editors can open."""
    return [replace(problem, file=str(folder / problem.file)) for problem in problems]
