"""Writes and deletes several lesson files together: all of them, or none."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import ConflictError, EditError, LessonError, Problem
from bot.language.words import _
from bot.lessons.atomic_writing import put_in
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.loading import QUESTIONS
from bot.lessons.nodes import BOM, MAX_BYTES
from bot.lessons.pictures import IMAGES

# By the name of a file: the document that was read from it (None for a new file), and its new text (None to
# delete it).
FileChanges = Mapping[str, tuple[Document | None, str | None]]

_NAME = re.compile(r"[^\W_][\w .()+-]{0,90}\.ya?ml")
_FOLDER = re.compile(r"[^\W_][\w .()+-]{0,60}")
_LONGEST = 200
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def wrong_with_name(file: str) -> str | None:
    """Why a new lesson file may not have this name or be in this folder; None if it may."""
    *folders, name = file.split("/")
    if not _NAME.fullmatch(name) or _OF_WINDOWS.fullmatch(name) or " ." in name or len(file) > _LONGEST:
        return _("the file name must look like 'virtual-environments.yaml'")
    if any(map(_is_no_folder, folders)):
        return _("the folder's name must look like 'advanced-python'")
    if name.casefold() == QUESTIONS:
        return _("{file} is reserved for test questions", file=QUESTIONS)
    return None


def _is_no_folder(name: str) -> bool:
    return (
        name == IMAGES
        or not _FOLDER.fullmatch(name)
        or bool(_OF_WINDOWS.fullmatch(name))
        or name.endswith((" ", "."))
    )


def read_changes(changes: FileChanges) -> dict[str, Document | None]:
    """The new documents by file, None for deleted ones.

    Raises `LessonError` with the problems of all, `EditError` for an unsafe name."""
    new: dict[str, Document | None] = {}
    problems: list[Problem] = []
    for file, (before, text) in changes.items():
        if text is None:
            new[file] = None
            continue
        if before is None and (why := wrong_with_name(file)):
            shown = repr(file[:100])
            raise EditError(_("{file} cannot be a new lesson: {why}", file=shown, why=why))
        bom = BOM if before is not None and before.content.startswith(BOM) else b""
        try:
            new[file] = read_document(file, bom + text.encode(errors="surrogatepass"))
        except LessonError as error:
            problems += error.problems
    if problems:
        raise LessonError(problems)
    return new


def write_all(folder: Path, changes: FileChanges, new: Mapping[str, Document | None]) -> None:
    """Write or delete the files of `changes`; `new` is what `read_changes` returned for them.

    Raises `ConflictError` if a file was changed since, `EditError` if it cannot be written; the files that were
    written before it are restored then.
    """
    # Delete files last: until then, other files may still link to their entries.
    order = sorted(changes, key=lambda file: new[file] is None)
    for file in order:
        _refuse_conflict(folder, file, changes[file][0])
    written: list[str] = []
    try:
        for file in order:
            _write(folder, file, changes[file][0], new[file])
            written.append(file)
    except EditError as error:
        lost = _put_back(folder, written, changes, new)
        raise type(error)(f"{error}; {_outcome(written, lost)}") from error
    except BaseException:
        _put_back(folder, written, changes, new)
        raise


def _outcome(written: Sequence[str], lost: Sequence[str]) -> str:
    if lost:
        return _(
            "these files already contain the change and could not be changed back; tell the bot owner: {files}",
            files=", ".join(lost),
        )
    return _("all other files are as they were before") if written else _("nothing was changed")


def _refuse_conflict(folder: Path, file: str, before: Document | None) -> None:
    if before is None:
        if os.path.lexists(folder / file):  # a broken link is somebody's file, too
            raise _there_already(file)
        return
    try:
        now = read_file(folder, file, MAX_BYTES)
    except FileNotFoundError as error:
        what = _("someone else deleted {file}", file=file)
        raise ConflictError(what) from error
    except OSError as error:
        raise cannot_save(file, error) from error
    if now != before.content:
        raise ConflictError(_("someone else changed {file} at the same time; try again", file=file))


def _write(folder: Path, file: str, before: Document | None, after: Document | None) -> None:
    _refuse_conflict(folder, file, before)
    try:
        put_in(folder, file, after.content if after else None, is_new=before is None)
    except FileExistsError as error:
        raise _there_already(file) from error
    except OSError as error:
        raise cannot_save(file, error) from error


def _there_already(file: str) -> ConflictError:
    return ConflictError(_("{file} already exists", file=file))


def cannot_save(file: str, error: OSError) -> EditError:
    """That a file of the lessons folder could not be written, in words for moderators."""
    why = error.strerror or type(error).__name__
    return EditError(_("{file} cannot be saved: {why}", file=file, why=why))


def _put_back(
    folder: Path, written: Sequence[str], changes: FileChanges, new: Mapping[str, Document | None]
) -> list[str]:
    """Restore files that were written; returns those that failed. Skips files that somebody changed meanwhile."""
    lost = []
    for file in reversed(written):
        before, after = changes[file][0], new[file]
        try:
            if after is None or read_file(folder, file, MAX_BYTES) == after.content:
                put_in(folder, file, before.content if before else None, is_new=after is None)
        except (FileNotFoundError, FileExistsError):
            continue
        except OSError:
            lost.append(file)
    return lost
