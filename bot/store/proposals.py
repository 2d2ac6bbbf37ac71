"""What members propose for the lessons, and what moderators decided.

A proposal is `waiting`, then `drafted` while a moderator works on it, then `accepted` or `declined`. It follows
its draft: publishing the draft accepts it, and deleting the draft makes it wait again. `tell` is `waiting` if the
member wants to know what was decided, `sending` for whoever claimed the message, and then empty.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.change_counter import ChangeCounter
from bot.store.claims import Claims
from bot.store.database import Database
from bot.store.tables import proposals, revisions

ProposalKind = Literal["entry", "correction", "solved"]
ProposalState = Literal["waiting", "drafted", "accepted", "declined"]

NOBODY = 0  # in place of a member who was forgotten
MAX_NOTE = 500
LISTED = 500  # open proposals that are read at once

_OPEN = proposals.c.state.in_(["waiting", "drafted"])
_DECIDED = proposals.c.state.in_(["accepted", "declined"])


@dataclass(frozen=True)
class Proposal:
    """A proposal; id 0 is one that was never stored.

    `entry` is the passage that a correction is about, and `before` the answer that it was made from. `answer` is
    empty if the correction is only described in its `note`. Without a message, `channel` and `message` are 0.
    """

    server: int
    kind: ProposalKind
    question: str
    answer: str
    proposer: int
    at: datetime
    entry: str = ""
    before: str = ""
    note: str = ""
    channel: int = 0
    message: int = 0
    state: ProposalState = "waiting"
    decided_at: datetime | None = None
    reason: str = ""
    draft: int | None = None
    tell: Literal["", "waiting", "sending"] = ""
    sender: str | None = None
    id: int = 0

    @property
    def is_open(self) -> bool:
        """Whether moderators have not decided yet."""
        return self.state in ("waiting", "drafted")


class Proposals:
    """The proposals of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claims = Claims(database, proposals, "tell")
        self._changes = ChangeCounter(database.writing.engine, proposals)
        # On PostgreSQL, two transactions at the same moment would not count each other's rows.
        self._turn = asyncio.Lock()

    @property
    def changes(self) -> int:
        """A number that changes when any proposal is made, changed or deleted."""
        return self._changes.count

    def after_changes(self, then: Callable[[], None]) -> None:
        """Call this after each change, whatever made it: also a draft that was published or deleted."""
        self._changes.then = then

    async def add(self, new: Proposal, most: int | None) -> int | None:
        """Save it, and return its id; None if the member has `most` open ones already. None is no limit."""
        row = {key: value for key, value in asdict(new).items() if key != "id"}
        async with self._turn, self._database.writing.begin() as connection:
            found = (await connection.execute(_how_many_open(new.proposer))).scalar_one()
            if most is not None and found >= most:
                return None
            added = proposals.insert().values(row).returning(proposals.c.id)
            id_: int = (await connection.execute(added)).scalar_one()
        return id_

    async def find(self, id_: int) -> Proposal | None:
        """The proposal with this id; None if it was withdrawn or deleted."""
        found = await self._read(proposals.c.id == id_)
        return found[0] if found else None

    async def find_all(self, ids: Collection[int]) -> list[Proposal]:
        """Those of the proposals with these ids that are there."""
        return await self._read(proposals.c.id.in_(ids))

    async def open(self, server: int | None = None) -> list[Proposal]:
        """The open proposals, the oldest first; of one server, or of all."""
        here = [] if server is None else [proposals.c.server == server]
        return await self._read(_OPEN, *here, limit=LISTED)

    async def count_open(self, proposer: int) -> int:
        """How many proposals of a member are open."""
        return await self._database.scalar(_how_many_open(proposer)) or 0

    async def of(self, proposer: int, limit: int) -> list[Proposal]:
        """The latest proposals of a member, the latest first."""
        return await self._read(proposals.c.proposer == proposer, limit=limit, latest=True)

    async def of_post(self, channel: int) -> list[Proposal]:
        """The solutions that were marked in this post."""
        return await self._read(proposals.c.channel == channel, proposals.c.kind == "solved")

    async def answers_to(self, questions: Collection[str]) -> list[Proposal]:
        """The open proposals of an answer to one of these questions, in the same words."""
        return await self._read(_OPEN, proposals.c.kind != "correction", proposals.c.question.in_(questions))

    async def of_draft(self, draft: int) -> list[Proposal]:
        """The proposals that this draft, published or not, answers."""
        return await self._read(proposals.c.draft == draft)

    async def draft(self, id_: int, draft: int, before: int | None) -> bool:
        """Save that this draft answers it, in place of the draft `before`. False if somebody was faster."""
        here = (proposals.c.id == id_, _OPEN, proposals.c.draft.is_not_distinct_from(before))
        return await self._change(*here, state="drafted", draft=draft) == 1

    async def draft_instead(self, before: int, draft: int) -> None:
        """This draft answers what the one `before` it did."""
        here = (proposals.c.draft == before, proposals.c.state == "drafted")
        await self._change(*here, draft=draft)

    async def decline(self, id_: int, reason: str, at: datetime) -> bool:
        """Decline it; False if it was decided or withdrawn before."""
        here = (proposals.c.id == id_, _OPEN)
        values = {"state": "declined", "reason": reason[:MAX_NOTE], "decided_at": at, "draft": None}
        return await self._change(*here, **values) == 1

    async def reopen(self, id_: int) -> bool:
        """Let it wait again, whatever was decided; False if it is open or was deleted. Nobody is told twice."""
        again = {"state": "waiting", "reason": "", "decided_at": None, "draft": None}
        return await self._change(proposals.c.id == id_, _DECIDED, **again) == 1

    async def withdraw(self, id_: int, proposer: int, draft: int | None = None) -> bool:
        """Delete a member's own open proposal that has this draft, or none; False if there is no such one."""
        here = (proposals.c.id == id_, _OPEN, proposals.c.draft.is_not_distinct_from(draft))
        theirs = proposals.delete().where(*here, proposals.c.proposer == proposer)
        return await self._database.delete(theirs, wholly=True) == 1

    # What members are told

    async def due(self, proposer: int | None = None) -> list[Proposal]:
        """The decided proposals whose member wants to know it and was not told; of all members, or of one."""
        theirs = [] if proposer is None else [proposals.c.proposer == proposer]
        return await self._read(_DECIDED, proposals.c.tell == "waiting", *theirs, limit=LISTED)

    async def unfinished(self) -> list[Proposal]:
        """Those whose message is being sent, here or by a process that died. They are this process's now."""
        return await self._read(*await self._claims.take_over())

    async def claim(self, id_: int) -> bool:
        """Claim the message, to send it. False if another process did, or nothing is decided any more."""
        return await self._claims.claim(proposals.c.id == id_, _DECIDED)

    async def release(self, id_: int) -> None:
        """Give the message back, to be tried again."""
        await self._claims.end(proposals.c.id == id_, tell="waiting")

    async def told(self, id_: int) -> None:
        """Save that the member was told, or cannot be."""
        await self._claims.end(proposals.c.id == id_, tell="")

    # Deleting

    async def purge(self, older_than: datetime) -> int:
        """Delete the proposals that were decided before that time; returns how many."""
        old = proposals.delete().where(_DECIDED, proposals.c.decided_at < older_than)
        return await self._database.delete(old, wholly=True)

    async def is_empty(self) -> bool:
        """Whether there is no proposal at all."""
        return await self._database.scalar(select(proposals.c.id).limit(1)) is None

    async def forget_in(self, connection: AsyncConnection, member: int) -> int:
        """Delete a member's open proposals and the member from all others, in a transaction under way.

        Returns how many they made.
        """
        theirs = proposals.c.proposer == member
        gone = await connection.execute(proposals.delete().where(theirs, _OPEN))
        stay = await connection.execute(proposals.update().where(theirs).values(proposer=NOBODY, tell="", note=""))
        return gone.rowcount + stay.rowcount

    async def _change(self, *which: ColumnElement[bool], **values: object) -> int:
        return await self._database.change(proposals.update().where(*which).values(**values))

    async def _read(
        self, *which: ColumnElement[bool], limit: int | None = None, latest: bool = False
    ) -> list[Proposal]:
        order = proposals.c.id.desc() if latest else proposals.c.id
        rows = select(proposals).where(*which).order_by(order).limit(limit)
        return [Proposal(**row) for row in await self._database.mappings(rows)]


def _how_many_open(proposer: int) -> Select[int]:
    return select(func.count()).select_from(proposals).where(proposals.c.proposer == proposer, _OPEN)


async def accept_proposals(connection: AsyncConnection, revision: int) -> None:
    """Accept the proposals that a published revision answers."""
    its = select(revisions.c.draft, revisions.c.at).where(revisions.c.id == revision)
    draft, at = (await connection.execute(its)).one()
    if draft is not None:
        theirs = (proposals.c.draft == draft, proposals.c.state == "drafted")
        await connection.execute(proposals.update().where(*theirs).values(state="accepted", decided_at=at))


async def free_proposals(connection: AsyncConnection, draft: int) -> None:
    """The proposals of a draft that was just deleted wait again. One that was published is not deleted so."""
    theirs = (proposals.c.draft == draft, proposals.c.state == "drafted")
    await connection.execute(proposals.update().where(*theirs).values(state="waiting", draft=None))
