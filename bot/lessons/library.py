"""The current lessons: loaded from a folder, watched, published whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tempfile
import threading
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from watchfiles import awatch

from bot.errors import ConflictError, EditError, LessonError, Problem
from bot.lessons.checks import problems_between
from bot.lessons.document import Document, read_document
from bot.lessons.lesson import Entry, Lesson, Scenario

log = logging.getLogger(__name__)

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Lessons:
    """Every lesson of the library at one moment; never changes, so readers never wait."""

    documents: tuple[Document, ...]

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        return {entry.id: entry for document in self.documents for entry in document.lesson.entries}

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        return {each.id: each for document in self.documents for each in document.lesson.scenarios}

    @cached_property
    def lesson_of(self) -> Mapping[str, Lesson]:
        """The lesson in which an entry or a scenario stands, by its id."""
        found: dict[str, Lesson] = {}
        for document in self.documents:
            lesson = document.lesson
            found.update({entry.id: lesson for entry in lesson.entries})
            found.update({scenario.id: lesson for scenario in lesson.scenarios})
        return found

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Words that mean the same in this library, by the words they stand for."""
        merged: dict[str, tuple[str, ...]] = {}
        for document in self.documents:
            for words, others in document.lesson.aliases.items():
                merged[words] = tuple(dict.fromkeys((*merged.get(words, ()), *others)))
        return merged


@dataclass
class Library:
    """A folder of lesson files and what they hold now. Made by `Library.open`."""

    folder: Path
    lessons: Lessons
    problems: tuple[Problem, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Load every lesson. Raises `LessonError` with all problems of all files."""
        lessons, problems = _load(folder, {})
        if problems:
            raise LessonError(problems)
        return cls(folder, lessons)

    def reload(self) -> bool:
        """Read what changed on disk; True if the lessons are others now.

        A file that broke keeps its last good version, and `problems` says what is wrong with it.
        """
        with self._lock:
            before = self.lessons
            lessons, problems = _load(self.folder, {d.file: d for d in before.documents})
            self.problems = tuple(problems)
            if lessons.documents != before.documents:
                self.lessons = lessons
            return self.lessons is not before

    async def watch(self) -> AsyncIterator[bool]:
        """Reload whenever a file of the folder is saved; yields what `reload` says."""
        while True:
            if self.folder.is_dir():
                with contextlib.suppress(OSError):  # the folder went away; wait for it below
                    async for _ in awatch(self.folder, debounce=300, step=50):
                        yield await asyncio.to_thread(self.reload)
                        if not self.folder.is_dir():
                            break
            await asyncio.sleep(1)

    def publish(self, document: Document, text: str) -> Document:
        """Replace one lesson file by this text, at once and only if nobody else changed it.

        Raises `LessonError` if the text or its place in the library is wrong, `ConflictError` if the
        file is no longer what `document` was read from, `EditError` if it cannot be written. Nothing
        is changed then.
        """
        bom = BOM if document.content.startswith(BOM) else b""
        new = read_document(document.file, bom + text.encode())
        with self._lock:
            now = {**{d.file: d for d in self.lessons.documents}, new.file: new}
            lessons = Lessons(tuple(now[file] for file in sorted(now)))
            if problems := problems_between(lessons.documents, self.folder):
                raise LessonError(problems)
            path = self.folder / document.file
            try:
                if path.read_bytes() != document.content:
                    raise ConflictError(f"{document.file} was changed by somebody else meanwhile")
                _write(path, new.content)
            except OSError as error:
                why = error.strerror or type(error).__name__
                raise EditError(f"{document.file} cannot be written: {why}; nothing was changed") from error
            self.lessons = lessons
        return new


def lesson_files(folder: Path) -> list[Path]:
    """The files that are lessons: YAML, right in the folder, not hidden."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in {".yaml", ".yml"} and not path.name.startswith(".") and path.is_file()
    )


def _load(folder: Path, known: Mapping[str, Document]) -> tuple[Lessons, list[Problem]]:
    documents: list[Document] = []
    problems: list[Problem] = []
    for path in lesson_files(folder):
        last_good = known.get(path.name)
        try:
            content = path.read_bytes()
            unchanged = last_good is not None and last_good.content == content
            document = last_good if unchanged else read_document(path.name, content)
        except OSError as error:
            problems.append(Problem(path.name, 1, "", f"cannot be read: {error.strerror}"))
            document = last_good
        except LessonError as error:
            problems.extend(error.problems)
            document = last_good
        if document is not None:
            documents.append(document)
    if not documents and not problems:
        problems.append(Problem(str(folder), 1, "", "holds no lesson; a lesson is a .yaml file"))
    between = problems_between(documents, folder)
    if between or not documents:
        documents = [known[file] for file in sorted(known)]
    return Lessons(tuple(documents)), problems + between


def _write(path: Path, content: bytes) -> None:
    """Old or new, never half: a reader, a crash or a full disk cannot see the file in between."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if os.name == "posix":  # Windows cannot open a folder, and needs not
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
