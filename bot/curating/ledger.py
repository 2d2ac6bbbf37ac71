"""The lesson files and their history, kept in agreement: one at a time reads, writes, and says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.curating.draft import FieldProblem
from bot.curating.errors import InvalidError
from bot.curating.reconciling import only_item, recover, settle, unseen
from bot.errors import ConflictError, EditError, LessonError
from bot.language.words import _
from bot.lessons.library import Lessons, Library
from bot.lessons.publishing import FileChanges
from bot.store.revisions import Kind, Revision
from bot.store.store import Store

Clock = Callable[[], datetime]
T = TypeVar("T")

LONGEST_REASON = 500
LONGEST_NAME = 100


class Ledger:
    """What is written to the files is written to the history as well, or neither."""

    def __init__(self, library: Library, store: Store, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self._library = library
        self._store = store
        self._clock = clock
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        self._noted: Lessons | None = None
        # Entered before files are written, and left after that: where they are committed to git, say.
        self.around: Callable[[Sequence[Revision]], AbstractAsyncContextManager[None]] = lambda rows: nullcontext()

    async def refresh(self) -> None:
        """See what is on the disk now; the watcher needs a moment for that."""
        await self.whole(self.caught_up())

    async def caught_up(self) -> list[Revision]:
        """In turn: settle what is pending, read the files, and record what nobody has recorded."""
        await recover(self._store, self._library.folder)
        await asyncio.to_thread(self._library.reload)
        lessons = self._library.lessons
        if lessons is self._noted:
            return []
        new = await self._store.revisions.add(await unseen(self._store, lessons, self._clock()))
        self._noted = lessons
        return [each for each in new if each.kind != "baseline"]

    async def rows(self, changes: FileChanges, kind: Kind, who: tuple[int, str, str]) -> list[Revision]:
        """A pending revision for each file that changes, by the author's id and name and their reason."""
        author, name, reason = who
        at = self._clock()  # of all of them: what has one moment was done in one go
        texts = {file: (old.text if old else None, new) for file, (old, new) in changes.items()}
        return [
            Revision(
                file=file,
                kind=kind,
                before=before,
                after=after,
                at=at,
                part=await asyncio.to_thread(only_item, file, before, after),
                author=author,
                author_name=one_line(name, LONGEST_NAME),
                reason=one_line(reason, LONGEST_REASON),
                state="pending",
            )
            for file, (before, after) in texts.items()
            if before != after
        ]

    async def write(self, rows: Sequence[Revision], write: Callable[[], object]) -> list[Revision]:
        """In turn: say what is about to happen, let it happen, say that it did.

        Killed at any instant, the file still tells which of the two it was: `caught_up` asks it.
        """
        async with self.around(rows):
            return await self._written(rows, write)

    async def _written(self, rows: Sequence[Revision], write: Callable[[], object]) -> list[Revision]:
        pending = await self._store.revisions.add(rows)
        try:
            await asyncio.to_thread(write)
        except Exception as error:  # not for an end of the whole program: the thread may be writing still
            await settle(self._store, self._library.folder, pending)
            if broken := self._broken_outside(error, rows):
                raise broken from error
            raise
        for each in pending:
            await self._store.revisions.settle(each.id)
        return [replace(each, state="published") for each in pending]

    def _broken_outside(self, error: Exception, rows: Sequence[Revision]) -> EditError | None:
        """What to say of a file that differs from the lessons because it holds a mistake by hand."""
        if isinstance(error, LessonError):
            return InvalidError([FieldProblem("", str(each)) for each in error.problems])
        files = {row.file for row in rows}
        mistakes = [each for each in self._library.problems if each.file in files]
        if isinstance(error, ConflictError) and mistakes:
            what = mistakes[0]
            return EditError(
                _("the lesson file has an error that was made outside Discord; fix it first: {what}", what=what)
            )
        return None

    async def whole(self, work: Coroutine[Any, Any, T]) -> T:
        """Nothing is cancelled halfway: whoever does not wait for it any more does not stop it either."""

        async def turn() -> T:
            async with self._turn:
                return await work

        task = asyncio.ensure_future(turn())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)


def one_line(text: str, longest: int) -> str:
    """One line that every database takes."""
    printable = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(printable.split())[:longest]
