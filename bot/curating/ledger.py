"""The lesson files and their history: both are written, or neither; one writer at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

from bot.clock import Clock
from bot.curating.diff import item_at
from bot.curating.errors import InvalidError
from bot.curating.item_lines import lines_around
from bot.curating.items import FieldProblem
from bot.curating.mirror import Mirror
from bot.curating.reconciling import (
    finish_interrupted,
    only_item,
    resolve_pending,
    source_revisions,
    unrecorded,
)
from bot.errors import ConflictError, EditError, LessonError, StoreFailingError, UnrecordedError
from bot.language.words import _
from bot.lessons.intake.kept_texts import kept_texts
from bot.lessons.library import Lessons, Library
from bot.lessons.publishing import FileChanges
from bot.store.revisions import Kind, Revision
from bot.store.store import Store

# The revisions of the files to write, and a function that writes these files.
Prepared = tuple[list[Revision], Callable[[], object]]

LONGEST_REASON = 500
LONGEST_NAME = 100
AT_ONCE = 20  # revisions that are read at a time when searching for those of one item

log = logging.getLogger(__name__)


class Ledger:
    """Publishes files with their revisions, and records what was edited outside Discord."""

    def __init__(self, library: Library, store: Store, clock: Clock) -> None:
        self._library = library
        self._store = store
        self._clock = clock
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[list[Revision]]] = set()
        self._recorded: Lessons | None = None
        # Called when a publish has to be recorded late, and when it was: members may wait for its answer.
        self.on_late_record: Callable[[], None] = lambda: None
        # Set where other machines publish lessons, too.
        self.mirror: Mirror | None = None
        # Entered before files are written, and left once they are recorded: `Committing` makes git commits there.
        # It gets their revisions and the name of their author; other files written with them go into its list.
        self.publish_hook: Callable[[Sequence[Revision], str], AbstractAsyncContextManager[list[str]]] = (
            lambda revisions, author_name: nullcontext([])
        )

    async def reconcile(self) -> list[Revision]:
        """Make the history agree with the files, and return the edits that were made outside Discord.

        Call this before lessons are compared: the watcher notices an edit only a moment after it is on the disk.
        """
        return await self.uninterrupted(self._reconcile)

    async def publish(
        self, prepare: Callable[[], Awaitable[Prepared]], author_name: str, pictures: Collection[str] = ()
    ) -> list[Revision]:
        """Write files and record that, or neither. `prepare` is called once the history agrees with the files.

        `pictures` are those that are written with them.
        Raises `UnrecordedError` if the files are written, but the database fails before it has recorded that.

        If the bot is killed in between, `reconcile` finds out from the files whether they were written.
        """

        async def publish() -> list[Revision]:
            await self._reconcile()
            revisions, write = await prepare()
            async with self.publish_hook(revisions, author_name) as beside:
                beside.extend(pictures)
                return await self._write(revisions, write, beside)

        return await self.uninterrupted(publish)

    async def pending_revisions(
        self, changes: FileChanges, kind: Kind, who: tuple[int, str, str]
    ) -> list[Revision]:
        """A pending revision for each file that changes. `who` is the author's id, name, and reason."""
        author, name, reason = who
        at = self._clock()  # the same for all: it shows which revisions were published together
        texts = {file: (old.text if old else None, new) for file, (old, new) in changes.items()}
        return [
            Revision(
                file=file,
                kind=kind,
                before=before,
                after=after,
                at=at,
                item_id=await asyncio.to_thread(only_item, file, before, after),
                author=author,
                author_name=storable_line(name, LONGEST_NAME),
                reason=storable_line(reason, LONGEST_REASON),
                state="pending",
            )
            for file, (before, after) in texts.items()
            if before != after
        ]

    async def history(
        self, item_id: str | None = None, limit: int = 10, before_id: int | None = None
    ) -> list[Revision]:
        """The latest revisions first; for one item, also those that changed it together with others."""
        if item_id is None:
            return await self._store.revisions.published(limit, before_id)
        found: list[Revision] = []
        while True:
            some = await self._store.revisions.published(AT_ONCE, before_id)
            found += [each for each in some if await asyncio.to_thread(_changes, each, item_id)]
            if len(found) >= limit or len(some) < AT_ONCE:
                return found[:limit]
            before_id = some[-1].id

    async def last_change_of(self, *files: str) -> Revision | None:
        """The latest revision of any of these files."""
        return next(iter(await self._store.revisions.published(limit=1, files=files)), None)

    async def _reconcile(self) -> list[Revision]:
        if await finish_interrupted(self._store, self._library.folder):
            self.on_late_record()
        if self.mirror:
            await self.mirror.catch_up()
        await asyncio.to_thread(self._library.reload)
        lessons = self._library.lessons
        if lessons is self._recorded or (self.mirror and self.mirror.is_copy):
            return []
        unknown = await unrecorded(self._store, lessons, self._library.folder, self._clock())
        if self.mirror:
            await self.mirror.save_pictures(lessons)
        new = await self._store.revisions.add(unknown)
        self._recorded = lessons
        if self.mirror:
            await self.mirror.note()
        return [each for each in new if each.kind not in ("baseline", "source")]

    async def _write(
        self, revisions: Sequence[Revision], write: Callable[[], object], beside: list[str]
    ) -> list[Revision]:
        """Write and record the files. Those of `.imported/` that were changed with them are added to `beside`."""
        folder = self._library.folder
        before = await asyncio.to_thread(kept_texts, folder)
        pending = await self._store.revisions.add(revisions)
        try:
            await asyncio.to_thread(write)
        except Exception as error:  # not BaseException: when the program ends, the thread may still be writing
            await resolve_pending(self._store, folder, pending)
            if broken := self._broken_outside(error, revisions):
                raise broken from error
            raise
        at = revisions[0].at if revisions else self._clock()
        sources = source_revisions(before, await asyncio.to_thread(kept_texts, folder), at)
        beside += [each.file for each in sources]
        try:
            if self.mirror:
                await self.mirror.save_pictures(self._library.lessons)
            for each in pending:
                await self._store.revisions.commit(each.id)
            await self._store.revisions.add(sources)
            if self.mirror:
                await self.mirror.note()
        except StoreFailingError as error:  # `_reconcile` records it later
            self.on_late_record()
            raise UnrecordedError(str(error)) from error
        return [replace(each, state="published") for each in pending]

    def _broken_outside(self, error: Exception, revisions: Sequence[Revision]) -> EditError | None:
        """The error for a file that could not be replaced because of a mistake made by hand in it; else None."""
        if isinstance(error, LessonError):
            return InvalidError([FieldProblem("", str(each)) for each in error.problems])
        files = {each.file for each in revisions}
        mistakes = [each for each in self._library.problems if each.file in files]
        if isinstance(error, ConflictError) and mistakes:
            what = mistakes[0]
            return EditError(
                _(
                    "the lesson file has an error that must be fixed in the file first; ask the bot owner: {what}",
                    what=what,
                )
            )
        return None

    async def finish(self) -> None:
        """Wait until everything is published that is under way."""
        while self._running:
            await asyncio.wait(self._running)

    async def uninterrupted(self, work: Callable[[], Awaitable[list[Revision]]]) -> list[Revision]:
        """Do this work after all other such work. It goes on even if the task that waits for it is cancelled."""

        async def in_turn() -> list[Revision]:
            done: list[Revision] | None = None
            try:
                async with self._turn, self._store.publishing_alone():
                    done = await work()
            except StoreFailingError as error:
                if done is None:
                    raise
                log.warning("the database dropped the publishing lock, but the publish is saved: %s", error)
            return done

        task = asyncio.create_task(in_turn())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)


def _changes(revision: Revision, item_id: str) -> bool:
    """Whether a revision changed this entry or scenario."""
    if revision.item_id == item_id:
        return True
    before, after = (lines_around(text or "", item_id) for text in (revision.before, revision.after))
    if before == after and before is not None:  # saves parsing two whole files
        return False
    return item_at(revision.file, revision.before, item_id) != item_at(revision.file, revision.after, item_id)


def storable_line(text: str, longest: int) -> str:
    """The text as one line of at most `longest` characters that every database accepts."""
    printable = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(printable.split())[:longest]
