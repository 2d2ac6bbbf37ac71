"""The one who changes lessons: keeps drafts, shows what they would do, publishes them, knows the history."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.curate.clash import Side, merge
from bot.curate.diff import Difference, difference
from bot.curate.draft import Draft, FieldProblem, draft_of, packed
from bot.curate.errors import ChangedError, GoneError, InvalidError
from bot.curate.history import history_of, only_part, settle, unseen
from bot.curate.ids import id_for
from bot.curate.impact import Impact, Replies, impact
from bot.curate.parts import ENTRY_FIELDS, Texts, home_of, part_in, texts_of, tidy
from bot.curate.preview import Preview, Sight, look, part_at, see
from bot.errors import ConflictError, EditError, LessonError
from bot.lessons.lesson import Scenario
from bot.lessons.library import Lessons, Library
from bot.lessons.publishing import Changes
from bot.store.drafts import DraftKind, KeptDraft
from bot.store.revisions import Kind, Revision
from bot.store.store import Store
from bot.tutor import Tutor

Clock = Callable[[], datetime]
T = TypeVar("T")

LONGEST_REASON = 500
LONGEST_NAME = 100


class Curator:
    """Changes of lessons by moderators. Call `recover` once before anything else."""

    def __init__(
        self, tutor: Tutor, library: Library, store: Store, clock: Clock = lambda: datetime.now(UTC)
    ) -> None:
        self._tutor = tutor
        self._library = library
        self._store = store
        self._clock = clock
        # One at a time reads what is there, writes, and says so in the history.
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        self._noted: Lessons | None = None
        self._asked: Replies | None = None

    async def recover(self) -> list[Revision]:
        """Bring the history into agreement with the files: what a kill left pending, and edits from outside."""
        return await self._whole(self._caught_up())

    async def note_outside(self) -> list[Revision]:
        """Record what was edited outside; the first time that a file is seen is no edit."""
        return await self._whole(self._caught_up())

    async def begin(  # noqa: PLR0913 -- a part or a file, and the texts of either
        self,
        kind: DraftKind,
        moderator: int,
        server: int,
        *,
        part: str = "",
        file: str = "",
        fields: Texts | None = None,
    ) -> Draft:
        """A new draft: to add to a file, or to change or remove a part. Raises `GoneError`."""
        await self._refresh()
        lessons = self._library.lessons
        if kind == "add":
            if file not in {each.file for each in lessons.documents}:
                raise GoneError(f"there is no lesson file {file}")
            part, begun = "", {}
        else:
            found = part_in(lessons, part)
            if found is None or isinstance(found, Scenario) != (kind == "scenario"):
                raise GoneError(f"'{part}' is no longer in the lessons")
            file, begun = home_of(lessons.documents, part) or "", texts_of(found)
        wanted = {} if kind == "remove" else begun or dict.fromkeys(ENTRY_FIELDS, "")
        kept = KeptDraft(
            moderator=moderator,
            server=server,
            kind=kind,
            file=file,
            part=part,
            fields=packed(wanted),
            base=_hash(lessons, file),
            begun=packed(begun),
            updated_at=self._clock(),
        )
        kept = await self._keep(kept)
        return await self.save(kept.id, fields) if fields else self._draft(kept)

    async def undo(self, revision_id: int, moderator: int, server: int) -> Draft:
        """A draft that makes a revision's part what it was before. Raises `GoneError`."""
        await self._refresh()
        revision = await self._store.revisions.find(revision_id)
        if revision is None or revision.state == "pending" or revision.kind == "baseline":
            raise GoneError("this revision is not in the history")
        was = await asyncio.to_thread(part_at, revision.file, revision.before, revision.part)
        if revision.part and part_in(self._library.lessons, revision.part) == was:
            raise GoneError("there is nothing left to undo")
        became = await asyncio.to_thread(part_at, revision.file, revision.after, revision.part)
        kept = KeptDraft(
            moderator=moderator,
            server=server,
            kind="undo",
            file=revision.file,
            part=revision.part,
            fields=packed(texts_of(was)),
            base=_hash(self._library.lessons, revision.file),
            begun=packed(texts_of(became)),
            updated_at=self._clock(),
            undoes=revision.id,
        )
        return self._draft(await self._keep(kept))

    async def save(self, draft_id: int, fields: Texts, reason: str | None = None) -> Draft:
        """Keep these texts, right or wrong; the fields not named stay. Raises `GoneError`."""
        kept = await self._kept(draft_id)
        draft = self._draft(kept)
        if not draft.removes:
            typed = {**draft.fields, **{field: tidy(field, text) for field, text in fields.items()}}
            kept = replace(kept, fields=packed(typed))
            if draft.kind == "add" and typed.get("question"):
                kept = replace(kept, part=await self._new_id(typed["question"]))
        if reason is not None:
            kept = replace(kept, reason=_line(reason, LONGEST_REASON))
        return self._draft(await self._keep(replace(kept, updated_at=self._clock())))

    async def find(self, draft_id: int) -> Draft | None:
        """The draft with this id, judged by the lessons as they are."""
        kept = await self._store.drafts.find(draft_id)
        return self._draft(kept) if kept else None

    async def drafts(self, moderator: int) -> list[Draft]:
        """What this moderator has begun, the latest first."""
        return [self._draft(each) for each in await self._store.drafts.of(moderator)]

    async def discard(self, draft_id: int) -> None:
        """Forget a draft; the lessons stay as they are."""
        await self._store.drafts.remove(draft_id)

    async def merge(self, draft_id: int, take: Mapping[str, Side] | None = None) -> Draft:
        """Let the draft go on from its part as it is now. Raises `GoneError`.

        Of a field that both changed it keeps its own text, unless `take` says theirs.
        """
        await self._refresh()
        kept = await self._kept(draft_id)
        draft, lessons = self._draft(kept), self._library.lessons
        theirs = texts_of(part_in(lessons, draft.part))
        fields = merge(draft.begun, draft.fields, theirs, take or {})
        file = home_of(lessons.documents, draft.part) or draft.file
        merged = replace(kept, fields=packed(fields), begun=packed(theirs), file=file, base=_hash(lessons, file))
        return self._draft(await self._keep(replace(merged, updated_at=self._clock())))

    async def preview(self, draft_id: int, questions: Sequence[str] = ()) -> Preview:
        """What publishing would do; `questions` are real ones, to be replayed too. Raises `GoneError`."""
        await self._refresh()
        known = self._tutor.known
        kept = await self._kept(draft_id)
        draft, sight = await self._sight(kept, known.lessons)
        found: Impact | None = None
        if sight.plan.files and not sight.problems:
            found = await asyncio.to_thread(impact, self._replies(), sight.plan.after, questions)
        rebased = not sight.clash and kept.base != _hash(known.lessons, draft.file)
        return await asyncio.to_thread(see, draft, known.lessons, sight, found, rebased=rebased)

    async def publish(
        self, draft_id: int, *, author: int, author_name: str, reason: str | None = None
    ) -> Revision:
        """Write the draft to its file, and to the history.

        Raises `GoneError`, `InvalidError`, `ChangedError`, or another `EditError` if the file cannot be
        written: nothing was changed then, and the draft is kept.
        """

        async def turn() -> Revision:
            await self._caught_up()
            kept = await self._kept(draft_id)
            draft, sight = await self._sight(kept, self._library.lessons)
            if sight.clash:
                raise ChangedError(sight.clash)
            if sight.problems:
                raise InvalidError(sight.problems)
            why = draft.reason if reason is None else reason
            *others, own = await self._rows(sight.plan.files, "edit", (author, author_name, why))
            own = replace(own, kind=draft.kind, part=draft.part, undoes=draft.undoes, draft=draft.id)
            rows = [*others, own]
            return (await self._write(rows, lambda: self._library.publish_all(sight.plan.files)))[-1]

        return await self._whole(turn())

    async def preview_files(
        self, changes: Changes, after: Lessons, questions: Sequence[str] = ()
    ) -> tuple[Difference, Impact]:
        """What an import would do; `after` are the lessons as it would make them."""
        texts = {file: (document.text if document else None, text) for file, (document, text) in changes.items()}
        replies = self._replies()
        found = await asyncio.to_thread(impact, replies, after, questions)
        return await asyncio.to_thread(difference, texts, replies.known.lessons, after), found

    async def publish_files(
        self,
        changes: Changes,
        write: Callable[[], object],
        *,
        author: int,
        author_name: str,
        reason: str = "",
    ) -> list[Revision]:
        """An import: `write` publishes these changes, all or none; each file gets its revision.

        Raises what `write` raises.
        """

        async def turn() -> list[Revision]:
            await self._caught_up()
            rows = await self._rows(changes, "import", (author, author_name, reason))
            return await self._write(rows, write)

        return await self._whole(turn())

    async def history(
        self, part: str | None = None, limit: int = 10, before_id: int | None = None
    ) -> list[Revision]:
        """The latest first: of all lessons, or of what changed one entry or scenario."""
        return list(await history_of(self._store, part, limit, before_id))

    async def revision(self, revision_id: int) -> Revision | None:
        """The revision with this id."""
        return await self._store.revisions.find(revision_id)

    def difference(self, revision: Revision) -> Difference:
        """What a revision changed. It reads the file twice: for a large one, not in the event loop."""
        return difference({revision.file: (revision.before, revision.after)})

    def _draft(self, kept: KeptDraft) -> Draft:
        return draft_of(kept, self._library.lessons, self._library.folder)

    def _replies(self) -> Replies:
        """What the lessons of now reply, kept until they are others: the second preview takes half as long."""
        if self._asked is None or self._asked.known is not self._tutor.known:
            self._asked = Replies(self._tutor.known, self._tutor.manner)
        return self._asked

    async def _kept(self, draft_id: int) -> KeptDraft:
        if kept := await self._store.drafts.find(draft_id):
            return kept
        became = await self._store.revisions.of_draft(draft_id)
        what = "was published already" if became else "was discarded"
        raise GoneError(f"this draft {what}", became)

    async def _keep(self, draft: KeptDraft) -> KeptDraft:
        if kept := await self._store.drafts.save(draft):
            return kept
        return await self._kept(draft.id)  # raises, as it was published or discarded meanwhile

    async def _new_id(self, question: str) -> str:
        # Also not the id of what was removed once: its history and its old buttons are another entry's.
        lessons = self._library.lessons
        taken = {*lessons.entries, *lessons.scenarios, *await self._store.revisions.parts()}
        return id_for(question, taken)

    async def _sight(self, kept: KeptDraft, lessons: Lessons) -> tuple[Draft, Sight]:
        if kept.kind == "add" and kept.part and part_in(lessons, kept.part):
            draft = draft_of(kept, lessons, self._library.folder)
            kept = await self._keep(replace(kept, part=await self._new_id(draft.fields["question"])))
        undone = await self._store.revisions.find(kept.undoes) if kept.undoes else None
        draft = await asyncio.to_thread(draft_of, kept, lessons, self._library.folder)
        sight = await asyncio.to_thread(look, draft, lessons, self._library.folder, undone=undone)
        if sight.clash:
            newest = await history_of(self._store, draft.part, 1, None)
            sight = replace(sight, clash=replace(sight.clash, by=newest[0] if newest else None))
        return draft, sight

    async def _refresh(self) -> None:
        """See what is on the disk now; the watcher needs a moment for that."""
        await self._whole(self._caught_up())

    async def _caught_up(self) -> list[Revision]:
        """In turn: settle what is pending, read the files, and record what nobody has recorded."""
        for each in await self._store.revisions.pending():
            await settle(self._store, self._library.folder, each)
        await asyncio.to_thread(self._library.reload)
        lessons = self._library.lessons
        if lessons is self._noted:
            return []
        new = await self._store.revisions.add(await unseen(self._store, lessons, self._clock()))
        self._noted = lessons
        return [each for each in new if each.kind != "baseline"]

    async def _rows(self, changes: Changes, kind: Kind, who: tuple[int, str, str]) -> list[Revision]:
        """A pending revision for each file that changes, by the author's id and name and their reason."""
        author, name, reason = who
        texts = {file: (old.text if old else None, new) for file, (old, new) in changes.items()}
        return [
            Revision(
                file=file,
                kind=kind,
                before=before,
                after=after,
                at=self._clock(),
                part=await asyncio.to_thread(only_part, file, before, after),
                author=author,
                author_name=_line(name, LONGEST_NAME),
                reason=_line(reason, LONGEST_REASON),
                state="pending",
            )
            for file, (before, after) in texts.items()
            if before != after
        ]

    async def _write(self, rows: Sequence[Revision], write: Callable[[], object]) -> list[Revision]:
        """In turn: say what is about to happen, let it happen, say that it did.

        Killed at any instant, the file still tells which of the two it was: `_caught_up` asks it.
        """
        pending = await self._store.revisions.add(rows)
        try:
            await asyncio.to_thread(write)
        except Exception as error:  # not for an end of the whole program: the thread may be writing still
            for each in pending:
                await settle(self._store, self._library.folder, each)
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
            return EditError(f"the file has a mistake from outside Discord; mend that first: {mistakes[0]}")
        return None

    async def _whole(self, work: Coroutine[Any, Any, T]) -> T:
        """Nothing is cancelled halfway: whoever does not wait for it any more does not stop it either."""

        async def turn() -> T:
            async with self._turn:
                return await work

        task = asyncio.ensure_future(turn())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)


def _hash(lessons: Lessons, file: str) -> str:
    text = next((each.text for each in lessons.documents if each.file == file), "")
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _line(text: str, longest: int) -> str:
    """One line that every database takes."""
    printable = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(printable.split())[:longest]
