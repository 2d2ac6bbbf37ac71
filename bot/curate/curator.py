"""The one who changes lessons: shows what a draft would do, publishes it, knows the history."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.curate.diff import Difference, difference
from bot.curate.draft import Draft, draft_of
from bot.curate.drafting import Drafting, digest_of
from bot.curate.errors import ChangedError, InvalidError, UnseenError
from bot.curate.history import history_of
from bot.curate.impact import Impact, Replies, impact
from bot.curate.ledger import Clock, Ledger
from bot.curate.parts import part_in
from bot.curate.preview import Preview, Sight, look, look_at_files, see
from bot.lessons.library import Lessons, Library
from bot.lessons.publishing import Changes
from bot.store.drafts import KeptDraft
from bot.store.revisions import Revision
from bot.store.store import Store
from bot.tutor import Tutor


class Curator:
    """Changes of lessons by moderators, each begun in `drafts`. Call `recover` once before anything else.

    Of one folder there is one `ledger`, however many curators come after each other.
    """

    def __init__(
        self,
        tutor: Tutor,
        library: Library,
        store: Store,
        clock: Clock = lambda: datetime.now(UTC),
        ledger: Ledger | None = None,
    ) -> None:
        self._tutor = tutor
        self._library = library
        self._store = store
        self.ledger = ledger or Ledger(library, store, clock)
        self.drafts = Drafting(self.ledger, library, store, clock)
        self._asked: Replies | None = None

    async def recover(self) -> list[Revision]:
        """Bring the history into agreement with the files: what a kill left pending, and edits from outside."""
        return await self.ledger.whole(self.ledger.caught_up())

    async def note_outside(self) -> list[Revision]:
        """Record what was edited outside; the first time that a file is seen is no edit."""
        return await self.ledger.whole(self.ledger.caught_up())

    async def preview(self, draft_id: int, questions: Sequence[str] = ()) -> Preview:
        """What publishing would do; `questions` are real ones, to be replayed too. Raises `GoneError`."""
        await self.ledger.refresh()
        known = self._tutor.known
        kept = await self.drafts.kept(draft_id)
        draft, sight = await self._sight(kept, known.lessons)
        found: Impact | None = None
        if sight.plan.files and not sight.problems:
            found = await asyncio.to_thread(impact, self._replies(), sight.plan.after, questions)
        rebased = bool(draft.file) and not sight.clash and kept.base != digest_of(known.lessons, draft.file)
        shown = await asyncio.to_thread(see, draft, known.lessons, sight, found, rebased=rebased)
        return replace(shown, state=await asyncio.to_thread(_state, draft, known.lessons))

    async def publish(
        self, draft_id: int, *, author: int, author_name: str, reason: str | None = None, seen: str = ""
    ) -> Revision:
        """Write the draft to its file, and to the history; with the `seen` state of a preview, what it showed.

        Raises `GoneError`, `InvalidError`, `ChangedError`, `UnseenError`, or another `EditError` if the file
        cannot be written: nothing was changed then, and the draft is kept.
        """

        async def turn() -> Revision:
            await self.ledger.caught_up()
            kept = await self.drafts.kept(draft_id)
            draft, sight = await self._sight(kept, self._library.lessons)
            if sight.clash:
                raise ChangedError(sight.clash)
            if sight.problems:
                raise InvalidError(sight.problems)
            if seen and seen != await asyncio.to_thread(_state, draft, self._library.lessons):
                raise UnseenError("the draft or the lessons were changed since")
            why = draft.reason if reason is None else reason
            rows = await self.ledger.rows(sight.plan.files, "edit", (author, author_name, why))
            if draft.of_files:
                undone = {each.file: each.id for each in await self.drafts.undone(kept)}
                rows = [replace(each, kind="undo", undoes=undone.get(each.file, draft.undoes)) for each in rows]
                rows[-1] = replace(rows[-1], draft=draft.id)
            else:
                if draft.undoes:  # with the links in other files: what one press did, one press undoes
                    rows = [replace(each, kind="undo", undoes=draft.undoes) for each in rows]
                rows[-1] = replace(rows[-1], kind=draft.kind, part=draft.part, draft=draft.id)
            return (await self.ledger.write(rows, lambda: self._library.publish_all(sight.plan.files)))[-1]

        return await self.ledger.whole(turn())

    async def preview_files(
        self, changes: Changes, after: Lessons, questions: Sequence[str] = ()
    ) -> tuple[Difference, Impact]:
        """What an import would do; `after` are the lessons as it would make them."""
        texts = {file: (old.text if old else None, new) for file, (old, new) in changes.items()}
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
            await self.ledger.caught_up()
            rows = await self.ledger.rows(changes, "import", (author, author_name, reason))
            return await self.ledger.write(rows, write)

        return await self.ledger.whole(turn())

    async def history(
        self, part: str | None = None, limit: int = 10, before_id: int | None = None
    ) -> list[Revision]:
        """The latest first: of all lessons, or of what changed one entry or scenario."""
        return list(await history_of(self._store, part, limit, before_id))

    async def revision(self, revision_id: int) -> Revision | None:
        """The revision with this id."""
        return await self._store.revisions.find(revision_id)

    async def is_undone(self, revision: Revision) -> bool:
        """Whether somebody undid it since."""
        return await self._store.revisions.is_undone(revision.id)

    async def difference(self, *revisions: Revision) -> Difference:
        """What revisions of several files changed. It reads each twice: a large one takes a moment."""
        return await asyncio.to_thread(difference, {each.file: (each.before, each.after) for each in revisions})

    async def _sight(self, kept: KeptDraft, lessons: Lessons) -> tuple[Draft, Sight]:
        if kept.kind == "add" and kept.part and part_in(lessons, kept.part):
            draft = draft_of(kept, lessons, self._library.folder)
            kept = await self.drafts.keep(replace(kept, part=await self.drafts.new_id(draft.fields["question"])))
        undone, folder = await self.drafts.undone(kept), self._library.folder
        draft = await asyncio.to_thread(draft_of, kept, lessons, folder)
        if draft.of_files:
            seen = kept.base == digest_of(lessons, *(each.file for each in undone))
            sight = await asyncio.to_thread(look_at_files, draft, lessons, folder, undone, anyway=seen)
        else:
            sight = await asyncio.to_thread(look, draft, lessons, folder, undone=undone[0] if undone else None)
        if sight.clash:
            newest: Sequence[Revision]
            if draft.part:
                newest = await history_of(self._store, draft.part, 1, None)
            else:
                newest = await self._store.revisions.published(limit=1, files=[each.file for each in undone])
            sight = replace(sight, clash=replace(sight.clash, by=newest[0] if newest else None))
        return draft, sight

    def _replies(self) -> Replies:
        """What the lessons of now reply, kept until they are others: the second preview takes half as long."""
        if self._asked is None or self._asked.known is not self._tutor.known:
            self._asked = Replies(self._tutor.known, self._tutor.mode)
        return self._asked


def _state(draft: Draft, lessons: Lessons) -> str:
    """What a preview depends on, in a few letters."""
    texts = digest_of(lessons, *(each.file for each in lessons.documents))
    wanted = sorted(draft.fields.items())
    return hashlib.sha256(repr((texts, wanted)).encode(errors="surrogatepass")).hexdigest()[:8]
