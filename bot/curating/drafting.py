"""Drafts: begin, save, merge, discard, expire."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from bot.clock import Clock
from bot.curating import beginning
from bot.curating.clash import Side, merge
from bot.curating.diff import item_at
from bot.curating.draft import Draft, draft_of, is_asked_as, is_untouched, packed, upload_in
from bot.curating.errors import GoneError, NotYoursError
from bot.curating.file_contents import files_digest, lesson_in_file, text_in_file, texts_digest
from bot.curating.items import Texts, texts_of, tidy
from bot.curating.ledger import LONGEST_REASON, Ledger, storable_line
from bot.curating.lesson_texts import lesson_texts
from bot.curating.uploads import Uploads
from bot.lessons.document import course_of
from bot.lessons.ids import file_name, id_for
from bot.lessons.library import Library
from bot.lessons.loading import lesson_names
from bot.store.drafts import DraftKind, StoredDraft
from bot.store.revisions import Revision
from bot.store.store import Store

# A draft that nobody typed into is soon deleted; typed texts are worth keeping.
UNTOUCHED_RETENTION = timedelta(days=1)
RETENTION = timedelta(days=90)


class Drafting:
    """The drafts of all moderators."""

    def __init__(self, ledger: Ledger, library: Library, store: Store, clock: Clock) -> None:
        self._ledger = ledger
        self._library = library
        self._store = store
        self._clock = clock
        self._uploads = Uploads(store, library.folder)
        # Called when a draft is begun: the task that deletes old drafts rests while there is none.
        self.wake: Callable[[], None] = lambda: None

    async def begin(  # noqa: PLR0913 -- an item or a file, and the texts of either
        self,
        kind: DraftKind,
        moderator: int,
        server: int,
        *,
        item_id: str = "",
        file: str = "",
        fields: Texts | None = None,
        other: str = "",
        pictures: Sequence[str] = (),
        resume: bool = False,
        since: Texts | None = None,
    ) -> Draft:
        """Begin a draft that adds an item to a file, or changes or removes one. `fields` fill its form.

        With `resume`, the moderator's unpublished draft of the same, or with the same `fields` in its form, is
        returned if they typed something into it.
        `since` are the texts that `fields` were made from, where the item may have changed since.
        `other` is the file that an entry is moved into, the entry that is merged into the item, or the question
        that the draft comes from. `pictures` are those that its form offers.
        Raises `GoneError`.
        """
        if resume and not fields and (left := await self._unfinished(kind, moderator, server, item_id or file)):
            return left
        await self._ledger.reconcile()
        lessons = self._library.lessons
        typed = {field: tidy(field, text) for field, text in (fields or {}).items()}
        match kind:
            case "add":
                question = typed.get("question")
                start = beginning.new_entry(lessons, file, await self.new_id(question) if question else "", typed)
            case "new":
                start = beginning.new_lesson(self.new_file(typed), typed)
            case "lesson":
                start = beginning.changed_lesson(lessons, file, typed)
            case "scenario":
                start = beginning.changed_scenario(lessons, item_id, typed)
            case "remove":
                start = beginning.removed_entry(lessons, item_id)
            case "merge":
                start = beginning.merged_entry(lessons, item_id, other)
            case _:
                start = beginning.changed_entry(lessons, item_id, typed)
        new = StoredDraft(
            moderator=moderator,
            server=server,
            kind=kind,
            file=start.file,
            item_id=start.item_id,
            fields=packed(start.fields, other=start.absorbed or other, pictures=pictures),
            base=files_digest(lessons, start.file),
            begun=packed({**start.begun, **(since or {})}),
            updated_at=self._clock(),
        )
        if resume and fields and (left := await self._unfinished_from(new)):
            return left
        return await self._begun(new)

    async def undo(self, revision_id: int, moderator: int, server: int, *, together: bool = False) -> Draft:
        """Begin a draft that undoes a revision: its item or file becomes what it was before. Raises `GoneError`.

        `together` also undoes the other files of an import, or of edits by hand that were seen at once. Those of
        any other change are undone in any case.
        """
        await self._ledger.reconcile()
        revision = await self._store.revisions.find(revision_id)
        if revision is None or revision.state == "pending" or revision.kind in ("baseline", "source"):
            raise GoneError("this revision is not in the history")
        lessons = self._library.lessons
        # Undoing half of a move would leave an entry twice, or nowhere; of a removal, without the links to it.
        origin, __ = await self._store.revisions.origin(revision)
        together = together or origin.kind not in ("import", "outside")
        undone = await self._store.revisions.together(revision) if together else [revision]
        file = revision.file if len(undone) == 1 else ""
        if revision.item_id and file:
            was = await asyncio.to_thread(item_at, revision.file, revision.before, revision.item_id)
            became = await asyncio.to_thread(item_at, revision.file, revision.after, revision.item_id)
            is_undone = lessons.items.get(revision.item_id) == was
            base = files_digest(lessons, revision.file)
        else:
            was = became = None
            is_undone = all(text_in_file(lessons, each.file) == each.before for each in undone)
            base = texts_digest(each.after for each in undone)
        if is_undone:
            raise GoneError("there is nothing left to undo")
        kept = StoredDraft(
            moderator=moderator,
            server=server,
            kind="undo",
            file=file,
            item_id=revision.item_id if file else "",
            fields=packed(texts_of(was)),
            base=base,
            begun=packed(texts_of(became)),
            updated_at=self._clock(),
            undoes=revision.id,
        )
        return await self._begun(kept)

    async def save(self, draft_id: int, fields: Texts, reason: str | None = None) -> Draft:
        """As `save_into`, for the draft with this id. Raises `GoneError`."""
        return await self.save_into(await self.kept(draft_id), fields, reason)

    async def save_into(
        self,
        kept: StoredDraft,
        fields: Texts,
        reason: str | None,
        *,
        file: str | None = None,
        without_picture: bool = False,
    ) -> Draft:
        """Save these texts, valid or not; other fields stay as they are. Raises `GoneError`.

        With a `file`, a new entry goes into that lesson. Where its question no longer says what was asked, that
        becomes a phrasing.
        """
        draft, changed = self.judged(kept), kept
        if not draft.removes:
            typed = {**draft.fields, **{field: tidy(field, text) for field, text in fields.items()}}
            if without_picture:
                typed[draft.picture_field] = ""
            is_reworded = draft.fields.get("question") != typed.get("question")
            if draft.asked and is_reworded and not is_asked_as(draft.asked, typed):
                typed["phrasings"] = "\n".join(filter(None, (typed.get("phrasings"), draft.asked)))
            changed = replace(kept, fields=packed(typed, draft.upload, draft.other, draft.pictures))
            if file and draft.kind == "add" and file in self._library.lessons.by_file:
                changed = replace(changed, file=file, base=files_digest(self._library.lessons, file))
            if draft.kind == "new":
                changed = replace(changed, file=self.new_file(typed))
            if draft.kind == "add" and typed.get("question"):
                changed = replace(changed, item_id=await self.new_id(typed["question"]))
        if reason is not None:
            changed = replace(changed, reason=storable_line(reason, LONGEST_REASON))
        return await self._changed(draft, changed)

    async def only_once(self, draft: Draft) -> Draft:
        """The draft; or the moderator's earlier draft that says the same, and then this one is deleted."""
        kept = await self.kept(draft.id)
        for each in await self._store.drafts.of(kept.moderator):
            same = replace(kept, id=each.id, base=each.base, updated_at=each.updated_at)
            if each.id != kept.id and each == same:
                await self.discard(kept.id)
                return self.judged(each)
        return draft

    async def leave_out(self, draft_id: int) -> Draft:
        """It no longer comes from a question. Raises `GoneError`."""
        kept = await self.kept(draft_id)
        draft = self.judged(kept)
        texts = packed(draft.fields, draft.upload, "" if draft.asked else draft.other, draft.pictures)
        return await self._changed(draft, replace(kept, fields=texts))

    async def picture(self, draft_id: int, content: bytes, alt: str) -> Draft:
        """Make an upload the picture of the draft's entry or scenario. Raises `GoneError`, `EditError`."""
        hint = (await self.kept(draft_id)).item_id
        async with self._uploads.added(hint, content) as (file, upload):
            kept = await self.kept(draft_id)
            draft = self.judged(kept)
            shown = {**draft.fields, draft.picture_field: file, "alt": tidy("alt", alt)}
            texts = packed(shown, upload, draft.other, draft.pictures)
            await self.keep(replace(kept, fields=texts, updated_at=self._clock()))
        if draft.upload != upload:
            await self._uploads.drop(draft.upload)
        return self.judged(await self.kept(draft_id))

    async def find(self, draft_id: int) -> Draft | None:
        """The draft with this id, checked against the current lessons; None if there is none."""
        kept = await self._store.drafts.find(draft_id)
        return self.judged(kept) if kept else None

    async def own(self, draft_id: int, moderator: int, server: int | None) -> Draft:
        """As `find`, for the moderator who began it, in the same server. Raises `GoneError`, `NotYoursError`."""
        return self.judged(await self.own_kept(draft_id, moderator, server))

    async def of(self, moderator: int) -> list[Draft]:
        """The drafts of this moderator, the latest first."""
        return [self.judged(each) for each in await self._store.drafts.of(moderator)]

    async def beside(self, kept: StoredDraft) -> tuple[int, ...]:
        """The other moderators who have a draft of the same, unless they only opened its form."""
        theirs = await self._store.drafts.beside(kept)
        return tuple(dict.fromkeys(each.moderator for each in theirs if not each.untouched))

    async def discard(self, draft_id: int) -> None:
        """Delete a draft and the picture that was uploaded for it. The lessons stay as they are."""
        if gone := await self._store.drafts.remove(draft_id):
            await self._uploads.drop(upload_in(gone))

    async def forget(self, moderator: int) -> int:
        """Delete all drafts of this moderator and return how many there were."""
        begun = await self._store.drafts.of(moderator)
        for draft in begun:
            await self.discard(draft.id)
        return len(begun)

    async def expire(self) -> bool:
        """Delete abandoned drafts, unless the clock jumped. Returns whether other drafts are left."""
        now = self._clock()
        is_steady = await self._store.clock.check(now)
        for each in await self._store.drafts.idle(now - UNTOUCHED_RETENTION) if is_steady else ():
            is_old = each.updated_at <= now - RETENTION or each.untouched
            # `remove` leaves it if somebody has just saved it again.
            if is_old and (gone := await self._store.drafts.remove(each.id, each.updated_at)):
                await self._uploads.drop(upload_in(gone))
        return await self._store.drafts.any()

    async def merge(self, draft_id: int, take: Mapping[str, Side] | None = None) -> Draft:
        """Base the draft on its entry, scenario or lesson as it is now. Raises `GoneError`.

        A field that both changed keeps the draft's text, unless `take` says theirs. A lesson or a scenario that
        was removed comes back with all that was in it.
        """
        await self._ledger.reconcile()
        kept = await self.kept(draft_id)
        draft, lessons = self.judged(kept), self._library.lessons
        if draft.of_files:  # it has no fields: the moderator saw the newer changes, and chose to lose them
            files = [each.file for each in await self.undone(kept)]
            return self.judged(await self.keep(replace(kept, base=files_digest(lessons, *files))))
        if draft.of_lesson:
            theirs = lesson_texts(lesson_in_file(lessons, draft.file))
        else:
            theirs = texts_of(lessons.items.get(draft.item_id))
        fields = merge(draft.begun, draft.fields, theirs, take or {})
        file = lessons.file_of(draft.item_id) or draft.file
        texts = packed(fields, draft.upload, draft.other, draft.pictures)
        merged = replace(kept, fields=texts, begun=packed(theirs), file=file, base=files_digest(lessons, file))
        if not theirs and (removal := await self._removal(draft)):
            merged = replace(merged, undoes=removal.id)
        return await self._changed(draft, merged)

    async def _removal(self, draft: Draft) -> Revision | None:
        """The revision that removed the lesson or the scenario of a draft, whose texts are not all of it."""
        if draft.kind == "scenario":
            return next(iter(await self._ledger.history(draft.item_id, 1)), None)
        is_there = draft.file in self._library.lessons.by_file
        return None if is_there else await self._ledger.last_change_of(draft.file)

    def judged(self, kept: StoredDraft) -> Draft:
        return draft_of(kept, self._library.lessons, self._library.folder, self.today)

    @property
    def today(self) -> date:
        return self._clock().date()

    async def kept(self, draft_id: int) -> StoredDraft:
        if kept := await self._store.drafts.find(draft_id):
            return kept
        became = await self._store.revisions.of_draft(draft_id)
        what = "was published already" if became else "was discarded"
        raise GoneError(f"this draft {what}", became)

    async def own_kept(self, draft_id: int, moderator: int, server: int | None) -> StoredDraft:
        """As `own`, as it is stored."""
        kept = await self.kept(draft_id)
        if (kept.moderator, kept.server) != (moderator, server):
            raise NotYoursError("another moderator began this draft, or it was begun in another server")
        return kept

    async def _unfinished(self, kind: DraftKind, moderator: int, server: int, about: str) -> Draft | None:
        """The moderator's draft of this item or file that they typed into; '' is a new one in any file."""
        for draft in await self.of(moderator):
            its_own = draft.file if draft.kind in ("add", "lesson") else draft.item_id
            is_about = its_own == about or (kind == "add" and not about)
            if is_about and (draft.kind, draft.server) == (kind, server) and not draft.untouched:
                return draft
        return None

    async def _unfinished_from(self, new: StoredDraft) -> Draft | None:
        """The moderator's draft that began as this new one, and into which they typed."""
        for each in await self._store.drafts.of(new.moderator):
            begun = (each.kind, each.server, each.begun) == (new.kind, new.server, new.begun)
            if begun and not each.untouched:
                return self.judged(each)
        return None

    async def _begun(self, new: StoredDraft) -> Draft:
        """Save a new draft; or return the moderator's equal draft into which nothing was typed."""
        new = replace(new, untouched=is_untouched(new))
        for each in await self._store.drafts.of(new.moderator):
            is_same = replace(each, id=0, base=new.base, updated_at=new.updated_at) == new
            # A form of it may still be open: both forms then save into one draft, and nothing typed is lost.
            if is_same and (again := await self._store.drafts.save(replace(new, id=each.id))):
                return self.judged(again)
        kept = await self.keep(new)
        self.wake()
        return self.judged(kept)

    async def _changed(self, before: Draft, now: StoredDraft) -> Draft:
        """Save the draft, and delete an uploaded picture that it no longer shows."""
        draft = self.judged(await self.keep(replace(now, updated_at=self._clock())))
        if before.upload != draft.upload:
            await self._uploads.drop(before.upload)
        return draft

    async def keep(self, draft: StoredDraft) -> StoredDraft:
        if kept := await self._store.drafts.save(replace(draft, untouched=is_untouched(draft))):
            return kept
        return await self.kept(draft.id)  # raises `GoneError`: it was published or discarded meanwhile

    async def new_id(self, question: str) -> str:
        # Not the id of a removed entry either: its history and its old buttons belong to that entry.
        lessons = self._library.lessons
        taken = {*lessons.entries, *lessons.scenarios, *await self._store.revisions.item_ids()}
        return id_for(question, taken)

    def new_file(self, fields: Texts) -> str:
        """A file name for a new lesson, in the folder of its course if there is one."""
        documents, course = self._library.lessons.documents, fields.get("course", "")
        above = next((each.file for each in documents if course and course_of(each.file) == course), "")
        folder = PurePosixPath(above).parent
        taken = {PurePosixPath(each).stem for each in lesson_names(self._library.folder)}
        return (folder / f"{file_name(fields.get('lesson', ''), {*taken, 'questions'})}.yaml").as_posix()

    async def undone(self, kept: StoredDraft) -> list[Revision]:
        """The revisions that this draft undoes: one, or if it names no file, all that were published together."""
        revision = await self._store.revisions.find(kept.undoes) if kept.undoes else None
        if revision is None:
            return []
        return [revision] if kept.file else await self._store.revisions.together(revision)
