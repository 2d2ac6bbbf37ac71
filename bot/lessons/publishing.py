"""Several lesson files written as one: all of them, or what was there before."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import ConflictError, EditError, LessonError, Problem
from bot.lessons.document import Document, read_document
from bot.lessons.loading import QUESTIONS
from bot.lessons.nodes import BOM
from bot.lessons.writing import create_file, replace_file

# The name of a file, the document that it was read from or None for a new one, and its new text.
Changes = Mapping[str, tuple[Document | None, str]]

_NAME = re.compile(r"[^\W_][\w .()+-]{0,90}\.ya?ml")
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def wrong_with_name(file: str) -> str | None:
    """Why no new lesson file may have this name; None if it may."""
    if not _NAME.fullmatch(file) or _OF_WINDOWS.fullmatch(file) or " ." in file:
        return "a lesson file is named like 'virtual-environments.yaml'"
    if file.casefold() == QUESTIONS:
        return f"{QUESTIONS} is for questions on the lessons"
    return None


def read_changes(changes: Changes) -> tuple[Document, ...]:
    """The new documents. Raises `LessonError` with the problems of all, `EditError` for an unsafe name."""
    new: list[Document] = []
    problems: list[Problem] = []
    for file, (before, text) in changes.items():
        if before is None and (what := wrong_with_name(file)):
            raise EditError(f"{file[:100]!r} cannot be a new lesson: {what}; nothing was changed")
        bom = BOM if before is not None and before.content.startswith(BOM) else b""
        try:
            new.append(read_document(file, bom + text.encode(errors="surrogatepass")))
        except LessonError as error:
            problems += error.problems
    if problems:
        raise LessonError(problems)
    return tuple(new)


def write_all(folder: Path, changes: Sequence[tuple[Document | None, Document]]) -> None:
    """Write each new document over the one before it, or where none is.

    Raises `ConflictError` if a file is not what it was, `EditError` if it cannot be written; those
    written before it are put back then.
    """
    for before, after in changes:
        _refuse_conflict(folder, before, after)
    written: list[tuple[Document | None, Document]] = []
    try:
        for before, after in changes:
            _write(folder, before, after)
            written.append((before, after))
    except EditError as error:
        lost = _put_back(folder, written)
        raise type(error)(f"{error}; {_outcome(written, lost)}") from error
    except BaseException:
        _put_back(folder, written)
        raise


def _outcome(written: Sequence[object], lost: Sequence[str]) -> str:
    if lost:
        return f"{', '.join(lost)} could not be put back and holds the new text"
    return "the files written before it were put back" if written else "nothing was changed"


def _refuse_conflict(folder: Path, before: Document | None, after: Document) -> None:
    path = folder / after.file
    if before is None:
        if os.path.lexists(path):  # a link to nowhere is somebody's, too
            raise ConflictError(f"{after.file} is there already")
        return
    try:
        now = path.read_bytes()
    except FileNotFoundError as error:
        raise ConflictError(f"{after.file} was deleted by somebody else meanwhile") from error
    except OSError as error:
        raise _cannot_write(after, error) from error
    if now != before.content:
        raise ConflictError(f"{after.file} was changed by somebody else meanwhile")


def _write(folder: Path, before: Document | None, after: Document) -> None:
    _refuse_conflict(folder, before, after)
    path = folder / after.file
    try:
        if before is None:
            create_file(path, after.content)
        else:
            replace_file(path, after.content)
    except FileExistsError as error:
        raise ConflictError(f"{after.file} is there already") from error
    except OSError as error:
        raise _cannot_write(after, error) from error


def _cannot_write(document: Document, error: OSError) -> EditError:
    return EditError(f"{document.file} cannot be written: {error.strerror or type(error).__name__}")


def _put_back(folder: Path, written: Sequence[tuple[Document | None, Document]]) -> list[str]:
    """The files that could not be put back; what somebody else wrote meanwhile is theirs."""
    lost = []
    for before, after in reversed(written):
        path = folder / after.file
        try:
            if path.read_bytes() != after.content:
                continue
            if before is None:
                path.unlink()
            else:
                replace_file(path, before.content)
        except FileNotFoundError:
            continue
        except OSError:
            lost.append(after.file)
    return lost
