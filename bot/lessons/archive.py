"""Exports all lessons as one zip file, and imports an upload: `plan` changes nothing, `write_import` does."""

from __future__ import annotations

import logging
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from bot.errors import EditError
from bot.language.words import _, _n
from bot.lessons.document import Document
from bot.lessons.file_names import is_lesson, is_picture
from bot.lessons.files import read_file
from bot.lessons.lesson import changed_items, items_of
from bot.lessons.library import FileChanges, Lessons, Library
from bot.lessons.loading import QUESTIONS
from bot.lessons.nodes import MAX_BYTES, UnreadableError, decode
from bot.lessons.pictures import prepared, write_picture
from bot.lessons.publishing import read_changes
from bot.lessons.validation import MAX_PICTURE_BYTES, pictures_of, wrong_with_picture

__all__ = ["ImportPlan", "LessonChange", "compared", "export", "new_pictures", "plan", "write_import"]

log = logging.getLogger(__name__)

# Each is decoded and encoded again, which takes up to two seconds.
_MOST_NEW_PICTURES = 50


@dataclass(frozen=True)
class LessonChange:
    """What an upload does to one lesson file: the ids of its entries and scenarios."""

    file: str
    title: str
    state: Literal["new", "changed", "same"]
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an upload would change: `changes` for `publish_all`, and new pictures by their paths.

    `after` are the lessons after the import. `ignored` are files of the upload that it does not use.
    """

    lessons: tuple[LessonChange, ...]
    changes: FileChanges
    after: Lessons
    pictures: Mapping[str, bytes]
    ignored: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.pictures


def export(library: Library, *, pictures: bool = True) -> bytes:
    """A zip of the lessons being served, their pictures and questions.yaml; the same lessons, the same bytes."""
    documents = library.lessons.documents
    files = {document.file: document.content for document in documents}
    try:
        files[QUESTIONS] = read_file(library.folder, QUESTIONS, MAX_BYTES)
    except FileNotFoundError:
        pass
    except OSError as error:
        log.warning("%s is not exported: %s", QUESTIONS, error.strerror)
    for picture in _shown_in(documents) if pictures else ():
        if not wrong_with_picture(library.folder, picture):
            files[picture] = read_file(library.folder, picture, MAX_PICTURE_BYTES)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name)  # its date is 1980, not now
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def plan(library: Library, files: Mapping[str, bytes]) -> ImportPlan:
    """What these lessons and pictures of an upload would change. Raises `LessonError` or `EditError`."""
    lessons = library.lessons
    known = lessons.by_file
    texts = {file: _text(file, files[file]) for file in sorted(files) if is_lesson(file)}
    changes = {
        file: (known.get(file), text)
        for file, text in texts.items()
        if file not in known or known[file].text != text
    }
    for file, (before, __) in changes.items():
        if before is None and (library.folder / file).exists():
            what = _(
                "{file} already exists in the lessons folder, and the file there has errors; ask the "
                "bot owner to fix it or remove it first",
                file=file,
            )
            raise EditError(what)
    new = read_changes(changes)
    uploaded = {file: new.get(file) or known[file] for file in texts}
    pictures, unused = new_pictures(library.folder, files, uploaded.values())
    coming = {
        picture.file
        for document in uploaded.values()
        for __, picture in pictures_of(document.lesson)
        if posixpath.normpath(picture.file) in pictures
    }
    after = library.after(new, coming)
    others = [file for file in files if not is_lesson(file) and not is_picture(file)]
    found = tuple(compared(known.get(file), document) for file, document in uploaded.items())
    return ImportPlan(found, changes, after, pictures, tuple(sorted([*others, *unused])))


def _text(file: str, content: bytes) -> str:
    try:
        return decode(content)
    except UnreadableError as error:
        raise EditError(f"{file}:{error.line}: {error.what}") from error


def write_import(library: Library, planned: ImportPlan) -> tuple[Document, ...]:
    """Write a planned import: first the pictures, then the lessons that need them; all of it or nothing.

    Raises `ConflictError` if a lesson changed since, `EditError` if something cannot be written.
    """
    folder = library.folder
    made: list[Path] = []
    try:
        for file, content in planned.pictures.items():
            _write(folder, file, content, made)
        return library.publish_all(planned.changes)
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise


def _write(folder: Path, file: str, content: bytes, made: list[Path]) -> None:
    is_new = not (folder / file).exists()
    if not write_picture(folder, file, content):
        raise _taken(file)
    if is_new:
        made.append(folder / file)


def new_pictures(
    folder: Path, files: Mapping[str, bytes], documents: Iterable[Document]
) -> tuple[dict[str, bytes], list[str]]:
    """The pictures to add, encoded again, by path; and the paths of those that no lesson of the upload shows."""
    shown = _shown_in(documents)
    new: dict[str, bytes] = {}
    for file in sorted(shown & files.keys()):
        now = _now_in(folder, file)
        if now == files[file]:
            continue
        if len(new) == _MOST_NEW_PICTURES:
            few = _n(
                "the upload contains more than {count} new picture; split it",
                "the upload contains more than {count} new pictures; split it",
                _MOST_NEW_PICTURES,
            )
            raise EditError(few)
        try:
            drawn, __ = prepared(files[file], Path(file).suffix.lower())
        except EditError as error:
            raise EditError(f"{file}: {error}") from error
        if now is None:
            new[file] = drawn
        elif now != drawn:
            raise _taken(file)
    return new, [file for file in files if is_picture(file) and file not in shown]


def _shown_in(documents: Iterable[Document]) -> set[str]:
    """The pictures of these lessons, by their paths."""
    return {posixpath.normpath(each.file) for d in documents for __, each in pictures_of(d.lesson)}


def _now_in(folder: Path, file: str) -> bytes | None:
    try:
        return read_file(folder, file, MAX_PICTURE_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise EditError(_("{file} cannot be read: {why}", file=file, why=error.strerror)) from error


def _taken(file: str) -> EditError:
    return EditError(_("a different picture named {file} already exists; rename the one in the upload", file=file))


def compared(before: Document | None, after: Document) -> LessonChange:
    """What differs between two states of a lesson file."""
    title = after.lesson.lesson
    if before is after:
        return LessonChange(after.file, title, "same")
    items = changed_items(items_of(before.lesson if before else None), items_of(after.lesson))
    return LessonChange(
        after.file,
        title,
        "changed" if before else "new",
        added=tuple(id_ for id_, (old, __) in items.items() if old is None),
        changed=tuple(id_ for id_, (old, new) in items.items() if old and new),
        removed=tuple(id_ for id_, (__, new) in items.items() if new is None),
    )
