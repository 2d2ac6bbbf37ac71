"""The current lessons: loaded from a folder, watched, published whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.errors import EditError, LessonError, Problem
from bot.language.catalogues import ENGLISH
from bot.language.words import _, in_locale
from bot.lessons.document import Document
from bot.lessons.lesson import Entry, Item, Lesson, Scenario, items_of
from bot.lessons.loading import QUESTIONS, in_order, lesson_files, load, load_after, new_problems
from bot.lessons.publishing import FileChanges, read_changes, write_all
from bot.lessons.watching import Watch, saves

__all__ = ["QUESTIONS", "FileChanges", "Lessons", "Library", "lesson_files"]


@dataclass(frozen=True)
class Lessons:
    """Every lesson of the library at one moment; never changes, so readers never wait."""

    documents: tuple[Document, ...]

    @cached_property
    def by_file(self) -> Mapping[str, Document]:
        """Every document, by its file."""
        return {each.file: each for each in self.documents}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        return {entry.id: entry for document in self.documents for entry in document.lesson.entries}

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        return {each.id: each for document in self.documents for each in document.lesson.scenarios}

    @property
    def numbered_entries(self) -> list[tuple[Document, int, Entry]]:
        """Every entry with its document, and its number there."""
        return [(each, i, entry) for each in self.documents for i, entry in enumerate(each.lesson.entries)]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every entry and scenario, by its id."""
        return {**self.entries, **self.scenarios}

    def file_of(self, id_: str) -> str | None:
        """The file of an entry or a scenario; the first one, should several have its id."""
        return self._files.get(id_)

    @cached_property
    def _files(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for document in self.documents:
            for id_ in items_of(document.lesson):
                found.setdefault(id_, document.file)
        return found

    @cached_property
    def lesson_of(self) -> Mapping[str, Lesson]:
        """The lesson that contains an entry or a scenario, by its id."""
        found: dict[str, Lesson] = {}
        for document in self.documents:
            lesson = document.lesson
            found.update({entry.id: lesson for entry in lesson.entries})
            found.update({scenario.id: lesson for scenario in lesson.scenarios})
        return found

    @cached_property
    def never(self) -> Mapping[str, tuple[str, ...]]:
        """Questions that must not find an entry, by its id."""
        return {entry.id: entry.never for entry in self.entries.values() if entry.never}

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """The aliases of all lessons, by the words that they stand for."""
        merged: dict[str, tuple[str, ...]] = {}
        for document in self.documents:
            for words, others in document.lesson.aliases.items():
                merged[words] = tuple(dict.fromkeys((*merged.get(words, ()), *others)))
        return merged


@dataclass
class Library:
    """A folder of lesson files and what they hold now. Made by `Library.open`.

    Functions in `before_change` are called with the new lessons before these are served, in the thread that read
    them. Add one to prepare something for the new lessons. Without `subfolders`, only the folder itself is read.
    """

    folder: Path
    lessons: Lessons
    problems: tuple[Problem, ...] = ()
    subfolders: bool = True
    watch_by: Watch = "events"
    before_change: list[Callable[[Lessons], None]] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def open(
        cls, folder: Path, last_good: Mapping[str, str | None] | None = None, *, subfolders: bool = True
    ) -> Library:
        """Load every lesson that can be served; `problems` says what is wrong with the others.

        `last_good` are the texts, by file, that the bot served before a restart: they replace files that broke
        since then. Raises `LessonError` with all problems of all files if there is nothing to serve.
        """
        with in_locale(ENGLISH):
            documents, problems = load_after(folder, last_good or {}, subfolders=subfolders)
        if not documents:
            raise LessonError(problems)
        return cls(folder, Lessons(documents), tuple(problems), subfolders)

    def reload(self) -> bool:
        """Read what changed on disk; True if the lessons changed.

        A file that broke keeps its last good version or, without one, is left out. `problems` says what is wrong
        with it, in English: the same text goes to everybody.
        """
        with in_locale(ENGLISH), self._lock:
            before = self.lessons
            documents, problems = load(self.folder, before.by_file, subfolders=self.subfolders)
            self.problems = tuple(problems)
            if documents != before.documents:
                self._change(Lessons(documents))
            return self.lessons is not before

    async def watch(self) -> AsyncIterator[bool]:
        """Reload whenever a file of the folder is saved; yields what `reload` returns."""
        async with contextlib.aclosing(saves(self.folder, self.watch_by)) as turns:
            async for is_saved in turns:
                before = self.problems
                changed = await asyncio.to_thread(self.reload)
                if is_saved or changed or self.problems != before:
                    yield changed

    def publish(self, document: Document, text: str) -> Document:
        """Replace one lesson file with this text, atomically, and only if nobody else changed it.

        Raises `LessonError` if the text or its place in the library is wrong, `ConflictError` if the
        file is no longer what `document` was read from, `EditError` if it cannot be written. Nothing
        is changed then.
        """
        return self.publish_all({document.file: (document, text)})[0]

    def publish_all(self, changes: FileChanges) -> tuple[Document, ...]:
        """Publish several files: all of them, or none. Raises as `publish` does.

        Files without a new text are deleted; the documents of the others are returned. All are checked as one
        library before the first is written. If one cannot be written, the files before it are restored; the
        `EditError` names those that could not be restored.
        """
        new = read_changes(changes)
        with self._lock:
            lessons = self.after(new)
            write_all(self.folder, changes, new)
            if new:
                self._change(lessons)
        return tuple(each for each in new.values() if each)

    def after(self, new: Mapping[str, Document | None], pictures: Collection[str] = ()) -> Lessons:
        """The lessons as they would be with these documents (by file; None deletes it) and new pictures.

        Raises `LessonError` if they do not fit together, `EditError` if no lesson would be left. Changes nothing.
        """
        before = self.lessons.by_file
        now = {file: each for file, each in {**before, **new}.items() if each}
        if not now:
            raise EditError(_("this would remove the last lesson"))
        if problems := new_problems(before, now, self.folder, pictures):
            raise LessonError(problems)
        return Lessons(in_order(now))

    def _change(self, lessons: Lessons) -> None:
        for prepare in self.before_change:
            prepare(lessons)
        self.lessons = lessons
