"""Several lesson files written as one, or deleted: all of them, or what was there before."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import ConflictError, EditError, LessonError, Problem
from bot.language.words import _
from bot.lessons.atomic_writing import create_file, delete_file, replace_file
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.loading import QUESTIONS
from bot.lessons.nodes import BOM, MAX_BYTES

# The name of a file, the document that it was read from or None for a new one, and its new text or None
# for one that goes.
FileChanges = Mapping[str, tuple[Document | None, str | None]]

_NAME = re.compile(r"[^\W_][\w .()+-]{0,90}\.ya?ml")
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def wrong_with_name(file: str) -> str | None:
    """Why no new lesson file may have this name; None if it may."""
    if not _NAME.fullmatch(file) or _OF_WINDOWS.fullmatch(file) or " ." in file:
        return _("the file name must look like 'virtual-environments.yaml'")
    if file.casefold() == QUESTIONS:
        return _("{file} is reserved for test questions", file=QUESTIONS)
    return None


def read_changes(changes: FileChanges) -> dict[str, Document | None]:
    """The new documents. Raises `LessonError` with the problems of all, `EditError` for an unsafe name."""
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
    """Write what `read_changes` made of the changes: over what was there before, or where nothing was.

    Raises `ConflictError` if a file is not what it was, `EditError` if it cannot be written; those
    written before it are put back then.
    """
    # What goes goes last: until then its entries are there for whatever is related to them.
    order = sorted(changes, key=lambda file: new[file] is None)
    for file in order:
        _refuse_conflict(folder / file, changes[file][0])
    written: list[str] = []
    try:
        for file in order:
            _write(folder / file, changes[file][0], new[file])
            written.append(file)
    except EditError as error:
        lost = _put_back(folder, written, changes, new)
        raise type(error)(f"{error}; {_outcome(written, lost)}") from error
    except BaseException:
        _put_back(folder, written, changes, new)
        raise


def _outcome(written: Sequence[str], lost: Sequence[str]) -> str:
    if lost:
        return _("these files could not be restored and contain the change: {files}", files=", ".join(lost))
    return _("the files saved before it were restored") if written else _("nothing was changed")


def _refuse_conflict(path: Path, before: Document | None) -> None:
    if before is None:
        if os.path.lexists(path):  # a link to nowhere is somebody's, too
            raise _there_already(path)
        return
    try:
        now = read_file(path.parent, path.name, MAX_BYTES)
    except FileNotFoundError as error:
        what = _("someone else deleted {file}", file=path.name)
        raise ConflictError(what) from error
    except OSError as error:
        raise _cannot_write(path, error) from error
    if now != before.content:
        raise ConflictError(_("someone else changed {file}", file=path.name))


def _write(path: Path, before: Document | None, after: Document | None) -> None:
    _refuse_conflict(path, before)
    try:
        if after is None:
            delete_file(path)
        elif before is None:
            create_file(path, after.content)
        else:
            replace_file(path, after.content)
    except FileExistsError as error:
        raise _there_already(path) from error
    except OSError as error:
        raise _cannot_write(path, error) from error


def _there_already(path: Path) -> ConflictError:
    return ConflictError(_("{file} already exists", file=path.name))


def _cannot_write(path: Path, error: OSError) -> EditError:
    why = error.strerror or type(error).__name__
    return EditError(_("{file} cannot be saved: {why}", file=path.name, why=why))


def _put_back(
    folder: Path, written: Sequence[str], changes: FileChanges, new: Mapping[str, Document | None]
) -> list[str]:
    """The files that could not be put back; what somebody else wrote meanwhile is theirs."""
    lost = []
    for file in reversed(written):
        path, before, after = folder / file, changes[file][0], new[file]
        try:
            if after is None:
                assert before, "only what was there can go"
                create_file(path, before.content)
            elif read_file(folder, file, MAX_BYTES) != after.content:
                continue
            elif before is None:
                path.unlink()
            else:
                replace_file(path, before.content)
        except (FileNotFoundError, FileExistsError):
            continue
        except OSError:
            lost.append(file)
    return lost
