"""The current lessons: loaded from a folder, watched, published whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.errors import ConflictError, EditError, LessonError, Problem
from bot.lessons.document import Document, read_document
from bot.lessons.lesson import Entry, Lesson, Scenario
from bot.lessons.loading import QUESTIONS, in_order, lesson_files, load, new_problems
from bot.lessons.nodes import BOM
from bot.lessons.watching import saves
from bot.lessons.writing import replace_file

__all__ = ["QUESTIONS", "Lessons", "Library", "lesson_files"]


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
    """A folder of lesson files and what they hold now. Made by `Library.open`.

    Whoever has to get ready for other lessons adds a function to `before_change`: it is called with
    them, in the thread that read them, before anybody else sees them.
    """

    folder: Path
    lessons: Lessons
    problems: tuple[Problem, ...] = ()
    before_change: list[Callable[[Lessons], None]] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Load every lesson. Raises `LessonError` with all problems of all files."""
        documents, problems = load(folder, {})
        if problems:
            raise LessonError(problems)
        return cls(folder, Lessons(documents))

    def reload(self) -> bool:
        """Read what changed on disk; True if the lessons are others now.

        A file that broke keeps its last good version, and `problems` says what is wrong with it.
        """
        with self._lock:
            before = self.lessons
            documents, problems = load(self.folder, {d.file: d for d in before.documents})
            self.problems = tuple(problems)
            if documents != before.documents:
                self._change(Lessons(documents))
            return self.lessons is not before

    async def watch(self) -> AsyncIterator[bool]:
        """Reload whenever a file of the folder is saved; yields what `reload` says."""
        async with contextlib.aclosing(saves(self.folder)) as turns:
            async for is_saved in turns:
                before = self.problems
                changed = await asyncio.to_thread(self.reload)
                if is_saved or changed or self.problems != before:
                    yield changed

    def publish(self, document: Document, text: str) -> Document:
        """Replace one lesson file by this text, at once and only if nobody else changed it.

        Raises `LessonError` if the text or its place in the library is wrong, `ConflictError` if the
        file is no longer what `document` was read from, `EditError` if it cannot be written. Nothing
        is changed then.
        """
        bom = BOM if document.content.startswith(BOM) else b""
        new = read_document(document.file, bom + text.encode(errors="surrogatepass"))
        with self._lock:
            before = {each.file: each for each in self.lessons.documents}
            now = {**before, new.file: new}
            if problems := new_problems(before, now, self.folder):
                raise LessonError(problems)
            path = self.folder / document.file
            try:
                if _now_in(path) != document.content:
                    raise ConflictError(f"{document.file} was changed by somebody else meanwhile")
                replace_file(path, new.content)
            except OSError as error:
                why = error.strerror or type(error).__name__
                raise EditError(f"{document.file} cannot be written: {why}; nothing was changed") from error
            self._change(Lessons(in_order(now)))
        return new

    def _change(self, lessons: Lessons) -> None:
        for prepare in self.before_change:
            prepare(lessons)
        self.lessons = lessons


def _now_in(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ConflictError(f"{path.name} was deleted by somebody else meanwhile") from error
