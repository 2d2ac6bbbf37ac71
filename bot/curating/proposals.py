"""Proposals: what members propose for the lessons, until moderators decide.

A proposal publishes nothing. A moderator makes a draft of it: publishing the draft accepts the proposal, and
discarding the draft makes it wait again.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

from bot.curating.draft import Draft
from bot.curating.drafting import Drafting
from bot.curating.items import texts_of, tidy
from bot.curating.ledger import storable_line
from bot.dialogue.reply import Question
from bot.lessons.lesson import normalized
from bot.lessons.library import Library
from bot.store.proposals import MAX_NOTE, Proposal, ProposalKind, ProposalState
from bot.store.revisions import Revision
from bot.store.store import Store
from bot.tutor import Tutor

__all__ = ["MAX_NOTE", "MAX_OPEN", "Proposal", "ProposalKind", "ProposalState", "Proposals", "Refusal"]

MAX_OPEN = 5  # proposals of one member that moderators have not decided
RETENTION = timedelta(days=90)  # of a proposal, after it was decided
MAX_QUESTION = 200
MAX_ANSWER = 4000
OWN = 10  # of a member's proposals are shown to them


class Refusal(Enum):
    """Why a proposal was not saved."""

    EMPTY = "a text is missing"
    SAME = "it changes nothing and says nothing"
    IN_LESSONS = "the lessons say the same already"
    KNOWN = "the same is proposed already"
    DECLINED = "the moderators declined the same from this member"
    TOO_MANY = "this member has too many open proposals"


class Proposals:
    """The proposals of all members. The queue that tells members of decisions is in `decisions`."""

    def __init__(
        self, tutor: Tutor, library: Library, store: Store, drafts: Drafting, clock: Callable[[], datetime]
    ) -> None:
        self._tutor = tutor
        self._library = library
        self._store = store
        self._drafts = drafts
        self._clock = clock
        # Called for each proposal: the task that deletes old data rests while there is none.
        self.wake: Callable[[], None] = lambda: None

    # For members

    async def propose(  # noqa: PLR0913 -- what is proposed, by whom and where
        self,
        kind: ProposalKind,
        *,
        server: int,
        proposer: int,
        question: str,
        answer: str,
        note: str = "",
        entry: str = "",
        before: str = "",
        channel: int = 0,
        message: int = 0,
        tell: bool = False,
        limited: bool = True,
    ) -> Proposal | Refusal:
        """Save a proposal for the moderators. `server` is 0 for direct messages.

        A correction is of the passage `entry`, whose answer was `before`; '' if that is not known any more. With
        `tell`, the member gets one message when it is decided. If `limited`, they may have `MAX_OPEN` open ones.
        """
        new = Proposal(
            server=server,
            kind=kind,
            question=storable_line(question, MAX_QUESTION),
            answer=tidy("answer", _storable(answer))[:MAX_ANSWER],
            proposer=proposer,
            at=self._clock(),
            entry=entry,
            before=before,
            note=storable_line(note, MAX_NOTE),
            channel=channel,
            message=message,
            tell="waiting" if tell else "",
        )
        if kind == "correction":
            if new.answer == before:
                new = replace(new, answer="")
            if not new.answer and not new.note:
                return Refusal.SAME
        elif not (new.question and new.answer):
            return Refusal.EMPTY
        elif self._is_in_lessons(new):
            return Refusal.IN_LESSONS
        for each in await self._store.proposals.open():
            # Another member may have proposed something useless of the same message: that does not count.
            is_twice = message and (each.message, each.proposer) == (message, proposer)
            if is_twice or _content(each) == _content(new):
                return Refusal.KNOWN
        if any(each.state == "declined" and _is_repeated(each, new) for each in await self.of(proposer)):
            return Refusal.DECLINED
        id_ = await self._store.proposals.add(new, MAX_OPEN if limited else None)
        self.wake()
        return replace(new, id=id_) if id_ else Refusal.TOO_MANY

    def _is_in_lessons(self, new: Proposal) -> bool:
        """Whether an entry has this question, or this phrasing, and this answer."""
        asked = normalized(new.question)
        return any(
            each.answer.strip() == new.answer.strip()
            and asked in map(normalized, (each.question, *each.phrasings))
            for each in self._library.lessons.entries.values()
        )

    async def has_room(self, member: int) -> bool:
        """Whether this member may make another proposal."""
        return await self._store.proposals.count_open(member) < MAX_OPEN

    async def of(self, member: int) -> list[Proposal]:
        """The latest proposals of a member, the latest first."""
        return await self._store.proposals.of(member, OWN)

    async def withdraw(self, id_: int, member: int) -> bool:
        """Delete a member's own proposal; False if it is not theirs, or no longer waits."""
        found = await self._store.proposals.find(id_)
        if found is None or await self.under_way([found]):
            return False
        return await self._store.proposals.withdraw(id_, member, found.draft)

    async def solutions_of(self, post: int) -> list[int]:
        """The messages that were proposed as solutions of this post, whatever became of that."""
        return [each.message for each in await self._store.proposals.of_post(post)]

    def close(self, question: str) -> Question | None:
        """The entry that probably answers this question already."""
        return next(iter(self._tutor.likely(question)), None)

    # For moderators

    @property
    def changes(self) -> int:
        """A number that changes when any proposal is made, decided, changed or deleted."""
        return self._store.proposals.changes

    async def open(self, server: int | None = None) -> list[Proposal]:
        """The proposals that are not decided yet, the oldest first; of one server, or of all."""
        return await self._store.proposals.open(server)

    async def find(self, id_: int) -> Proposal | None:
        """The proposal with this id, with its state; None if it was withdrawn, or deleted."""
        return await self._store.proposals.find(id_)

    async def draft_of(self, proposal: Proposal) -> Draft | None:
        """The unpublished draft that answers it."""
        return await self._drafts.find(proposal.draft) if proposal.draft and proposal.is_open else None

    async def under_way(self, proposals: Iterable[Proposal]) -> dict[int, int]:
        """Those of these open proposals for which somebody works on a draft, by id, each with that moderator."""
        drafts = {each.id: each.draft for each in proposals if each.draft and each.is_open}
        found = await self._store.drafts.under_way(drafts.values(), self._clock())
        return {id_: found[draft] for id_, draft in drafts.items() if draft in found}

    async def revision_of(self, proposal: Proposal) -> Revision | None:
        """The published change that accepted it."""
        return await self._store.revisions.of_draft(proposal.draft) if proposal.draft else None

    async def is_undone(self, proposal: Proposal) -> bool:
        """Whether the change that accepted it was undone. The proposal stays accepted."""
        revision = await self.revision_of(proposal)
        return revision is not None and await self._store.revisions.is_undone(revision.id)

    async def undone_by(self, undo: Revision) -> list[Proposal]:
        """The proposals whose change this revision undoes."""
        change, is_undone = await self._store.revisions.origin(undo)
        return await self._store.proposals.of_draft(change.draft) if is_undone and change.draft else []

    def is_outdated(self, proposal: Proposal) -> bool:
        """Whether the entry that a correction is about was changed since, or removed."""
        if proposal.kind != "correction":
            return False
        return self.answer_now(proposal.entry) != proposal.before

    def answer_now(self, passage: str) -> str | None:
        """The answer of an entry as a form shows it; '' for a step of a walkthrough, which has several texts.

        None if it is no longer in the lessons.
        """
        id_, __, step = passage.partition(".")
        found = self._library.lessons.items.get(id_)
        if found is None:
            return None
        return "" if step else texts_of(found).get("answer", "")

    async def correct(self, proposal: Proposal, moderator: int, server: int) -> Draft:
        """Begin the draft of a correction: the entry with the text that was proposed.

        Where somebody else changed the entry meanwhile, its review shows both. Raises `GoneError`.
        """
        id_, __, step = proposal.entry.partition(".")
        if step or not proposal.answer:
            return await self._drafts.begin("scenario" if step else "edit", moderator, server, item_id=id_)
        return await self._drafts.begin(
            "edit",
            moderator,
            server,
            item_id=id_,
            fields={"answer": proposal.answer},
            since={"answer": proposal.before},
        )

    async def drafted(self, proposal: Proposal, draft: int) -> bool:
        """Save that this draft answers it; False if another moderator was faster, or it was withdrawn."""
        return await self._store.proposals.draft(proposal.id, draft, proposal.draft)

    async def draft_instead(self, before: int, draft: int) -> None:
        """Let this draft answer the proposal of the draft `before`, which it replaces."""
        await self._store.proposals.draft_instead(before, draft)

    async def decline(self, id_: int, reason: str) -> bool:
        """Decline it; False if it was decided or withdrawn before."""
        return await self._store.proposals.decline(id_, storable_line(reason, MAX_NOTE), self._clock())

    async def reopen(self, id_: int) -> bool:
        """Let a decided proposal wait again; False if it is open, or was deleted."""
        return await self._store.proposals.reopen(id_)

    async def purge(self) -> bool:
        """Delete those that were decided long ago, if the clock is steady; returns whether any are left."""
        now = self._clock()
        if await self._store.clock.check(now):
            await self._store.proposals.purge(now - RETENTION)
        return not await self._store.proposals.is_empty()


def version_of(answer: str) -> str:
    """A short digest of an answer, for a form that was opened with it."""
    return hashlib.sha256(answer.encode(errors="surrogatepass")).hexdigest()[:8]


def _content(proposal: Proposal) -> tuple[str, ...]:
    return (proposal.kind, proposal.entry, proposal.question, proposal.answer, proposal.note)


def _is_repeated(declined: Proposal, new: Proposal) -> bool:
    """Whether it is the same once more: not if the answer was changed since, or another post was solved."""
    is_elsewhere = new.kind == "solved" and new.channel != declined.channel
    return _content(new) == _content(declined) and new.before == declined.before and not is_elsewhere


def _storable(text: str) -> str:
    """The text without what no database accepts. What an entry refuses is named to the moderator who drafts it."""
    return "".join(each for each in text if each in "\n\r\t" or unicodedata.category(each) not in {"Cc", "Cs"})
