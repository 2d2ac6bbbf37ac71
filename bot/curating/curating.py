"""Curating: review drafts and imports, publish them, and read the history."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.clock import Clock, utc_now
from bot.curating.credits import Credits
from bot.curating.decisions import Decisions
from bot.curating.diff import Difference, difference
from bot.curating.draft import Draft, draft_of
from bot.curating.drafting import Drafting
from bot.curating.errors import ChangedError, InvalidError, UnseenError
from bot.curating.file_contents import files_digest, texts_digest
from bot.curating.impact import Impact, ReplyCache, impact, replies_after
from bot.curating.items import FieldProblem, Texts
from bot.curating.ledger import Ledger, Prepared
from bot.curating.proposals import Proposals
from bot.curating.review import DraftCheck, Review, check_draft, check_undo, review, title_at, unfound
from bot.curating.undoing import source_names, undo_sources
from bot.dialogue.reply import Question
from bot.errors import EditError, StoreFailingError, UnrecordedError
from bot.language.words import _
from bot.lessons.library import Lessons, Library
from bot.lessons.publishing import FileChanges
from bot.store.drafts import StoredDraft
from bot.store.revisions import Revision
from bot.store.store import Store
from bot.tutor import Tutor

if TYPE_CHECKING:
    from bot.curating.committing import Committing

# How many of the latest questions of members are replayed before an edit is published.
RECENT_QUESTIONS = 1000
PAGE = 50  # revisions that are read in one go


__all__ = ["Curating", "Revision"]


class Curating:
    """Changes of lessons by moderators, each begun in `drafts`. Call `reconcile` once before anything else.

    With `committing`, git commits each publish.
    """

    def __init__(
        self,
        tutor: Tutor,
        library: Library,
        store: Store,
        clock: Clock = utc_now,
        committing: Committing | None = None,
    ) -> None:
        self._tutor = tutor
        self._library = library
        self._store = store
        self.ledger = Ledger(library, store, clock)
        self._committing = committing
        if committing:
            self.ledger.publish_hook = committing.publish_hook
        self.drafts = Drafting(self.ledger, library, store, clock)
        self.credits = Credits(library, store, clock)
        self.proposals = Proposals(tutor, library, store, self.drafts, clock)
        self.decisions = Decisions(store.proposals)
        self._asked: ReplyCache | None = None
        # By the revision that removed it.
        self._titles_of_removed: dict[int, str] = {}

    async def reconcile(self) -> list[Revision]:
        """Finish a publish that a kill interrupted, then record and return the edits made outside Discord.

        A file that is seen for the first time counts as no edit.
        """
        return await self.ledger.reconcile()

    async def submit(  # noqa: PLR0913 -- who, and what they typed or chose
        self,
        draft_id: int,
        moderator: int,
        server: int | None,
        fields: Texts,
        reason: str | None = None,
        *,
        file: str | None = None,
        without_picture: bool = False,
    ) -> Review:
        """Save what a moderator sent in the form of their draft, and review it: see `Drafting.save_into`.

        Raises `GoneError`, `NotYoursError`.
        """
        kept = await self.drafts.own_kept(draft_id, moderator, server)
        await self.drafts.save_into(kept, fields, reason, file=file, without_picture=without_picture)
        # The review reads it again, as it can change until the history agrees with the files.
        return await self.review(draft_id)

    async def review(self, draft_id: int, questions: Sequence[str] | None = None) -> Review:
        """What publishing would do. Raises `GoneError`.

        `questions` are replayed before and after the change; by default, the latest questions of members.
        """
        await self.ledger.reconcile()
        snapshot = self._tutor.snapshot
        kept = await self.drafts.kept(draft_id)
        draft, checked = await self._check(kept, snapshot.lessons)
        found: Impact | None = None
        if checked.changes.files and not checked.problems:
            recent, wanted = await self._recent(questions), await self._wanted(draft)
            found = await asyncio.to_thread(impact, self._replies(), checked.changes.after, recent, wanted=wanted)
        rebased = (
            bool(draft.file) and not checked.clash and kept.base != files_digest(snapshot.lessons, draft.file)
        )
        return replace(
            await asyncio.to_thread(review, draft, snapshot.lessons, checked),
            impact=found,
            rebased=rebased,
            state=await asyncio.to_thread(_state, draft, snapshot.lessons),
            unfound=unfound(draft, found.wanted) if found else (),
            close=self._close(draft),
            beside=await self.drafts.beside(kept),
            is_redo=await self._redoes(draft),
        )

    async def publish(
        self, draft_id: int, *, author: int, author_name: str, reason: str | None = None, seen: str = ""
    ) -> Revision:
        """Write the draft to its file and to the history. `seen` is the state that was reviewed; '' is any state.

        Raises `GoneError`, `InvalidError`, `ChangedError`, `UnseenError`, or another `EditError` if the file
        cannot be written: nothing was changed then, and the draft is kept.
        """

        async def prepare() -> Prepared:
            kept = await self.drafts.kept(draft_id)
            draft, checked = await self._check(kept, self._library.lessons)
            if checked.clash:
                raise ChangedError(checked.clash)
            if checked.problems:
                raise InvalidError(checked.problems)
            if seen and seen != await asyncio.to_thread(_state, draft, self._library.lessons):
                raise UnseenError("the draft or the lessons were changed since")
            await self._leave_unfound(draft, checked.changes.after)
            if draft.kind == "merge":
                await self._store.draft_misses.take_over(draft.absorbed[0], draft.id)
            why = draft.reason if reason is None else reason
            revisions = await self.ledger.pending_revisions(
                checked.changes.files, "edit", (author, author_name, why)
            )
            if draft.of_files:
                undone = {each.file: each.id for each in await self.drafts.undone(kept)}
                revisions = [
                    replace(each, kind="undo", undoes=undone.get(each.file, draft.undoes)) for each in revisions
                ]
                revisions[-1] = replace(revisions[-1], draft=draft.id)
            else:
                # The links in other files belong to it: one press undoes all.
                if draft.undoes and draft.kind in ("undo", "lesson"):
                    revisions = [replace(each, kind="undo", undoes=draft.undoes) for each in revisions]
                revisions[-1] = replace(revisions[-1], kind=draft.kind, item_id=draft.item_id, draft=draft.id)
            sources = await self._undone_sources(kept)

            def write() -> None:
                self._library.publish_all(checked.changes.files)
                undo_sources(self._library.folder, sources)

            return revisions, write

        return (await self.ledger.publish(prepare, author_name))[-1]

    async def discard(self, draft_id: int) -> None:
        """Delete a draft that a moderator discards. Raises `GoneError`, also if it was just being published."""

        async def discard() -> list[Revision]:
            await self.drafts.kept(draft_id)
            await self.drafts.discard(draft_id)
            return []

        await self.ledger.uninterrupted(discard)

    async def name(self, entry: str, by: str, *, author: int, author_name: str) -> Revision:
        """Name who wrote an entry, as they wish. Raises what `publish` raises."""
        draft = await self.drafts.begin("edit", author, 0, item_id=entry, fields={"by": by})
        why = _("Name added at the author's request")
        try:
            return await self.publish(draft.id, author=author, author_name=author_name, reason=why)
        except UnrecordedError:
            raise
        except (EditError, StoreFailingError):
            await self.drafts.discard(draft.id)
            raise

    async def review_import(self, changes: FileChanges, after: Lessons) -> tuple[Difference, Impact]:
        """What an import would do; `after` are the lessons after it."""
        texts = {file: (old.text if old else None, new) for file, (old, new) in changes.items()}
        replies = self._replies()
        found = await asyncio.to_thread(impact, replies, after, await self._recent())
        return await asyncio.to_thread(difference, texts, replies.snapshot.lessons, after), found

    async def publish_import(  # noqa: PLR0913 -- what, who and why
        self,
        changes: FileChanges,
        write: Callable[[], object],
        *,
        author: int,
        author_name: str,
        seen: str = "",
        pictures: Collection[str] = (),
    ) -> list[Revision]:
        """Publish an import: `write` writes these changes and pictures, all or none; each file gets a revision.

        `seen` is the `import_state` that was reviewed; '' is any. Raises `UnseenError`, or what `write` raises.
        """

        async def prepare() -> Prepared:
            if seen and seen != self.import_state(changes):
                raise UnseenError("the lessons were changed since")
            return await self.ledger.pending_revisions(changes, "import", (author, author_name, "")), write

        return await self.ledger.publish(prepare, author_name, pictures)

    def import_state(self, changes: FileChanges) -> str:
        """A digest of the current lessons, as what an import does depends on all of them."""
        return _import_state({**dict.fromkeys(changes), **self._texts()})

    async def imported(self, state: str) -> list[Revision]:
        """The revisions of the import that was published in this `import_state`, unless lessons changed since."""
        newest = await self.history(limit=1)
        revisions = await self.together(newest[0]) if newest and newest[0].kind == "import" else []
        before = {each.file: each.before for each in revisions}
        return revisions if _import_state({**self._texts(), **before}) == state else []

    def _texts(self) -> dict[str, str | None]:
        return {each.file: each.text for each in self._library.lessons.documents}

    async def history(
        self, item_id: str | None = None, limit: int = 10, before_id: int | None = None
    ) -> list[Revision]:
        """The latest revisions first: of all lessons, or those that changed one entry or scenario."""
        return await self.ledger.history(item_id, limit, before_id)

    async def latest(self, item_id: str | None = None) -> Revision | None:
        """The latest change that was not undone. An undo counts only if it undoes another undo."""
        before: int | None = None
        # Searching for an item's changes takes a while: usually, the first that is found will do.
        while found := await self.history(item_id, 1 if item_id else PAGE, before):
            for each in found:
                is_change = each.kind not in ("undo", "baseline") or await self.is_redo(each)
                if is_change and not await self.is_undone(each):
                    return each
            before = found[-1].id
        return None

    async def revision(self, revision_id: int) -> Revision | None:
        """The revision with this id; None if there is none."""
        return await self._store.revisions.find(revision_id)

    async def is_undone(self, revision: Revision) -> bool:
        """Whether it was undone."""
        return await self._store.revisions.is_undone(revision.id)

    async def is_redo(self, revision: Revision) -> bool:
        """Whether it undoes an undo, so that what was undone is done again."""
        __, is_undone = await self._store.revisions.origin(revision)
        return revision.kind == "undo" and not is_undone

    async def _redoes(self, draft: Draft) -> bool:
        undone = await self.revision(draft.undoes) if draft.kind == "undo" and draft.undoes else None
        return undone is not None and undone.kind == "undo" and not await self.is_redo(undone)

    async def together(self, revision: Revision) -> list[Revision]:
        """All revisions that were published together with this one, itself included."""
        return await self._store.revisions.together(revision)

    async def _undone_sources(self, draft: StoredDraft) -> list[Revision]:
        """What changed in `.imported/` with the import that a draft undoes; nothing if it undoes only a part.

        That part was undone on purpose, so no later import is to offer it again. Edits by hand may be recorded
        together with an import at the terminal: of these, only the sources of the lessons that are undone count.
        """
        undone = await self.drafts.undone(draft) if draft.kind == "undo" else []
        if not undone or len(undone) != len(await self.together(undone[0])):
            return []
        sources = await self._store.revisions.sources_of(undone[0])
        if undone[0].kind != "outside":
            return sources
        names = {name for each in undone for name in source_names(each)}
        return [each for each in sources if names & source_names(each)]

    async def published(self, revision: Revision) -> tuple[int, Difference]:
        """The number of files that were published together with a revision, and what changed in them."""
        changed = await self.together(revision)
        return len(changed), await self.difference(*changed)

    def commit_of(self, revision: Revision) -> str:
        """A note on the git commit of a revision that was just published, given once; '' if there is none."""
        return self._committing.said_of(revision) if self._committing else ""

    async def _wanted(self, draft: Draft) -> list[str]:
        """The questions that a draft comes from."""
        misses = await self._store.draft_misses.texts(draft.id)
        return list(dict.fromkeys(filter(None, (draft.asked, *misses.values()))))

    async def _leave_unfound(self, draft: Draft, after: Lessons) -> None:
        """Leave misses open that will not find the draft's entry, so that nobody is notified of a wrong answer.

        Raises `InvalidError` if the question that the draft comes from does not find it.
        """
        wanted = await self._wanted(draft)
        if not wanted:
            return
        left = unfound(draft, await asyncio.to_thread(replies_after, self._replies(), after, wanted))
        if draft.asked in left:
            what = _("“{question}” does not find this entry", question=draft.asked)
            raise InvalidError((FieldProblem("phrasings", what),))
        misses = await self._store.draft_misses.texts(draft.id)
        await self._store.draft_misses.drop([id_ for id_, text in misses.items() if text in left], draft.id)

    def _close(self, draft: Draft) -> Question | None:
        """An entry that probably answers already what a new entry is for."""
        if draft.kind != "add":
            return None
        asked = dict.fromkeys(filter(None, (draft.asked, draft.fields.get("question", ""))))
        return next((close for each in asked for close in self._tutor.likely(each)), None)

    async def _recent(self, questions: Sequence[str] | None = None) -> Sequence[str]:
        return await self._store.questions.recent_texts(RECENT_QUESTIONS) if questions is None else questions

    async def difference(self, *revisions: Revision) -> Difference:
        """What revisions of several files changed. Parses each file twice: this takes a moment for a large one."""
        texts = {each.file: (each.before, each.after) for each in revisions}
        return await asyncio.to_thread(difference, texts, self._library.lessons)

    async def titles(self, revisions: Sequence[Revision], item_id: str = "") -> list[str]:
        """The title of what each revision changed; with an `item_id`, the title of that item in each."""
        lessons = self._library.lessons
        return await asyncio.to_thread(lambda: [title_at(each, lessons, item_id) for each in revisions])

    async def removed(self) -> dict[str, str]:
        """The titles of entries and scenarios that were removed, the latest ones, by their ids.

        An item that never changed alone is not among them: no revision is its own.
        """
        lessons, newest = self._library.lessons, await self._store.revisions.newest_of_items()
        gone = sorted((id_ for id_ in newest if id_ not in lessons.items), key=newest.__getitem__, reverse=True)
        latest, known = [newest[id_] for id_ in gone[:PAGE]], self._titles_of_removed
        # Each is looked for once: titles are offered as moderators type.
        read = [await self.revision(each) for each in latest if each not in known]
        new = [each for each in read if each]
        known |= zip((each.id for each in new), await self.titles(new), strict=True)
        return {id_: known[newest[id_]] for id_ in gone[:PAGE] if newest[id_] in known}

    async def _check(self, kept: StoredDraft, lessons: Lessons) -> tuple[Draft, DraftCheck]:
        if kept.kind == "add" and kept.item_id in lessons.items:
            draft = draft_of(kept, lessons, self._library.folder, self.drafts.today)
            kept = await self.drafts.keep(
                replace(kept, item_id=await self.drafts.new_id(draft.fields["question"]))
            )
        if kept.kind == "new" and kept.file in lessons.by_file:  # another moderator was faster
            kept = await self.drafts.keep(
                replace(kept, file=self.drafts.new_file(self.drafts.judged(kept).fields))
            )
        undone, folder = await self.drafts.undone(kept), self._library.folder
        draft = await asyncio.to_thread(draft_of, kept, lessons, folder, self.drafts.today)
        if draft.of_files:
            seen = kept.base == files_digest(lessons, *(each.file for each in undone))
            checked = await asyncio.to_thread(check_undo, draft, lessons, folder, undone, anyway=seen)
        else:
            checked = await asyncio.to_thread(
                check_draft, draft, lessons, folder, undone=undone[0] if undone else None
            )
        if checked.clash:
            if draft.item_id:
                newest = next(iter(await self.ledger.history(draft.item_id, 1)), None)
            else:
                files = [draft.file] if draft.of_lesson else [each.file for each in undone]
                newest = await self.ledger.last_change_of(*files)
            checked = replace(checked, clash=replace(checked.clash, by=newest))
        return draft, checked

    def _replies(self) -> ReplyCache:
        """The replies of the current lessons, cached until these change: the next review takes half as long."""
        if self._asked is None or self._asked.snapshot is not self._tutor.snapshot:
            self._asked = ReplyCache(self._tutor.snapshot, self._tutor.mode)
        return self._asked


def _import_state(texts: Mapping[str, str | None]) -> str:
    return texts_digest(texts[file] for file in sorted(texts))[:12]


def _state(draft: Draft, lessons: Lessons) -> str:
    """A short digest of everything that a review depends on."""
    texts = files_digest(lessons, *(each.file for each in lessons.documents))
    wanted = sorted(draft.fields.items())
    return hashlib.sha256(repr((texts, wanted)).encode(errors="surrogatepass")).hexdigest()[:8]
